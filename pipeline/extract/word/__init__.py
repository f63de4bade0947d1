"""Word documents (.docx, .docm): tables and paragraphs in the order of the document.

Each table is a grid of its own (``t1``, ``t2``, ...; one inside a cell counts on behind the one around it);
what stands outside of tables are lines of the part ``body``, of ``header1``, ``footer1``, ``footnotes``,
``endnotes`` or ``box1`` (a text box), rows counting on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.colours import theme_colours
from pipeline.extract.extract import Extract
from pipeline.extract.office import Element, Package, attribute, child, children, local
from pipeline.extract.word.cells import line_cells, table_grid
from pipeline.extract.word.styles import Styles, counted, on, read_numbering
from pipeline.extract.word.text import Said, Words
from pipeline.limits import check
from pipeline.shapes import Cell, Claim, Finding, Grid, Place

WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
NOTES = {"footnote": "footnotes", "endnote": "endnotes"}


@dataclass(slots=True)
class Book:
    """What is gathered while a document is read."""

    words: Words
    grids: list[Grid] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)
    tables: int = 0
    boxes: list[tuple[Element, int]] = field(default_factory=list)
    rows: Counter[str] = field(default_factory=Counter)

    def story(self, holder: Element, part: str) -> None:
        """Read the paragraphs and tables of a body, header, note or text box."""
        lines: list[tuple[Cell, ...]] = []
        for element in blocks(holder):
            if local(element) == "tbl":
                self._close(lines, part)
                self.table(element)
                continue
            said = Said()
            self.words.paragraph(element, said)
            cells, count = line_cells(said, Place(part, self.rows[part] + 1, 1))
            self.rows[part] += count
            if cells:
                self.unseen[part] += said.labelled
            self.report(said, Place(part, self.rows[part], 1), marks_count=True)
            lines.extend(cells)
        self._close(lines, part)

    def _close(self, lines: list[tuple[Cell, ...]], part: str) -> None:
        if lines:
            self.grids.append(Grid(part, tuple(lines), lines=True))
            lines.clear()

    def table(self, element: Element) -> None:
        """Read a table, then those inside its cells."""
        self.tables += 1
        found = table_grid(element, f"t{self.tables}", self.words)
        if found.rows:
            self.grids.append(Grid(f"t{self.tables}", found.rows))
        self.claims.extend(found.claims)
        self.findings.extend(found.findings)
        for place, said, own in found.said:
            self.unseen[place.part] += own
            self.report(said, place)
        for inner in found.inner:
            self.table(inner)

    def report(self, said: Said, place: Place, marks_count: bool = False) -> None:
        """Findings for what is there and not read, and the text boxes for later."""
        if said.deleted:
            quote = " … ".join(said.deleted)
            self.findings.append(Finding("tracked-deletion", place, quote, {"count": len(said.deleted)}))
        hidden = "".join(said.unseen).strip()
        if hidden:
            self.findings.append(Finding("hidden-text", place, hidden, {}))
        self.findings.extend(Finding("picture-unread", place, name, {}) for name in said.pictures)
        self.boxes.extend((mark.box, self.tables) for mark in said.marks if mark.box is not None)
        if marks_count:
            self.findings.extend(
                Finding("shape-unread", place, mark.kind, {"fill": mark.fill})
                for mark in said.marks
                if mark.box is None and mark.fill
            )


def read(file: str) -> Extract:
    """Read a document. Raises Unreadable when it is empty, damaged or encrypted."""
    with Package(file) as package:
        main = package.main_part("word/document.xml")
        root = package.root(main)
        relations = package.relations(main)
        single = {kind: part for kind, part in relations.values() if part in package}
        check("cells", sum(1 for _ in root.iter("{*}tc")))
        body = child(root, "body")
        notes = {
            kind: {attribute(e, "id") or "": e for e in children(package.root(single[parts]), kind)}
            for kind, parts in NOTES.items()
            if parts in single
        }
        numbers = _note_numbers(root, notes)
        words = Words(
            Styles(package, single.get("styles")),
            read_numbering(package, single.get("numbering")),
            theme_colours(package, single.get("theme")),
            _comments(package, single.get("comments")),
            lambda kind, name: numbers.get((kind, name), ""),
        )
        book = Book(words)
        settings = package.root(single["settings"]) if "settings" in single else None
        edges = list(_edges(root, relations, on(child(settings, "evenAndOddHeaders"))))
        if body is not None:
            book.story(body, "body")
        tables = book.tables
        for (kind, name), words.mark in numbers.items():
            book.story(notes[kind][name], NOTES[kind])
        middle, book.grids = book.grids, []
        _edge(book, package, edges, "header")
        first = len(book.grids)
        book.grids.extend(middle)
        _edge(book, package, edges, "footer")
        for number in range(1, 1000):
            if len(book.boxes) < number:
                break
            box, above = book.boxes[number - 1]
            end = len(book.grids)
            book.story(box, f"box{number}")
            if not above:  # a title in a frame above the first table
                own = book.grids[end:]
                del book.grids[end:]
                book.grids[first:first] = own
                first += len(own)
    if not any(not cell.blank for grid in book.grids for cell in grid.cells()):
        book.findings.append(Finding("nothing-read", None, "", {"parts": tables}))
    found = (tuple(book.grids), tuple(book.findings), tables, tuple(book.claims))
    return Extract(*found, unseen=dict(book.unseen))


def blocks(holder: Element) -> Iterator[Element]:
    """The paragraphs and tables directly in a holder, content controls and insertions opened."""
    for element in holder:
        name = local(element)
        if name in ("p", "tbl"):
            yield element
        elif name in WRAPPERS:
            yield from blocks(element)
        elif name == "AlternateContent":
            chosen = child(element, "Choice")
            yield from blocks(chosen if chosen is not None else child(element, "Fallback") or [])


def _edges(root: Element, relations: dict[str, tuple[str, str]], even: bool) -> Iterator[tuple[str, str]]:
    """('header' or 'footer', part) of those that are shown, each part once, in order."""
    seen: set[str] = set()
    for section in (e for e in root.iter() if local(e) == "sectPr"):
        first = on(child(section, "titlePg"))
        for reference in children(section, "headerReference", "footerReference"):
            kind = attribute(reference, "type") or "default"
            name = next((v for k, v in reference.attrib.items() if k.endswith("/relationships}id")), "")
            part = relations.get(name, ("", ""))[1]
            if part and part not in seen and (kind == "default" or (first if kind == "first" else even)):
                seen.add(part)
                yield local(reference).removesuffix("Reference"), part


def _note_numbers(root: Element, notes: dict[str, dict[str, Element]]) -> dict[tuple[str, str], str]:
    """The mark of each footnote and endnote, in the order in which the text refers to them."""
    found: dict[tuple[str, str], str] = {}
    counts: Counter[str] = Counter()
    for element in root.iter():
        name = local(element)
        if name in ("footnoteReference", "endnoteReference"):
            kind, note = name.removesuffix("Reference"), attribute(element, "id") or ""
            if (kind, note) in found or note not in notes.get(kind, {}):
                continue
            if attribute(element, "customMarkFollows") in ("1", "true"):
                found[kind, note] = ""
                continue
            counts[kind] += 1
            found[kind, note] = counted(counts[kind], "lowerRoman" if kind == "endnote" else "decimal")
    return found


def _edge(book: Book, package: Package, edges: list[tuple[str, str]], kind: str) -> None:
    """Read the headers or the footers that are shown."""
    parts = [part for name, part in edges if name == kind and part in package]
    for number, part in enumerate(parts, 1):
        book.story(package.root(part), f"{kind}{number}")


def _comments(package: Package, part: str | None) -> dict[str, str]:
    if part is None:
        return {}
    found = {}
    for comment in children(package.root(part), "comment"):
        paragraphs = (
            "".join(t.text or "" for t in p.iter() if local(t) == "t")
            for p in comment.iter()
            if local(p) == "p"
        )
        found[attribute(comment, "id") or ""] = "\n".join(paragraphs).strip()
    return found
