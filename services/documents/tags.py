"""The structure of a paper for whoever has it read aloud: headings, paragraphs, tables with rows and cells, in order.

What repeats on every page (continuation heads, footers) and all lines and areas are artifacts, which nobody reads out
(ISO 32000-1, 14.8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

MOST = 1000  # rows: the structure doubles the file, and nobody has more read aloud
NOTHING = "Artifact"


@dataclass
class Element:
    """A piece of the structure: its standard type, what it holds: pieces, or (page, number of a marked sequence)."""

    role: str
    kids: list[Element | tuple[int, int]] = field(default_factory=list)


class Tags:
    """Collects the structure while pages are painted. A block says what it is by `role`, a part of a table by `table`
    too."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self._tables: dict[int, Element] = {}
        self._now: Element | None = None
        self._row: Element | None = None
        self._page, self._count, self._open, self._fresh = 0, 0, False, True

    def begin(self, block: Any) -> None:
        """What is painted from now on belongs to this block; None: to nothing that is read."""
        self._row, self._fresh = None, True
        role = getattr(block, "role", "P") if block is not None else NOTHING
        table = getattr(block, "table", None)
        if table is not None and role == "TR":
            self._now = self._of_table(block, table)
        elif role == NOTHING:
            self._now = None
        else:
            self._now = Element(role)
            self.root.kids.append(self._now)

    def _of_table(self, block: Any, table: Any) -> Element | None:
        """A row of a table; after something else it is a table anew. Its head is said once."""
        found = self._tables.get(id(table))
        if found is None or self.root.kids[-1] is not found:
            found = self._tables[id(table)] = Element("Table")
            self.root.kids.append(found)
        elif getattr(block, "heads", False):
            return None
        self._row = Element("TR")
        found.kids.append(self._row)
        return self._row

    def cell(self, role: str) -> None:
        """The next cell of a row."""
        if self._row is not None:
            self._now, self._fresh = Element(role), True
            self._row.kids.append(self._now)

    def part(self) -> None:
        """Another piece of the same kind, where a block says several things side by side."""
        if self._now is not None and self._row is None:
            self._now, self._fresh = Element(self._now.role), True
            self.root.kids.append(self._now)

    def mark(self, texts: list[str]) -> None:
        """Called before a text is shown: opens a marked sequence where something else begins."""
        if not self._fresh:
            return
        if self._open:
            texts.append("EMC")
        self._fresh, self._open = False, True
        if self._now is None:
            texts.append(f"/{NOTHING} BMC")
            return
        if self._now is self._row:  # text of a row outside of its cells
            self.cell("TD")
            self._fresh = False
        texts.append(f"/{self._now.role} <</MCID {self._count}>> BDC")
        self._now.kids.append((self._page, self._count))
        self._count += 1

    def end_page(self, texts: list[str]) -> None:
        """The page is complete."""
        if self._open:
            texts.append("EMC")
        self._page, self._count, self._open, self._fresh = self._page + 1, 0, False, True

    def write(self, pdf: pikepdf.Pdf) -> None:
        """Puts the structure into the file."""
        pages, parents = list(pdf.pages), dict[int, dict[int, Any]]()
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = _element(pdf, self.root, root, pages, parents)
        numbers: Any = Array()
        for page in sorted(parents):
            pages[page].obj.StructParents = page
            numbers.append(page)
            numbers.append(pdf.make_indirect(Array([parents[page][n] for n in sorted(parents[page])])))
        root.ParentTree, root.ParentTreeNextKey = pdf.make_indirect(Dictionary(Nums=numbers)), len(pages)
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)


def _element(
    pdf: pikepdf.Pdf, said: Element, parent: Any, pages: list[pikepdf.Page], parents: dict[int, dict[int, Any]]
) -> Any:
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{said.role}"), P=parent))
    kids = Array()
    for kid in said.kids:
        if isinstance(kid, Element):
            if kid.kids:
                kids.append(_element(pdf, kid, made, pages, parents))
            continue
        page, number = kid
        parents.setdefault(page, {})[number] = made
        kids.append(Dictionary(Type=Name.MCR, Pg=pages[page].obj, MCID=number))
    made.K = kids
    return made
