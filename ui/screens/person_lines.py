"""What is added to a person line by line, and the forms of it: posts held, schooling, skills, merits, days away."""

from __future__ import annotations

from dataclasses import dataclass

from resources.words import N_
from ui.kit.screen import Section


@dataclass(frozen=True)
class Lines:
    """One list about a person: its rows are those of `listing` with the fields `heads` (pixels; 0 takes the room that
    is left). `add` and `revise` are its forms; intents are named after the listing where none is said."""

    title: str
    listing: str
    entity: str
    heads: tuple[tuple[str, int], ...]
    empty: str
    add: tuple[Section, ...]
    revise: tuple[Section, ...] = ()
    adds: str = "add"
    names_person: str = "staff_id"  # the argument of `add` that names him
    ends: str = ""  # an act on a row that is not over yet
    end: tuple[Section, ...] = ()

    def act(self, what: str) -> str:
        """The name of an intent of this list."""
        return f"{self.listing}.{what}"


TERM = Section(N_("Term"), N_("Days that have come; an end that lies ahead is entered when it has come."),
               ("from_on", 2), ("until_on", 2), ("acting", 2), ("basis", 6))  # fmt: skip
HOLDINGS = Lines(
    N_("Posts held"), "post_holdings", "post_holding",
    (("post_id", 0), ("compound_id", 170), ("from_on", 100), ("until_on", 100), ("acting", 90), ("basis", 0)),
    N_("Holds no post yet: assign one, with the day and the paper it rests on."),
    add=(
        Section(N_("Post"), N_("The post he held until then is over, unless he only covers this one."),
                ("post_id", 4), ("from_on", 2), ("acting", 2), ("basis", 4), ("despite", 6)),
    ),
    revise=(TERM,), adds="assign", ends="end",
    end=(Section(N_("End"), N_("The last day, and the paper it rests on."), ("until_on", 2), ("basis", 4)),),
)  # fmt: skip
EDUCATION = (
    Section(N_("Schooling"), N_("One stage, as its certificate says; a scan of it is attached afterwards."),
            ("level", 2), ("school", 4), ("subject", 3), ("full_time", 3), ("finished_on", 3), ("proof_no", 3)),
)  # fmt: skip
EDUCATIONS = Lines(
    N_("Schooling"), "staff_educations", "staff_education",
    (("level", 140), ("school", 0), ("subject", 0), ("full_time", 90), ("finished_on", 100), ("proof_no", 150)),
    N_("No schooling is entered yet."), add=EDUCATION, revise=EDUCATION,
)  # fmt: skip
SKILL = (
    Section(N_("Skill level"), N_("As the certificate of skill says: the five levels, or the eight since 2022."),
            ("trade", 3), ("level", 3), ("awarded_on", 2), ("issuer", 4), ("proof_no", 3)),
)  # fmt: skip
SKILLS = Lines(
    N_("Skill levels"), "staff_skills", "staff_skill",
    (("trade", 0), ("level", 130), ("awarded_on", 100), ("issuer", 0), ("proof_no", 150)),
    N_("No level of skill is entered yet."), add=SKILL, revise=SKILL,
)  # fmt: skip
MERIT = (
    Section(N_("Commendation or reprimand"), N_("The paper it rests on is needed."),
            ("kind", 3), ("on", 3), ("basis", 6), ("word", 6)),
)  # fmt: skip
MERITS = Lines(
    N_("Commendations and reprimands"), "staff_merits", "staff_merit",
    (("kind", 120), ("on", 100), ("basis", 0), ("word", 0)), N_("None is entered."), add=MERIT, revise=MERIT,
)  # fmt: skip
ABSENCE = (
    Section(N_("Days away"), N_("No training is planned for these days without a remark."),
            ("kind", 2), ("from_on", 2), ("until_on", 2), ("note", 6)),
)  # fmt: skip
ABSENCES = Lines(
    N_("Days away"), "staff_absences", "staff_absence",
    (("kind", 130), ("from_on", 110), ("until_on", 110), ("note", 0)), N_("No days away are entered."),
    add=ABSENCE, revise=ABSENCE,
)  # fmt: skip
