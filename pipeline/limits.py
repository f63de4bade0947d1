"""The limits within which one document is read: declared here, nowhere else.

Set on the command line with ``--limit pages=500``. Readers ask ``check`` before they do the work; time and
memory are enforced from outside by the process that a document is read in.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace

MB = 1024 * 1024


def _limit(default: int, unit: str, meaning: str) -> int:
    return field(default=default, metadata={"unit": unit, "meaning": meaning})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost. ``fields(Limits)`` carry the unit and the meaning of each."""

    seconds: int = _limit(60, "seconds of processor time", "time to read it")
    memory: int = _limit(2000, "MB", "memory beyond what the program itself needs")
    size: int = _limit(100, "MB", "size of the file")
    unpacked: int = _limit(500, "MB", "size of everything inside a zipped file (.xlsx, .docx), unpacked")
    ratio: int = _limit(200, "times", "how much a member of more than 10 MB may grow on unpacking")
    members: int = _limit(5000, "files", "files inside a zipped file")
    nesting: int = _limit(100, "levels", "depth of the XML inside a zipped file")
    pages: int = _limit(300, "pages", "pages of a PDF")
    orders: int = _limit(30, "MB", "orders that draw a page of a PDF, unpacked")
    pieces: int = _limit(5000, "pieces", "pieces (forms) that the pages of a PDF draw")
    sheets: int = _limit(200, "sheets", "sheets of a workbook")
    rows: int = _limit(200_000, "rows", "filled rows of a document")
    cells: int = _limit(1_000_000, "cells", "cells of a document, filled or not")


class OverLimit(Exception):
    """A document is larger than a limit; ``name`` is the limit, ``found`` what the document has (or more)."""

    def __init__(self, name: str, found: int, limit: int) -> None:
        meaning = next(f.metadata for f in fields(Limits) if f.name == name)
        super().__init__(f"{meaning['meaning']}: {found:,} {meaning['unit']}, the limit is {limit:,}")
        self.name, self.found, self.limit = name, found, limit

    def __reduce__(self) -> tuple[type[OverLimit], tuple[str, int, int]]:
        return type(self), (self.name, self.found, self.limit)


_active = Limits()


def active() -> Limits:
    """The limits in force in this process."""
    return _active


def use(limits: Limits) -> None:
    """Put limits in force in this process."""
    global _active
    _active = limits


def check(name: str, found: int) -> None:
    """Raise OverLimit when ``found`` (in the limit's unit) is more than the limit ``name`` in force."""
    limit = getattr(_active, name)
    if found > limit:
        raise OverLimit(name, found, limit)


def changed(limits: Limits, settings: list[str]) -> Limits:
    """Limits with ``['pages=500', ...]`` put in. Raises ValueError that names the limits there are."""
    names = [f.name for f in fields(Limits)]
    for setting in settings:
        name, _, number = setting.partition("=")
        if name not in names or not number.isdecimal() or int(number) < 1:
            raise ValueError(f"{setting!r} is no limit; write NAME=NUMBER with one of: {', '.join(names)}")
        limits = replace(limits, **{name: int(number)})
    return limits
