"""Posts of the establishment, and who held which of them from when until when."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section
from ui.screens.staff import EMPLOYMENT

ASSIGN = (
    Section(N_("Post"), N_("The post he held until then is over, unless he only covers this one."),
            ("staff_id", 3), ("from_on", 2), ("acting", 2), ("basis", 4), ("despite", 6)),
)  # fmt: skip
END = (Section(N_("End"), N_("The last day, and the paper it rests on."), ("until_on", 2), ("basis", 4)),)
SCREEN = Screen(
    name="posts",
    title="posts",
    icon="clipboard-check",
    listing="posts",
    entity="post",
    columns=(
        Col("name", second="number", tile="user-round"),
        Col("function", 120),
        Col("unit_id", 180),
        Col("compound_id", 170),
        Col("kind", 130),
        Col("grade", 90),
        Col("approved", 90),
    ),
    filters=("compound_id", "unit_id", "function", "kind", "until_on"),
    form=(
        Section(
            N_("Post"),
            N_("Left empty, the number is given by the office's own series."),
            ("name", 3),
            ("number", 3),
            ("compound_id", 3),
            ("unit_id", 3),
            ("function", 2),
            ("kind", 2),
            ("grade", 2),
        ),
        Section(
            N_("Establishment"),
            N_("How many people are approved, and from when until when the post is there."),
            ("approved", 2),
            ("from_on", 2),
            ("until_on", 2),
            ("note", 6),
        ),
    ),
    add="posts.add",
    revise="posts.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("post_holdings.list", "users", N_("Who held it")),
        Act("post_requirements.list", "file-badge", N_("What it requires")),
        Act("posts.remove", "trash-2", N_("Remove post"), beside=False),
        Act("posts.add", "plus", N_("Add post"), on="none", primary=True),
    ),
    facts=("number", "function", "unit_id", "compound_id", "kind", "grade", "approved", "from_on", "until_on", "note"),
    empty=N_("Add the posts of the establishment, with how many people are approved for each."),
)
HOLDINGS = Screen(
    name="post_holdings",
    title="post_holdings",
    icon="history",
    listing="post_holdings",
    entity="post_holding",
    columns=(
        Col("staff_id", second="staff_number", tile="user"),
        Col("post_id", 180),
        Col("compound_id", 170),
        Col("staff_employment", 120, pill=EMPLOYMENT),
        Col("from_on", 110),
        Col("until_on", 110),
        Col("acting", 100),
    ),
    filters=("post_id", "compound_id", "acting", "from_on", "until_on"),
    acts=(EXPORT,),
    facts=("staff_id", "post_id", "compound_id", "from_on", "until_on", "acting", "basis"),
    empty=N_("Nobody was assigned to a post yet: do it on the page of a person."),
    watches=frozenset({"staff", "post"}),
    within="staff",
)
