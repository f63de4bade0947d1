"""What a file is, by its content; its extension is only believed where the content cannot tell."""

from __future__ import annotations

SNIFFED = 65_536
"""How many bytes of the beginning and of the end are looked at."""

TEXTS = {".csv": "csv", ".tsv": "tsv", ".tab": "tsv"}
SAME = {
    "jpg": "jpeg",
    "tif": "tiff",
    "htm": "html",
    "xltx": "xlsx",
    "xltm": "xlsm",
    "dotx": "docx",
    "docm": "docx",
    "text": "txt",
    "tab": "tsv",
}
SIGNATURES = (
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"GIF8", "gif"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3", "sqlite"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
)
ZIPPED = (
    (b"xl/workbook.bin", "xlsb"),
    (b"xl/vbaProject.bin", "xlsm"),
    (b"xl/", "xlsx"),
    (b"word/", "docx"),
    (b"ppt/", "pptx"),
    (b"opendocument.spreadsheet", "ods"),
    (b"opendocument.text", "odt"),
)
COMPOUND = (("EncryptedPackage", "encrypted"), ("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc"))
MARKUP = ((b"<!doctype html", "html"), (b"<html", "html"))


def kind_of(head: bytes, tail: bytes, suffix: str) -> tuple[str, bool]:
    """(kind, whether the extension claims another one) from a file's first and last bytes.

    Kinds: pdf xlsx xlsm xlsb xls ods docx doc odt csv tsv txt html png jpeg tiff encrypted (an office file
    with a password) zip compound unknown, and a few that nothing reads. An empty file has the kind of its
    extension.
    """
    extension = suffix.casefold().lstrip(".")
    claimed = SAME.get(extension, extension)
    if not head:
        return claimed or "unknown", False
    kind = _by_content(head, tail) or _text(head, suffix)
    if kind == "encrypted" or kind in (claimed, "unknown"):
        return kind, False
    if {kind, claimed} == {"xlsx", "xlsm"} and b"vbaProject" not in head + tail:
        return kind, False
    return kind, bool(claimed) and not (kind == "txt" and claimed not in _BINARY)


_BINARY = frozenset(
    {"pdf", "xlsx", "xlsm", "xlsb", "xls", "ods", "docx", "doc", "odt", "png", "jpeg", "tiff"}
)


def _by_content(head: bytes, tail: bytes) -> str | None:
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for mark, kind in ZIPPED if mark in head or mark in tail), "zip")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        both = head + tail
        return next((kind for name, kind in COMPOUND if name.encode("utf-16-le") in both), "compound")
    for mark, kind in SIGNATURES:
        if head.startswith(mark):
            return kind
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return next((kind for mark, kind in MARKUP if start.startswith(mark)), None)


def _text(head: bytes, suffix: str) -> str:
    """A text kind by extension, or 'unknown' for bytes that are no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return TEXTS.get(suffix.casefold(), "txt")
    nuls = head.count(0)
    strange = sum(head.count(byte) for byte in range(32) if byte not in (0, 9, 10, 11, 12, 13, 26, 27))
    wide = max(head[::2].count(0), head[1::2].count(0)) > 0.3 * len(head)
    if (nuls > len(head) // 50 and not wide) or strange > len(head) // 20:
        return "unknown"
    return TEXTS.get(suffix.casefold(), "txt")
