"""What kind of file it is, by its content: a name is only a guess of whoever saved it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pipeline.extract.extract import Unreadable
from pipeline.extract.office import DAMAGED, ENCRYPTED, encrypted

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXTS = (".csv", ".tsv", ".tab", ".txt")
ZIPPED = {
    "xl/workbook.bin": ".xlsb",
    "xl/": ".xlsx",
    "word/": ".docx",
    "ppt/": ".pptx",
}


def kind_of(file: str) -> str:
    """The suffix of the format that a file is in ('.xlsx'). Raises Unreadable for what no reader takes."""
    path = Path(file)
    named = path.suffix.casefold()
    with path.open("rb") as stream:
        start = stream.read(4096)
        if not start:
            raise Unreadable("file-empty", "The file is empty. Ask the sender for it again.")
        if start.startswith(OLD):
            return _old(start + stream.read(), named)
    if b"%PDF-" in start[:1024]:
        return ".pdf"
    if start.startswith(b"PK"):
        return _zipped(file, named)
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml", b"{\\rtf", b"mime-version:")):
        what = "rich text" if head.startswith(b"{") else "web page or XML"
        message = (
            f"The file is {what} under another name. Open it in Excel or Word and save it as .xlsx or .docx."
        )
        raise Unreadable("file-type-unknown", message)
    if named == ".xls" and start[:2] in (b"\t\x08", b"\t\x04", b"\t\x02", b"\t\x00"):
        return ".xls"
    if named in TEXTS:
        return named
    if named in (".xlsx", ".xlsm", ".xlsb", ".docx", ".docm", ".ods", ".pdf") or b"\0" in start:
        raise Unreadable("file-damaged", DAMAGED)
    return ".csv" if named == ".xls" and start.count(b",") > start.count(b"\t") else ".txt"


def _zipped(file: str, named: str) -> str:
    try:
        with zipfile.ZipFile(file) as package:
            names = [name.replace("\\", "/").lstrip("/").casefold() for name in package.namelist()]
            if "mimetype" in names:
                kind = package.read(package.namelist()[names.index("mimetype")]).decode("ascii", "replace")
                return ".ods" if kind.startswith("application/vnd.oasis.opendocument.spreadsheet") else ".od?"
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise Unreadable("file-damaged", DAMAGED) from error
    for start, kind in ZIPPED.items():
        if any(name.startswith(start) for name in names):
            return kind
    if "[content_types].xml" in names and named in (".xlsx", ".xlsm", ".docx", ".docm"):
        return named
    message = "The file is an archive. Take the documents out of it and put them into the folder."
    raise Unreadable("file-type-unknown", message)


def _old(data: bytes, named: str) -> str:
    if encrypted(data):
        raise Unreadable("file-encrypted", ENCRYPTED)
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book\0")) or named == ".xls":
        return ".xls"
    message = (
        "The file is in the format of an old program. Open it in Word or Excel and save it as .docx or .xlsx."
    )
    raise Unreadable("file-type-unknown", message)
