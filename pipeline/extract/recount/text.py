"""The second opinion on text files: the plain letters and digits in their bytes.

However the fields are parted and quoted, and in whatever code the rest is kept, these stand there as themselves: as a
byte, or in the codes of Excel's "Unicode text" as a byte with zeros beside it.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.extract.recount import Count

PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def plain(text: str) -> int:
    """How many plain letters and digits a text holds."""
    return sum(character.isascii() and character.isalnum() for character in text)


def count_text(file: str) -> Count:
    """The plain letters and digits of a file."""
    data = Path(file).read_bytes()
    if data.startswith(WIDE) or data.count(0) * 3 > len(data):
        pairs = zip(data[::2], data[1::2], strict=False)
        number = sum((not one and other in PLAIN) or (not other and one in PLAIN) for one, other in pairs)
    else:
        number = len(data) - len(data.translate(None, bytes(PLAIN)))
    return Count(1, {"": number})
