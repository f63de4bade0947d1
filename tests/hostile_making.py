"""What broken and hostile files are made from: small files of the project, members of office files, objects of PDFs."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SMALL = {
    "pdf": ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.pdf",
    "xlsx": ROOT / "raw/2012-13/Q1/cap-return-2012-13-q1.xlsx",
    "txt": ROOT / "raw/2012-13/Q1/cap-scorecard-2012-13-q1.txt",
    "docx": ROOT / "tests/layouts/full-rules.docx",
    "xls": ROOT / "tests/layouts/full-rules.xls",
    "ods": ROOT / "tests/layouts/full-rules.ods",
}
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def rezipped(file: Path, changes: dict[str, bytes], level: int = 6) -> bytes:
    """An office file with members replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(file) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, True, level) as out,
    ):
        for member in source.namelist():
            out.writestr(member, changes.pop(member, source.read(member)))
        for member, content in changes.items():
            out.writestr(member, content)
    return target.getvalue()


def sheet(cells: str, **more: bytes) -> bytes:
    return rezipped(SMALL["xlsx"], {"xl/worksheets/sheet1.xml": SHEET.format(cells).encode(), **more})


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, the first of them its catalogue; the reader finds them by the table it needs."""
    out, offsets = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def stream(content: bytes, keys: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), keys, content)


CATALOGUE, TREE = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def page(more: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]%s>>" % (box, more)
