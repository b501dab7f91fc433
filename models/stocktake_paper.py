"""The papers of a stocktake by name, and which of them are frozen."""

from __future__ import annotations

import enum


class StocktakeStage(enum.StrEnum):
    """The papers that are frozen by a step: what is reported, what was approved."""

    REPORT = "report"
    APPROVAL = "approval"


class StocktakePaper(enum.StrEnum):
    """The papers of a stocktake: the sheet things are counted on and, once they are, the sheet of what was counted
    (盘点表); 盘盈表, 盘亏表, 差异说明表, 审批表, 调整清单, 盘点报告. Report and approval are frozen by their steps."""

    SHEET = "sheet"
    SURPLUS = "surplus"
    LOSS = "loss"
    DIFFERENCES = "differences"
    APPROVAL = "approval"
    ADJUSTMENTS = "adjustments"
    REPORT = "report"
