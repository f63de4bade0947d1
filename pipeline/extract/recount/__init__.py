"""A second opinion: how many parts a file has and how many non-blank cells each, counted by another reader, and
findings where it differs from what was read, or could not be had.

No code is shared with the readers beyond opening files. Cheap by intent: it counts and keeps nothing.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.extract.extract import Extract
from pipeline.shapes import Cell, Finding

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
WORDS = (".docx", ".docm")
TEXTS = (".csv", ".tsv", ".tab", ".txt")
BESIDE = ("header", "footer", "footnotes", "endnotes", "box")
"""Parts of a Word document beside its body: the second reader counts the body and its tables."""
DENSE = 4_000_000
"""calamine lays a sheet out as a full rectangle: a sheet that reaches farther than this many cells is left out."""


@dataclass(frozen=True, slots=True)
class Count:
    """``parts`` sheets or pages; ``cells`` the number of non-blank cells per part that was counted.

    Of a PDF it is the number of characters that print: no two readers agree where one cell or word ends. Of a text
    file it is the number of plain letters and digits.
    """

    parts: int
    cells: Mapping[str, int] = field(default_factory=dict)


def recount(file: str, kind: str, reach: Mapping[str, tuple[int, int]]) -> Count | None:
    """Count again; ``reach`` is the last row and column per part found before. None when it cannot be done."""
    if kind in WORKBOOKS:
        return _workbook(file, reach)
    if kind in WORDS:
        from pipeline.extract.recount.word import count_document

        return count_document(file)
    if kind == ".pdf":
        from pipeline.extract.recount.pdf import count_pages

        return count_pages(file)
    if kind in TEXTS:
        from pipeline.extract.recount.text import count_text

        return count_text(file)
    return None


def compared(file: str, kind: str, found: Extract, second: Count | None = None) -> list[Finding]:
    """A finding per part of which a second reader counts another number of non-blank cells (PDF, text: characters),
    or which it cannot count.

    ``second`` is its count where that was done before. A page that is a picture has nothing that could be counted.
    """
    what, size = _measured(kind)
    counted: Counter[str] = Counter()
    reach: dict[str, tuple[int, int]] = {}
    for grid in found.grids:
        cells = [cell for cell in grid.cells() if not cell.blank]
        counted[grid.part] += sum(map(size, cells))
        rows, columns = reach.get(grid.part, (0, 0))
        rows = max([rows, *(cell.place.row for cell in cells)])
        columns = max([columns, *(cell.place.column for cell in cells)])
        reach[grid.part] = (rows, columns)
    for claim in found.claims:
        counted[claim.cell.place.part] += size(claim.cell)
    counted.subtract(found.unseen)
    second = second or recount(file, kind, reach)
    if second is None:
        return [Finding("recount-missing", None, "", {"part": ""})]
    recognised = {finding.detail["part"] for finding in found.findings if finding.rule == "ocr-read"}
    findings = []
    if second.parts != found.parts:
        detail = {"what": "parts", "part": "", "first": found.parts, "second": second.parts}
        findings.append(Finding("recount-mismatch", None, "", detail))
    for part, number in second.cells.items():
        if number != counted[part] and part not in recognised:
            detail = {"what": what, "part": part, "first": counted[part], "second": number}
            findings.append(Finding("recount-mismatch", None, part, detail))
    unsure = sorted(counted.keys() - second.cells.keys() - recognised)
    beside = BESIDE if kind in WORDS else ()
    missing = [part for part in unsure if not part.startswith(beside)]
    return findings + [Finding("recount-missing", None, part, {"part": part}) for part in missing]


def _measured(kind: str) -> tuple[str, Callable[[Cell], int]]:
    """(what is counted of a kind of file, how much of it a cell holds)."""
    if kind == ".pdf":
        from pipeline.extract.recount.pdf import printing

        return "characters", lambda cell: printing(cell.text)
    if kind in TEXTS:
        from pipeline.extract.recount.text import plain

        return "letters and digits", lambda cell: plain(cell.text)
    return "cells", lambda cell: 1


def _workbook(file: str, reach: Mapping[str, tuple[int, int]]) -> Count | None:
    from python_calamine import CalamineWorkbook

    count = None
    with _as_far_as_it_goes():
        book = CalamineWorkbook.from_path(file)
        cells: dict[str, int] = {}
        count = Count(len(book.sheets_metadata), cells)
        for sheet in book.sheets_metadata:
            rows, columns = reach.get(sheet.name, (0, 0))
            if rows * columns > DENSE or sheet.name not in reach:
                continue
            with _as_far_as_it_goes():
                cells[sheet.name] = sum(
                    value != "" and (type(value) is not str or bool(value.strip()))
                    for row in book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=True)
                    for value in row
                )
    return count


@contextlib.contextmanager
def _as_far_as_it_goes() -> Iterator[None]:
    """A sheet that calamine cannot stand is not counted again: a day of no calendar is an OverflowError to it, and
    where it gives up in its own language, a PanicException that is no Exception comes up."""
    try:
        yield
    except MemoryError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
