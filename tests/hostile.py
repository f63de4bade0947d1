"""Hostile and broken files, made here: no public set has them, and none of them is kept in the repository.

``corpus(long)`` yields (name, bytes). Small files of the project are the raw material of the broken ones.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile_making import (
    CATALOGUE,
    DOCUMENT,
    SHEET,
    SMALL,
    TREE,
    page,
    pdf,
    rezipped,
    sheet,
    stream,
    text_cell,
)
from tests.hostile_monsters import monsters

CUTS, FLIPPED = (6, 100), (5, 100)
"""In how many steps a small file of each format is cut, how many flipped copies there are: short version, long one."""


def corpus(long: bool) -> Iterator[tuple[str, bytes]]:
    """Every hostile file; the long version cuts and flips at a hundred places instead of a few."""
    yield from truncated(CUTS[long])
    yield from flipped(FLIPPED[long])
    yield from mangled(FLIPPED[long])
    yield from workbooks()
    yield from pdfs()
    yield from texts()
    yield from others()
    yield from monsters()


def truncated(steps: int) -> Iterator[tuple[str, bytes]]:
    for kind, file in SMALL.items():
        content = file.read_bytes()
        for step in range(1, steps):
            yield f"cut {100 * step // steps:02d} percent.{kind}", content[: len(content) * step // steps]


def flipped(times: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    chance = random.Random(seed)
    for kind, file in SMALL.items():
        for number in range(times):
            content = bytearray(file.read_bytes())
            for _ in range(chance.choice((1, 1, 8))):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            yield f"flipped {number}.{kind}", bytes(content)


ODD = (
    "",
    "x",
    "²",
    "-1",
    "0",
    "1e999",
    "nan",
    "9" * 5000,
    "\u0663",
    "4294967296",
    "#REF!",
    " ",
    "true",
    "A1:",
)
"""What may stand in an attribute or between two tags where the format wants something else."""


def mangled(times: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """Copies of zipped files whose checksums are right and whose XML is not what it should be."""
    chance = random.Random(seed)
    for kind in ("xlsx", "docx", "ods"):
        with zipfile.ZipFile(SMALL[kind]) as archive:
            parts = {
                name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))
            }
        for number in range(times):
            name = chance.choice(sorted(parts))
            content = parts[name].decode()
            for _ in range(chance.choice((1, 1, 4))):
                holes = list(re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<]+(?=<)', content))
                if holes:
                    hole = chance.choice(holes)
                    content = content[: hole.start()] + chance.choice(ODD) + content[hole.end() :]
            yield f"mangled {number}.{kind}", rezipped(SMALL[kind], {name: content.encode()})


def workbooks() -> Iterator[tuple[str, bytes]]:
    yield "one far cell.xlsx", sheet(f'<row r="1048576">{text_cell("XFD1048576", "far")}</row>')
    yield (
        "two far cells.xlsx",
        sheet(
            f'<row r="1">{text_cell("A1", "near")}</row><row r="1048576">{text_cell("XFD1048576", "far")}</row>'
        ),
    )
    yield "rows beyond the sheet.xlsx", sheet(f'<row r="99999999">{text_cell("A99999999", "x")}</row>')
    yield "a place that is none.xlsx", sheet(f'<row r="x">{text_cell("1A", "x")}</row>')
    yield (
        "long cells.xlsx",
        sheet(f'<row r="1">{text_cell("A1", "x" * 32767)}{text_cell("B1", "y" * 200000)}</row>'),
    )
    yield "escapes.xlsx", sheet(f'<row r="1">{text_cell("A1", "_xD800_ _x0000_ _x0007_ _xFFFF_")}</row>')
    yield (
        "many rows.xlsx",
        sheet("".join(f'<row r="{r}"><c r="A{r}"><v>1</v></c></row>' for r in range(1, 250_000))),
    )
    yield "zip bomb.xlsx", rezipped(SMALL["xlsx"], {"xl/media/a.bin": bytes(300 << 20)}, 9)
    yield "sheet bomb.xlsx", sheet(" " * (60 << 20))
    yield "many members.xlsx", rezipped(SMALL["xlsx"], {f"xl/m/{n}": b"" for n in range(6000)})
    yield "leads outside.xlsx", rezipped(SMALL["xlsx"], {"../../outside.xml": b"<a/>"})
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE l [<!ENTITY l0 "lol">{lol}]><worksheet>&l9;</worksheet>'
    yield "entities.xlsx", rezipped(SMALL["xlsx"], {"xl/worksheets/sheet1.xml": bomb.encode()})
    outside = '<!DOCTYPE l [<!ENTITY e SYSTEM "file:///etc/passwd">]><l>&e;</l>'
    yield "outside entity.docx", rezipped(SMALL["docx"], {"word/document.xml": outside.encode()})
    yield "deep.xlsx", sheet("<a>" * 100_000 + "</a>" * 100_000)
    deep = "<w:tbl><w:tr><w:tc>" * 2000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2000
    yield "deep tables.docx", rezipped(SMALL["docx"], {"word/document.xml": DOCUMENT.format(deep).encode()})
    wide = f"<w:tbl><w:tr>{'<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>' * 60_000}</w:tr></w:tbl>"
    yield "wide table.docx", rezipped(SMALL["docx"], {"word/document.xml": DOCUMENT.format(wide).encode()})
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(1, 5000, 10))
    merged = SHEET.format("").replace("</worksheet>", f"<mergeCells>{merges}</mergeCells></worksheet>")
    yield "huge merges.xlsx", rezipped(SMALL["xlsx"], {"xl/worksheets/sheet1.xml": merged.encode()})
    ring = "".join(f'<c r="{a}1"><f>{b}1+1</f><v>1</v></c>' for a, b in ("AB", "BC", "CA"))
    yield "ring of formulas.xlsx", sheet(f'<row r="1">{ring}</row>')
    master = (
        '<c r="A1"><f t="shared" si="0"/></c><c r="B1"><f t="shared" si="9" ref="A1:XFD1048576">A1</f></c>'
    )
    yield "formulas without a master.xlsx", sheet(f'<row r="1">{master}</row>')
    days = "".join(f'<row r="{n}"><c r="A{n}" s="1"><v>{day}</v></c></row>' for n, day in enumerate(DAYS, 1))
    yield "odd days.xlsx", sheet(days)
    yield "cells stored twice.xlsx", sheet(f'<row r="1">{text_cell("A1", "once") * 9}</row>')
    book = zipfile.ZipFile(SMALL["xlsx"]).read("xl/workbook.xml")
    early = re.sub(rb"<workbookPr[^>]*/>", b"", book).replace(
        b"<sheets>", b'<workbookPr date1904="1"/><sheets>'
    )
    yield "counts from 1904.xlsx", rezipped(SMALL["xlsx"], {"xl/workbook.xml": early})
    yield "styles that are none.xlsx", rezipped(SMALL["xlsx"], {"xl/styles.xml": b"<styleSheet/>"})
    yield "a style out of reach.xlsx", sheet('<row r="1"><c r="A1" s="99999999"><v>1</v></c></row>')
    yield "a text out of reach.xlsx", sheet('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>')
    yield "no sheets.xlsx", rezipped(SMALL["xlsx"], {"xl/workbook.xml": b"<workbook/>"})
    broad = bomb.encode("utf-16")
    yield "entities in wide letters.xlsx", rezipped(SMALL["xlsx"], {"xl/worksheets/sheet1.xml": broad})
    levels = ("<a>" * 1000 + "</a>" * 1000).encode("utf-16")
    yield "deep in wide letters.xlsx", rezipped(SMALL["xlsx"], {"xl/worksheets/sheet1.xml": levels})
    yield "under another name.xlsx", rezipped(SMALL["xlsx"], {"xl/worksheets/sheet1.dat": bomb.encode()})
    yield "entities.ods", rezipped(SMALL["ods"], {"content.xml": bomb.encode()})
    odd = b'<numFmts><numFmt numFmtId="200" formatCode="[h]:mm"/></numFmts><cellXfs><xf/><xf numFmtId="200"/>'
    styles = (
        SHEET.format("")
        .encode()
        .replace(b"worksheet", b"styleSheet")
        .replace(b"<sheetData></sheetData>", odd)
    )
    hours = SHEET.format('<row r="1"><c r="A1" s="1"><v>1e300</v></c></row>').encode()
    changes = {
        "xl/styles.xml": styles.replace(b"</style", b"</cellXfs></style"),
        "xl/worksheets/sheet1.xml": hours,
    }
    yield "hours of no calendar.xlsx", rezipped(SMALL["xlsx"], changes)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as nested:
        nested.write(SMALL["xlsx"], "book.xlsx")
    yield "an archive.zip", archive.getvalue()
    yield "no XML.xlsx", rezipped(SMALL["xlsx"], {"xl/workbook.xml": b"\x00\xff" * 50})


def pdfs() -> Iterator[tuple[str, bytes]]:
    form = b"/Resources<</XObject<</X 4 0 R>>>>"
    draws = stream(b"/X Do " * 20, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]" + form)
    yield "draws itself.pdf", pdf(CATALOGUE, TREE, page(form + b"/Contents 5 0 R"), draws, stream(b"/X Do"))
    twice = zlib.compress(zlib.compress(b"0 0 m 9 9 l S\n" * (8 << 20), 9), 9)
    yield (
        "twice packed.pdf",
        pdf(CATALOGUE, TREE, page(b"/Contents 4 0 R"), stream(twice, b"/Filter[/FlateDecode/FlateDecode]")),
    )
    yield "pages in a ring.pdf", pdf(CATALOGUE, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")
    yield "counts too many pages.pdf", pdf(CATALOGUE, b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>", page())
    many = b" ".join(b"%d 0 R" % number for number in range(3, 1003))
    tree = b"<</Type/Pages/Kids[%s]/Count 1000>>" % many
    yield "many pages.pdf", pdf(CATALOGUE, tree, *(page() for _ in range(1000)))
    yield "parent of itself.pdf", pdf(CATALOGUE, b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>", page())
    yield "huge page.pdf", pdf(CATALOGUE, TREE, page(box=b"0 0 1e30 1e30"))
    yield "page of no size.pdf", pdf(CATALOGUE, TREE, page(box=b"0 0 0 0"))
    yield "deep arrays.pdf", pdf(CATALOGUE, TREE, page(b"/X " + b"[" * 50_000 + b"]" * 50_000))
    yield (
        "length of itself.pdf",
        pdf(CATALOGUE, TREE, page(b"/Contents 4 0 R"), b"<</Length 4 0 R>>stream\nx\nendstream"),
    )
    states = stream(b"q " * 500_000 + b"0 0 m 9 9 l S")
    yield "many states.pdf", pdf(CATALOGUE, TREE, page(b"/Contents 4 0 R"), states)
    lines = stream(
        b"".join(b"%d 0 m %d 800 l S 0 %d m 500 %d l S\n" % (n, n, n, n) for n in range(0, 500, 1))
    )
    yield "many lines.pdf", pdf(CATALOGUE, TREE, page(b"/Contents 4 0 R"), lines)
    for name, box in (("short", b"0 0"), ("odd", b"nan (x) 1e999 null"), ("turned", b"842 595 0 0")):
        yield f"box that is {name}.pdf", pdf(CATALOGUE, TREE, page(box=box))
    trees = (b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count 1>>" % (n + 1, n + 1) for n in range(2, 32))
    yield "doubling tree.pdf", pdf(CATALOGUE, *trees, page())
    outline = b"<</Title(x)/Next 4 0 R/First 4 0 R>>"
    yield "outline in a ring.pdf", pdf(CATALOGUE[:-2] + b"/Outlines 4 0 R>>", TREE, page(), outline)
    fonts = page(b"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>")
    orders = stream(b"BT /F 9 Tf nan inf Td 1e400 0 0 -1e400 0 0 Tm (Measure) Tj ET")
    odd_font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[5 0 R]>>"
    yield "font of itself.pdf", pdf(CATALOGUE, TREE, fonts, orders, odd_font)
    widths = b"<</Type/Font/Subtype/TrueType/FirstChar -9999/LastChar 99999999/Widths[nan (x) 1e99]>>"
    yield "widths that are none.pdf", pdf(CATALOGUE, TREE, fonts, orders, widths)
    again = pdf(CATALOGUE, TREE, page())
    yield (
        "table before itself.pdf",
        again.replace(b"trailer<<", b"trailer<</Prev %d" % again.rindex(b"xref\n0")),
    )
    yield "no root.pdf", b"%PDF-1.4\ntrailer<</Root 9 0 R>>\n%%EOF"
    yield "heading only.pdf", b"%PDF-1.4\n"
    yield (
        "runs scripts.pdf",
        pdf(b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>", TREE, page()),
    )


def texts() -> Iterator[tuple[str, bytes]]:
    head = (
        "Corporate Directorate Scorecard 2012/13 Quarter 1\nPriority\tSupporting Measures\tTarget\tQ1\tRAG\n"
    )
    row = "Keep\tShare of {} done\t90%\t{}\tGreen\n"
    every = "".join(
        map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127, 0x85, 0x2028, 0xFEFF, 0x202E, 0xFFFF])
    )
    yield "control characters.txt", (head + row.format(every, every)).encode()
    yield "lone surrogates.txt", (head + row.format("\ud800", "7\udfff")).encode("utf-8", "surrogatepass")
    yield "lone surrogates.csv", (head + row.format("\ud800", "1")).encode("utf-16", "surrogatepass")
    yield "NUL bytes.txt", (head + row.format("a\0b", "9\0")).encode()
    yield "one long line.txt", b"a" * (8 << 20)
    yield "one wide line.csv", b"a," * 1_200_000
    yield "many lines.txt", b"a\tb\n" * 300_000
    yield "long cell.txt", (head + row.format("x" * 32_767, "9" * 5000)).encode()
    yield "unclosed quote.csv", head.replace("\t", ",").encode() + b'"Keep,Share,90%,1,Green\n' * 50
    yield "numbers.txt", (head + "".join(row.format(n, v) for n, v in enumerate(NUMBERS))).encode()
    yield "formulas.txt", (head + row.format("=cmd|'/c calc'!A1", "=1+1")).encode()


DAYS = ("-1", "0", "60", "2958466", "1e308", "nan", "0.9999999999", "-1e-300", "99999999999")
"""Days that no calendar of a spreadsheet has, or that two of them count differently."""
NUMBERS = (
    "1e999",
    "-1e999",
    "nan",
    "inf",
    "9" * 400,
    "1/0",
    "0/0%",
    "£" * 99,
    "1" + ",000" * 60,
    "٣٤",
    "½",
    "1e-400",
)


def others() -> Iterator[tuple[str, bytes]]:
    for kind in (*SMALL, "csv", "xlsm", "xlsb", "ods", "doc"):
        yield f"empty.{kind}", b""
        yield f"noise.{kind}", random.Random(kind).randbytes(4000)
        yield f"text inside.{kind}", b"Dear Sir,\nthank you for your letter.\n"
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield "password.xlsx", compound + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    yield "half a compound.xls", compound + bytes(504) + "Workbook".encode("utf-16-le") + bytes(512)
    yield "picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(99)
    yield "page.xls", b"<html><table><tr><td>1</td></tr></table></html>"
