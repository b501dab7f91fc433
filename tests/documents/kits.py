"""A paper of every drawing kit, with as many rows as somebody wants, in everyday words or in the worst people type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from services.documents import (
    asset_card,
    check_report,
    disposal_note,
    handover_note,
    import_report,
    labels,
    plain_paper,
    reconciliation_report,
    recovery_sheet,
    register,
    statement,
    stocktake_form,
    title_survey,
    training_certificate,
)
from services.documents.filing import Filing
from services.documents.handover_words import Found, Party
from services.documents.paper_code import Seal
from services.documents.sheet import Paper, anchored
from services.documents.table import Column
from services.imports.columns import ColumnMatch
from services.imports.problems import Problem
from services.imports.report import Change, Report
from services.label_stocks import stock_of
from tests.documents.sample import DRAFT, NOTE, THINGS, lines
from tests.documents.worst import Words

MADE = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
ON = date(2026, 11, 30)


def _columns(*names: str) -> list[Column]:
    return [Column(name, 3, "right" if name == "金额" else "left", name != "金额") for name in names]


def _cells(rows: int, words: Words, wide: int = 4) -> list[tuple[str, ...]]:
    """Rows whose last cell is a sum."""
    usual = [thing[:2] for thing in THINGS]
    return [
        (str(n), *(words(usual[n % 6][k % 2], n * wide + k) for k in range(wide - 2)), f"{n * 1234.5:,.2f}")
        for n in range(1, rows + 1)
    ]


NAMES = ("序号", "名称", "型号", "金额")


def _statement(rows: int, words: Words) -> object:
    office = words.short("某某局")
    chapters = (
        statement.Chapter("明细", "Details", _columns(*NAMES), _cells(min(rows, 40), words)),
        statement.Chapter("分布", "Shares", bars=[(words.short("在用"), 3), ("闲置", 0)]),
        statement.Chapter("无", "None", _columns(*NAMES)),
    )
    made = statement.Statement(
        "usage", words.short("办公用房使用情况表"), "USE OF ROOMS", office,
        [("大院", office), ("日期", "今天"), ("备注", office)],
        _columns(*NAMES), _cells(rows, words), ("", words("合计", 1), "", "1.00"), [("间数", "12"), (office, office)],
        [words.short("附注")], (words.short("填表人"), "审核人", "日期"), chapters,
    )  # fmt: skip
    return statement.render(made, lang="zh_CN", made=MADE)


def _plain(rows: int, words: Words) -> object:
    office = words.short("某某局")
    columns = [(name, 3.0) for name in NAMES]
    parts = [
        plain_paper.Part(columns, _cells(rows, words), right=frozenset({3}), sums={3: "1,234.50"}, remark=office),
        plain_paper.Part(columns, [], "故障", "Faults"),
    ]
    made = plain_paper.PlainPaper(
        "maintenance", words.short("WB-2026-1"), words.short("维保记录"), "MAINTENANCE", office, ON,
        [(("大院", office), ("日期", "2026"))], parts, (("记录人", "By"), ("审核人", "Checked")), "单位：元",
    )  # fmt: skip
    return plain_paper.draw(made)


def _register(rows: int, words: Words) -> object:
    office = words.short("某某局")
    return register.render_register(
        words.short("资产台账"), _columns(*NAMES), _cells(rows, words), office=office, number=words.short("TZ-1"),
        made=MADE,
    )  # fmt: skip


def _handover(rows: int, words: Words, seal: Seal | None = None) -> Paper:
    made = [replace(line, name=words(line.name, 3 * n), model=words(line.model, 3 * n + 1),
                    place=words(line.place, 3 * n + 2), number=words(line.number, 2 * n))
            for n, line in enumerate(lines(rows))]  # fmt: skip
    office = words.short(NOTE.office)
    party = Party(office, words.short("李秀英"), words.short("处长"))
    note = replace(NOTE, lines=made, office=office, basis=office, compound=office, anchor=anchored(7, "ab" * 32),
                   from_=party, to=party, terms=[("期限", office)], found=[Found(1, office, office)])  # fmt: skip
    return handover_note.render(note, seal=seal)


def _draft(rows: int, words: Words) -> object:
    return handover_note.render(replace(DRAFT, lines=lines(rows), office=words.short(NOTE.office)))


def _disposal(rows: int, words: Words) -> object:
    made = [
        disposal_note.Line(words(f"ZC{n:06d}", n), words("计算机", n + 1), words("M4500", n + 2), "台", 1,
                           None if n % 5 == 0 else ON, 100 + n, None if n % 7 == 0 else n)
        for n in range(rows)
    ]  # fmt: skip
    office = words.short("某某局")
    columns = (("序号", 24.0), ("材料", 200.0), ("说明", 200.0), ("金额", 80.0))
    papers = disposal_note.Chapter("随附材料", "Papers", columns, tuple(_cells(min(rows, 40), words)), office, (3,))
    note = disposal_note.Note(
        disposal_note.APPLICATION, "CZ-1", 1, office, words.short("报废"), ON, MADE,
        ((("方式", office), ("大院", office)),), made, (papers,), authority=office,
    )  # fmt: skip
    return disposal_note.render(note)


def _certificate(rows: int, words: Words) -> object:
    said = training_certificate.Said(
        "PX-1",
        words.short("某某局"),
        words.short("王䶮"),
        words.short("1001"),
        words.short("消防培训"),
        15,
        90,
        ON,
        None,
        words.short("S-1"),
        MADE,
    )
    return training_certificate.render(said)


def _stocktake(rows: int, words: Words) -> object:
    office = words.short("某某局")
    cells = [(words("301", n), words("桌", n + 1), "", "1.00") for n in range(rows)]
    sections = (
        stocktake_form.Section(words.short("301 室"), office, _columns(*NAMES), cells, remark=office, written=2,
                               boxed=2),
        stocktake_form.Section("302 室", "", _columns(*NAMES), cells[:3], totals=("", "合计", "", "3.00")),
        stocktake_form.Section("303 室", "", _columns(*NAMES), ()),
    )  # fmt: skip
    boxes = stocktake_form.Opinions([(office, [office]), ("财务处", [])], "签字", "日期")
    made = stocktake_form.Form(
        "stocktake_loss_list", "List of losses", "zh_CN", office, "PD-1", 1, MADE, (("单位", office),), sections,
        office, (("间数", "3"),), (office,), (office,), ("盘点人", words.short("监盘人")), boxes, draft=rows == 1,
        anchor=anchored(7, "ab" * 32),
    )  # fmt: skip
    return stocktake_form.render(made)


def _reconciliation(rows: int, words: Words) -> object:
    office = words.short("某某局")
    made = [
        reconciliation_report.Line(words("余额", 2 * n), words("资产", 2 * n + 1), office, "1", "2", "-1", "r", "open")
        for n in range(rows)
    ]
    part = reconciliation_report.Part("账账", "Books", made, 1)
    sums = [reconciliation_report.Sum("固定资产", office, "今日", "原值", "1", "2", "-1")]
    why = [reconciliation_report.Reason("余额", office, words("在途", n), "依据", "长期", "D-1") for n in range(rows)]
    parts = [part, reconciliation_report.Part("账实", "Things", (), 0)]
    return reconciliation_report.render(reconciliation_report.Report(office, office, ON, parts, sums, why, MADE))


def _survey(rows: int, words: Words) -> object:
    office = words.short("某某局")
    rights = [
        title_survey.Right(words("1号楼", 2 * n), words("京（2019）", 2 * n + 1), office, (100, None, 99), "办公",
                           "划拨", "", words("", n), "")
        for n in range(rows)
    ]  # fmt: skip
    defects = [
        title_survey.Defect(office, words("未变更", n), "依据", "登记", "王", "今", "中", True) for n in range(rows)
    ]
    happened = [title_survey.Happened("1998", "首次登记", words("局", n), office) for n in range(min(rows, 12))]
    return title_survey.render(title_survey.Survey(office, office, ON, "1", rights, defects, MADE, happened))


def _card(rows: int, words: Words, size: str = "a5") -> object:
    office = words.short("某某局")
    groups = [asset_card.Group(words.short("价值"), [("原值", "1"), ("净值", office), (office, "2")])]
    cells = [(words("桌", 2 * n), words("x", 2 * n + 1)) for n in range(rows)]
    tables = [asset_card.Listed(office, [("编号", 3), ("名称", 4)], cells)]
    made = asset_card.Card(
        words.short("ZC-7"), office, "资产卡片", "ASSET CARD", "2026", groups, tables, ("管理员", "保管人")
    )
    return asset_card.render(made, size, lang="zh_CN", made=MADE)


def _labels(rows: int, words: Words) -> object:
    made = [
        labels.Label(words.short(f"ZC-{n}"), words.short("某某局"), *(words("柜", 3 * n + k) for k in range(3)))
        for n in range(rows)
    ]
    return labels.render_labels(made, stock_of("a4-3x8"), made=MADE)


def _calibration(rows: int, words: Words) -> object:
    return labels.render_calibration(stock_of("roll-50x30"), made=MADE, lang="zh_CN")


def _imported(rows: int, words: Words) -> object:
    columns = [ColumnMatch("B", words("原值", n), "cost", "万元", 0.95, (words("1.2", n + 1),)) for n in range(rows)]
    found = Report("asset", words.short("台账.xlsx"), ["1月", words.short("2月")], columns, header_row=3)
    found.read, found.new, found.refused = 2 * rows, rows, rows
    found.problems = [
        Problem(n, words("原值", n), "B", "“{value}” is not a sum of money", words("约", n), n % 2 == 0,
                {"value": words("约", n + 1)}, "1月")
        for n in range(5, 5 + rows)
    ]  # fmt: skip
    found.changes = [Change(n, f"ZC-{n}", "name", words("桌", n), words("椅", n + 1), "2月") for n in range(rows)]
    found.others, found.created = {words.short("说明"): 3}, Counter(staff=10)
    about = import_report.Occasion(words.short("某某局"), words.short("li.wei"), MADE, stored=True)
    return import_report.render(found, about, "zh_CN")


def _checked(rows: int, words: Words) -> object:
    heads = [(words("甲", n), "business", n, str(n), "2026-11-30", "ab" * 32) for n in range(1, rows + 1)]
    made = check_report.Report(
        words.short("某某局"), words.short("审计"), MADE, [("日志", words("全部", n), n, 1.5) for n in range(rows)],
        [("日志", words("缺一条", n)) for n in range(rows)], heads,
    )  # fmt: skip
    return check_report.render(made, "en")


def _recovery(rows: int, words: Words) -> object:
    from services.desk.codes import Code

    code = Code("-".join(["ABCDE"] * 6))
    return recovery_sheet.render(recovery_sheet.Sheet(words.short("某某局"), "JGSW", code, MADE))


Kit = Callable[[int, Words], object]
FILES: dict[str, Kit] = {
    "statement": _statement, "plain paper": _plain, "register": _register, "stocktake form": _stocktake,
    "reconciliation": _reconciliation, "survey": _survey, "asset card": _card, "import report": _imported,
    "check report": _checked,
}  # fmt: skip
OWN: dict[str, Kit] = {
    "handover note": _handover, "draft": _draft, "disposal note": _disposal, "certificate": _certificate,
    "labels": _labels, "calibration page": _calibration, "recovery sheet": _recovery,
}  # fmt: skip
KITS = FILES | OWN
ONE = {"certificate", "calibration page", "recovery sheet"}  # papers without rows


def drawn(kit: str, rows: int, *, worst: bool = False) -> bytes:
    """The file of a kit."""
    return data(KITS[kit](rows, Words(worst)))


def data(made: object) -> bytes:
    """The bytes of what a kit returns."""
    assert isinstance(made, Paper | bytes)
    return made.data if isinstance(made, Paper) else made


def issued(kit: str, rows: int, seal: Seal | None, *, worst: bool = False) -> Paper:
    """The paper of a kit of FILES as it is issued into the archive."""
    by = "审计员 <a&b>" if worst else "li.wei"
    filed = Filing("usage", "WD-JGSW-2026-00001", 2, ON, MADE, by, anchored(7, "ab" * 32), seal)
    with filed.standing():
        FILES[kit](rows, Words(worst))
    assert filed.paper
    return filed.paper
