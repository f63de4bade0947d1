"""The second opinion on PDFs: how many characters that print each page shows, counted in its own drawing orders.

Words are split differently by every reader, so characters are counted, not words. The orders of a page are cut
with one pattern instead of being carried out: nothing is placed, so it costs a tenth of reading the page. The
fonts, which say what a code in the file stands for, are pdfminer's; no code is shared with the readers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.extract.recount import Count
from pipeline.limits import MB, OverLimit, check

TEXT = rb"(?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\)"
CODES = rb"[0-9A-Fa-f\s]*>"
ORDER = re.compile(
    # Each begins with one of these, so that whatever lies between is passed over without trying any.
    rb"[%<B/(\[qQ](?:"
    rb"(?<=%)[^\r\n]*|(?<=<)<(?:\("
    + TEXT
    + rb"|<"
    + CODES
    + rb"|[^<>()])*>>"  # remarks, notes for screen readers
    rb"|(?<=B)(?<!\wB)I\s(?:.|\n)*?\sID\s(?:.|\n)*?\sEI\b"  # a picture within the orders
    rb"|(?<=/)(?P<name>[^\s/()<>\[\]{}%]+)(?P<order>\s+(?:[-+.\d]+\s+Tf|Do))?"
    rb"|(?<=\()(?P<text>"
    + TEXT
    + rb")|(?P<codes>(?<=<)"
    + CODES
    + rb"|(?<=\[)[-+.\d\s]*(?:<"
    + CODES
    + rb"[-+.\d\s]*)+\])|(?P<state>(?<=[qQ])(?<![^\s\]>)].)(?!\S)))",
    re.DOTALL,
)
WITHIN = re.compile(rb"<([^>]*)>")
ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|.))", re.DOTALL)
ESCAPES = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\r\n": b"",
    b"\n": b"",
    b"\r": b"",
}
UNKNOWN = re.compile(r"\(cid:\d+\)")
TWO_LETTERS = {"\uf001": "fi", "\uf002": "fl"}
"""Joined letters in the codes of old fonts."""
KEPT = 16
"""Bytes of a string that is kept with its count."""
DEEP = 20
"""A piece within a piece within a piece, so many times, draws itself."""


def printing(text: str) -> int:
    """How many characters of a text print, joined letters taken apart; a code nobody knows is one."""
    if text.isascii() and "(cid:" not in text:
        return len(text) - sum(map(text.count, " \n\t\r\x0b\x0c")) if text.isprintable() else _slowly(text)
    return _slowly(UNKNOWN.sub("?", text))


def _slowly(text: str) -> int:
    apart = unicodedata.normalize("NFKC", "".join(TWO_LETTERS.get(c, c) for c in text))
    return sum(not c.isspace() and unicodedata.category(c) not in ("Cc", "Cf") for c in apart)


def count_pages(file: str) -> Count | None:
    """The pages of a PDF and the printing characters of each (p1, p2, ...). None when it cannot be done.

    Raises OverLimit for pages of which the drawing is too long to be carried out.
    """
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    from pipeline.extract.recount.objects import Objects

    cells: dict[str, int] = {}
    try:
        with open(file, "rb") as opened:
            counter = _Counter()
            for number, page in enumerate(PDFPage.create_pages(Objects(PDFParser(opened))), 1):
                cells[f"p{number}"] = counter.page(page)
    except OverLimit:
        raise
    except Exception:  # noqa: BLE001 - damaged in a way this counter cannot stand: the reader has its say
        return None
    return Count(len(cells), cells)


class _Counter:
    """Counts the characters that the orders of pages and of their pieces show."""

    def __init__(self) -> None:
        from pdfminer.pdfinterp import PDFResourceManager

        self.fonts = PDFResourceManager()
        self.known: dict[int, _Shown] = {}
        self.named: dict[tuple[int, str], tuple[Mapping[str, Any], _Shown]] = {}
        self.drawn = 0

    def page(self, page: Any) -> int:
        from pdfminer.pdftypes import stream_value

        orders = b"\n".join(stream_value(content).get_data() for content in page.contents)
        check("orders", len(orders) // MB)
        return self.orders(orders, page.resources or {}, 0)

    def orders(self, orders: bytes, resources: Mapping[str, Any], depth: int) -> int:
        """How many characters these orders show; ``resources`` name their fonts and pieces."""
        number, kept = 0, list[_Shown]()
        shown = NOTHING
        for found in ORDER.finditer(orders):
            kind = found.lastgroup
            if kind == "text" or kind == "codes":
                number += shown[found[0]]
            elif kind == "order":
                name = found["name"].decode("latin-1")
                if found["order"].endswith(b"Do"):
                    number += self.piece(name, resources, depth)
                else:
                    shown = self.font(name, resources)
            elif kind == "state" and found[0] == b"q":
                kept.append(shown)
            elif kind == "state" and kept:
                shown = kept.pop()
        return number

    def font(self, name: str, resources: Mapping[str, Any]) -> _Shown:
        from pdfminer.pdftypes import dict_value

        key = (id(resources), name)
        if key not in self.named:
            reference = dict_value(resources.get("Font") or {}).get(name)
            shown = NOTHING
            if reference is not None:
                font = self.fonts.get_font(getattr(reference, "objid", None), dict_value(reference))
                shown = self.known.setdefault(id(font), _Shown(font))
            self.named[key] = (resources, shown)
        return self.named[key][1]

    def piece(self, name: str, resources: Mapping[str, Any], depth: int) -> int:
        """What a piece (form) shows that is drawn here."""
        from pdfminer.pdftypes import dict_value, stream_value

        reference = dict_value(resources.get("XObject") or {}).get(name)
        if reference is None:
            return 0
        drawn = stream_value(reference)
        if str(drawn.get("Subtype")) != "/'Form'":
            return 0
        self.drawn += 1
        check("pieces", self.drawn)
        if depth > DEEP:
            return 0
        orders = drawn.get_data()
        check("orders", len(orders) // MB)
        return self.orders(orders, dict_value(drawn.get("Resources") or {}) or resources, depth + 1)


class _Shown(dict[bytes, int]):
    """A string as the orders write it -> how many characters that print it stands for in a font. Short ones are kept:
    print that is set letter by letter says the same few again and again."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font
        self.codes = _Printing(font)

    def __missing__(self, written: bytes) -> int:
        if self.font is None:
            return 0
        if written[:1] == b"(":
            codes = _unescaped(written[1:-1])
        else:
            codes = _bytes(WITHIN.findall(written))
        number = sum(map(self.codes.__getitem__, self.font.decode(codes)))
        if len(written) <= KEPT:
            self[written] = number
        return number


class _Printing(dict[int, int]):
    """Code of a font -> how many characters that print it stands for; one nobody knows is one."""

    def __init__(self, font: Any) -> None:
        super().__init__()
        self.font = font

    def __missing__(self, code: int) -> int:
        from pdfminer.pdffont import PDFUnicodeNotDefined

        try:
            number = printing(self.font.to_unichr(code))
        except PDFUnicodeNotDefined:
            number = 1
        self[code] = number
        return number


NOTHING = _Shown(None)
"""Before a font is named nothing is shown."""


def _bytes(strings: Sequence[bytes]) -> bytes:
    """What strings of digits stand for: <9> is <90>, and blanks between the digits mean nothing."""
    try:
        return bytes.fromhex(b" ".join(strings).decode())
    except ValueError:
        whole = (b"".join(digits.split()) for digits in strings)
        return bytes.fromhex("".join((digits + b"0" * (len(digits) % 2)).decode() for digits in whole))


def _unescaped(text: bytes) -> bytes:
    if b"\\" not in text:
        return text
    return ESCAPE.sub(
        lambda m: bytes([int(m[1], 8) & 255]) if m[1] else ESCAPES.get(m[2], m[2]),
        text,
    )
