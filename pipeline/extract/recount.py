"""A second opinion: how many parts a file has and how many non-blank cells each, counted by another reader.

No code is shared with the readers beyond opening files. Cheap by intent: it counts and keeps nothing.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods")
DENSE = 4_000_000
"""calamine lays a sheet out as a full rectangle: a sheet that reaches farther than this many cells is left out."""


@dataclass(frozen=True, slots=True)
class Count:
    """``parts`` sheets or pages; ``cells`` the number of non-blank cells per part that was counted.

    Of a PDF it is the number of characters that print: no two readers agree where one cell or word ends.
    """

    parts: int
    cells: Mapping[str, int] = field(default_factory=dict)


def recount(file: str, kind: str, reach: Mapping[str, tuple[int, int]]) -> Count | None:
    """Count again; ``reach`` is the last row and column per part found before. None when it cannot be done."""
    if kind in WORKBOOKS:
        return _workbook(file, reach)
    if kind in (".docx", ".docm"):
        from pipeline.extract.recount_word import count_document

        return count_document(file)
    if kind == ".pdf":
        from pipeline.extract.recount_pdf import count_pages

        return count_pages(file)
    return None


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
