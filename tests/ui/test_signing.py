"""Signing in the real window: a root made, a certificate asked for and issued, a paper signed and verified."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services import handovers, office, registry  # noqa: F401
from services.desk import keys
from services.desk.listing import View
from tests.services.people import found
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.pdf_pages import opened, picture
from ui.kit.theme import LOOK
from ui.pages.paper import PaperPage
from ui.pages.verify import VerifyPage
from ui.workbench import Workbench

PASSWORD, ROOT, OWN = "a good password", "a long root password", "my signing words"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
Sign = Callable[[str], tuple[Workbench, Hand]]


@pytest.fixture
def sign_in(qtbot: Any, tmp_path: Path) -> Iterator[Sign]:
    folder = tmp_path / "office"
    folder.mkdir()
    office.set_up(
        folder, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    ).close()
    ins: list[tuple[office.Office, Workbench]] = []

    def leave() -> None:
        while ins:
            before, made = ins.pop()
            assert made.leave()
            before.close()

    def sign(account: str) -> tuple[Workbench, Hand]:
        leave()
        entered = office.sign_in(folder, account, OFFICERS.get(account, PASSWORD))
        made = Workbench(entered.desk)
        ins.append((entered, made))
        qtbot.addWidget(made)
        made.resize(1440, 900)
        made.show()
        return made, Hand(made)

    yield sign
    leave()


def mark(bench: Workbench, hand: Hand, name: str) -> None:
    """The first row of a list."""
    bench.show_screen(name)
    page = bench.lists[name]
    hand.until(lambda: page.model.complete and page.model.line(0), f"the list {name}")
    page.table.selectRow(0)


def filled(bench: Workbench, hand: Hand, save: str, **typed: str) -> None:
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    for name, text in typed.items():
        hand.type(form.fields[name].box.inner(), text)
    hand.click(save, form)
    hand.until(lambda: bench.pages.currentWidget() is not form, save)


def issued(bench: Workbench, note: Any) -> bytes:
    return bytes(bench.background.desk.ask(handovers.paper, note))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_from_the_request_to_the_verdict(sign_in: Sign, tmp_path: Path, lang: str) -> None:
    LOOK.use(lang=lang)
    bench, hand = sign_in("admin")
    desk = bench.background.desk
    here = found(desk)
    note = desk.do(handovers.draft, [here.asset()], here.taker).value
    desk.do(handovers.issue, note)
    bench.show_screen("signing_certificates")
    hand.click("Ask for signing certificate")
    filled(bench, hand, "Save", person="李秀英", post="处长", unit="后勤处", signing_password=OWN)

    bench, hand = sign_in("security")
    bench.show_screen("signing_roots")
    root = tmp_path / "root.pem"
    bench.signing.make_at(root)
    filled(bench, hand, "Make", root_password=ROOT)
    assert root.exists()
    bench.show_screen("signing_requests")
    row = bench.background.desk.first(View("signing_requests"), 1)[0]
    bench.signing.issue_with(row, root)
    filled(bench, hand, "Issue", root_password=ROOT)
    trusted = tmp_path / "trust.pem"
    bench.signing.trusted_to(trusted)
    hand.until(trusted.exists, "the trusted certificates")

    bench, hand = sign_in("admin")
    mark(bench, hand, "documents")
    hand.click("Sign paper")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["signing_password"].box.inner(), "another password")
    hand.click("Sign", form)
    hand.until(form.banner.isVisible, "the refusal")
    filled(bench, hand, "Sign", signing_password=OWN)
    bench.signing.show(bench.background.desk.first(View("documents"), 1)[0])
    page = bench.pages.currentWidget()
    assert isinstance(page, PaperPage)
    hand.until(lambda: page.stack.currentWidget() is page.preview, "the paper")
    file = tmp_path / "signed.pdf"
    page.preview.save_to(file)
    before, after = (opened(data) for data in (issued(bench, note), file.read_bytes()))
    assert picture(before, 0, 1.0) != picture(after, 0, 1.0), "the signature is seen, and printed"
    for each in (before, after):
        each.close()

    bench.show_screen("verify")
    verify = bench.boards["verify"]
    assert isinstance(verify, VerifyPage)
    verify.check_file(file)
    hand.until(lambda: verify.lines, "the verdict")
    assert [tone for tone, *_ in verify.lines] == ["ok", "ok", "info", "ok"]
    file.write_bytes(file.read_bytes() + b"x")
    verify.lines = []
    verify.check_file(file)
    hand.until(lambda: verify.lines, "the other verdict")
    assert verify.lines[0][0] == "bad"
    with bench.background.desk.store.reading.connect() as connection:
        code = str(connection.exec_driver_sql("SELECT code FROM document").scalar())
    verify.lines = []
    hand.type(verify.code.line, code)
    hand.click("Check code", verify)
    hand.until(lambda: verify.lines, "the verdict on the code")
    assert {tone for tone, *_ in verify.lines} == {"ok", "info"}
