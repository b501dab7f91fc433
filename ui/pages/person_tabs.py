"""The tabs of a person's page, in order. A new one is a line here: who may see it, and what makes its pane."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.record_tabs import Tab
from ui.pages.person_certificates import CertificatesPane
from ui.pages.person_facts import FactsPane
from ui.pages.person_pane import LinesPane, PersonPane
from ui.pages.person_training import TrainingPane
from ui.screens import person_lines

if TYPE_CHECKING:
    from ui.kit.background import Background
    from ui.screens.person_lines import Lines


def _lines(lines: Lines, background: Background) -> PersonPane:
    return LinesPane(background, lines)


def _of(title: str, lines: Lines) -> Tab:
    return Tab(lines.listing, title, f"{lines.listing}.list", partial(_lines, lines))


TABS: tuple[Tab, ...] = (
    Tab("facts", N_("Facts"), "staff.sheet", FactsPane),
    _of(N_("Posts"), person_lines.HOLDINGS),
    _of(N_("Schooling"), person_lines.EDUCATIONS),
    _of(N_("Skills"), person_lines.SKILLS),
    Tab("certificates", N_("Certificates"), "certificates.of_person", CertificatesPane),
    Tab("training", N_("Training"), "training.passport", TrainingPane),
    _of(N_("Merits"), person_lines.MERITS),
    _of(N_("Days away"), person_lines.ABSENCES),
)
