"""The rules of the house, as sentences that can be broken."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ("models", "services", "ui", "resources")
SOURCES = [ROOT / "main.py", *(f for layer in LAYERS for f in sorted((ROOT / layer).rglob("*.py")))]
LONGEST_FILE, LONGEST_FUNCTION = 300, 40


def trees() -> list[tuple[Path, ast.Module]]:
    return [(file, ast.parse(file.read_text("utf-8"))) for file in SOURCES]


def imported(code: str) -> set[str]:
    """What a fresh Python has loaded after running this."""
    script = f"{code}\nimport sys; print('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_layers_look_downwards_only() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_main_is_guarded_too() -> None:
    text = (ROOT / "main.py").read_text("utf-8")
    assert not re.search(r"import (PySide6|sqlalchemy|reportlab)|from (PySide6|sqlalchemy|reportlab|models)", text)
    assert len(text.splitlines()) <= 80


def test_services_and_command_line_load_no_qt() -> None:
    loaded = imported(
        "import services.registry, services.commands.jobs, services.commands.line, services.demo, services.exports"
    )
    assert "services.handovers" in loaded
    assert not {name for name in loaded if name.startswith("PySide6")}


def test_nothing_that_signs_is_loaded_before_somebody_signs() -> None:
    loaded = imported(
        "import services.registry, services.verdicts, services.commands.line, ui.workbench, ui.pages.verify"
    )
    assert "services.document_signing" in loaded
    assert not {name.split(".")[0] for name in loaded} & {"pyhanko", "pyhanko_certvalidator", "asn1crypto", "aiohttp"}


def test_nothing_but_sqlcipher_opens_sqlite_files() -> None:
    for file, tree in trees():
        for node in ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {n.split(".")[0] for n in names} & {"sqlite3", "apsw", "pysqlite3"}, file


def test_colours_live_in_the_theme() -> None:
    for file in (ROOT / "ui").rglob("*.py"):
        if file.name != "theme.py":
            assert not re.search(r"#[0-9A-Fa-f]{6}\b", file.read_text("utf-8")), file


def test_every_module_says_what_it_is() -> None:
    for file, tree in trees():
        assert ast.get_docstring(tree), file


@pytest.mark.parametrize("name", ["connect"])
def test_no_lambda_keeps_a_window_alive(name: str) -> None:
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == name:
                assert not any(isinstance(a, ast.Lambda) for a in node.args), f"{file}:{node.lineno}"


def test_files_and_functions_stay_small() -> None:
    sizes, functions = [], []
    for file, tree in trees():
        lines = len(file.read_text("utf-8").splitlines())
        assert lines <= LONGEST_FILE, f"{file}: {lines} lines"
        sizes.append(lines)
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{file}:{node.lineno} {node.name}: {length} lines"
                functions.append(length)
    assert statistics.median(functions) <= 7
    assert statistics.median(sizes) <= 110


def test_user_words_are_never_read_as_markup() -> None:
    for file in (ROOT / "ui").rglob("*.py"):
        text = file.read_text("utf-8")
        assert "RichText" not in text, file
        assert "AutoText" not in text, file
    assert not [f for f in (ROOT / "services").rglob("*.py") if "Paragraph(" in f.read_text("utf-8")]


def test_english_names_of_fields_and_lists_begin_with_a_capital() -> None:
    text = (ROOT / "resources/locale/en/LC_MESSAGES/dayuan.po").read_text("utf-8")
    assert not re.findall(r'^msgid "(.+)"\nmsgstr "[a-z]', text, re.M)


def test_what_is_needed_twice_is_made_once() -> None:
    """Keys are derived and small secrets are sealed in one place; a refusal has one sentence."""
    code = {file.as_posix(): file.read_text("utf-8") for file, _ in trees()}
    once = {
        "HKDF(": "services/desk/sealed.py",
        '"Stopped; nothing was changed."': "services/desk/errors.py",
        '"Cancelled; nothing was stored"': "services/desk/errors.py",
        '"Your role does not include this: {needs}"': "services/desk/errors.py",
    }
    for words, place in once.items():
        assert [file for file, said in code.items() if words in said and not file.endswith(place)] == [], words
