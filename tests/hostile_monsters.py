"""Files that are small and unfold to much: repetition in workbooks, spans and nesting in Word, drawing without end in
PDFs, counts that lie. Made here like those of ``hostile``, which hands them out."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.hostile_making import CATALOGUE, DOCUMENT, SMALL, TREE, page, pdf, rezipped, stream

ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "{}</office:spreadsheet></office:body></office:document-content>"
)


def monsters() -> Iterator[tuple[str, bytes]]:
    yield from repeated()
    yield from binary_workbooks()
    yield from words()
    yield from pages()
    yield from long_texts()


def table(rows: str, columns: str = "") -> bytes:
    return rezipped(
        SMALL["ods"],
        {"content.xml": ODS.format(f'<table:table table:name="A">{columns}{rows}</table:table>').encode()},
    )


def repeated() -> Iterator[tuple[str, bytes]]:
    """OpenDocument says in an attribute how often a cell, a row, a column or a space stands there."""

    def cell(times: object = 1, text: str = "x", more: str = ' office:value-type="string"') -> str:
        return f'<table:table-cell table:number-columns-repeated="{times}"{more}><text:p>{text}</text:p></table:table-cell>'

    def row(cells: str, times: object = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'

    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    yield "a text over a sheet.ods", table(row(cell(16_384), 1_048_576))
    yield "a text down a sheet.ods", table(row(cell(), 1_048_576))
    yield (
        "a text across many sheets.ods",
        rezipped(
            SMALL["ods"],
            {
                "content.xml": ODS.format(
                    "".join(
                        f'<table:table table:name="{n}">{row(cell(150), 1000)}</table:table>'
                        for n in range(199)
                    )
                ).encode()
            },
        ),
    )
    yield "repeated beyond numbers.ods", table(row(cell("9" * 5000), "9" * 5000))
    yield "repeated by no number.ods", table(row(cell("²"), "-7") + row(cell("٣"), "1e9"))
    yield "far below.ods", table(row(empty, 1_048_575) + row(cell()))
    yield "empty rows without end.ods", table(row(empty, 2**40) * 1000 + row(cell()))
    yield (
        "groups of rows in groups.ods",
        table("<table:table-row-group>" * 90 + row(cell(), 1000) + "</table:table-row-group>" * 90),
    )
    yield (
        "a table in a cell.ods",
        table(
            row(
                "<table:table-cell>"
                + f"<table:table>{row(cell(1000), 1000)}</table:table>"
                + "</table:table-cell>",
                1000,
            )
        ),
    )
    yield (
        "columns without end.ods",
        table(row(cell()), f'<table:table-column table:number-columns-repeated="{2**60}"/>' * 2000),
    )
    yield (
        "spans without end.ods",
        table(
            row(
                cell(1, "x", f' table:number-rows-spanned="{2**40}" table:number-columns-spanned="{2**40}"')
                * 50
            )
            * 50
        ),
    )
    yield "spaces without end.ods", table(row(cell(1, f'<text:s text:c="{2**40}"/>')))
    yield "many spaces.ods", table(row(cell(1, '<text:s text:c="100000"/>')) * 2000)
    for kind, value in (
        ("float", "nan"),
        ("float", "1e999"),
        ("float", "x"),
        ("date", "99999-99-99"),
        ("time", "x"),
    ):
        more = f' office:value-type="{kind}" office:value="{value}" office:{kind}-value="{value}"'
        yield f"{kind} that is {value}.ods", table(row(cell(1, "x", more)))


def binary_workbooks() -> Iterator[tuple[str, bytes]]:
    """Binary records whose counts and places lie, and copies of .xls with the declared sizes made wrong."""

    def record(kind: int, body: bytes, size: int | None = None) -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length, rest = b"", len(body) if size is None else size
        while True:
            length += bytes([rest & 0x7F | (0x80 if rest > 0x7F else 0)])
            rest >>= 7
            if not rest or len(length) == 4:
                return number + length + body

    def wide(text: str, count: int | None = None) -> bytes:
        return struct.pack("<I", len(text) if count is None else count) + text.encode("utf-16-le")

    def row(number: int) -> bytes:
        return record(0, struct.pack("<IIHBBB", number, 0, 300, 0, 0, 0))

    def text(column: int, said: str, count: int | None = None) -> bytes:
        return record(6, struct.pack("<II", column, 0) + wide(said, count))

    def book(sheet: bytes, strings: bytes = b"", name: bytes = wide("A")) -> bytes:
        relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
            one = f'<Relationship Id="{{}}" Type="{relation}/{{}}" Target="{{}}"/>'
            archive.writestr(
                "_rels/.rels", rels.format(one.format("r1", "officeDocument", "xl/workbook.bin"))
            )
            inside = one.format("r1", "worksheet", "worksheets/sheet1.bin") + one.format(
                "r2", "sharedStrings", "sharedStrings.bin"
            )
            archive.writestr("xl/_rels/workbook.bin.rels", rels.format(inside))
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("xl/workbook.bin", record(156, struct.pack("<II", 0, 1) + wide("r1") + name))
            archive.writestr("xl/sharedStrings.bin", strings)
            archive.writestr("xl/worksheets/sheet1.bin", sheet)
        return out.getvalue()

    yield "plain.xlsb", book(row(0) + text(0, "Measure") + text(1, "Target"))
    yield "far cell.xlsb", book(row(0) + text(0, "near") + row(1_048_575) + text(16_383, "far"))
    yield "cells beyond the sheet.xlsb", book(row(2**32 - 1) + text(2**32 - 1, "x"))
    yield "a text longer than it is.xlsb", book(row(0) + text(0, "x", 2**31))
    yield "a record longer than it is.xlsb", book(row(0) + record(6, b"x", 2**28 - 1))
    halves = record(6, struct.pack("<III", 0, 0, 2) + b"\x00\xd8\x00\xd8")
    yield "halves of letters.xlsb", book(row(0) + halves)
    yield "half a record.xlsb", book(row(0) + b"\x06")
    yield "too short records.xlsb", book(b"".join(record(kind, b"\0") for kind in range(700)))
    yield "noise.bin.xlsb", book(random.Random(3).randbytes(20_000))
    merges = b"".join(record(176, struct.pack("<IIII", 0, 2**32 - 1, 0, 2**32 - 1)) for _ in range(2000))
    yield "merged beyond numbers.xlsb", book(row(0) + text(0, "x") + merges)
    columns = record(60, struct.pack("<IIIIH", 0, 2**32 - 1, 0, 0, 1)) * 1000
    yield "columns beyond numbers.xlsb", book(columns + row(0) + text(0, "x"))
    yield "many cells.xlsb", book(b"".join(row(n) + text(0, "x") * 40 for n in range(60_000)))
    yield "a name of no sheet.xlsb", book(row(0) + text(0, "x"), name=wide("x" * 3, 2**30))
    yield "a text out of reach.xlsb", book(row(0) + record(7, struct.pack("<III", 0, 0, 2**31)))
    yield "a style out of reach.xlsb", book(row(0) + record(5, struct.pack("<IId", 0, 0xFFFFFF, 1.5)))
    yield (
        "numbers that are none.xlsb",
        book(
            row(0)
            + b"".join(
                record(5, struct.pack("<IId", n, 0, v))
                for n, v in enumerate((float("nan"), float("inf"), 1e308))
            )
        ),
    )
    runs = record(62, struct.pack("<II", 0, 0) + b"\1" + wide("raised") + struct.pack("<I", 2**31))
    yield "runs without end.xlsb", book(row(0) + runs)
    old = SMALL["xls"].read_bytes()
    for place, name in (
        (30, "sector size"),
        (44, "FAT sectors"),
        (48, "directory"),
        (60, "small FAT"),
        (68, "more FAT"),
    ):
        for value in (0, 1, 0x7FFFFFFF, 0xFFFFFFFE):
            wrong = bytearray(old)
            wrong[place : place + 4] = struct.pack("<I", value)
            yield f"{name} of {value}.xls", bytes(wrong)
    chance = random.Random(5)
    start = old.index(b"\x09\x08\x10\x00")
    for number in range(12):
        wrong = bytearray(old)
        for _ in range(20):
            at = start + chance.randrange(len(old) - start)
            wrong[at : at + 2] = b"\xff\xff"
        yield f"lying records {number}.xls", bytes(wrong)


def words() -> Iterator[tuple[str, bytes]]:
    """Word documents with more tables, cells, spans and notes than anybody could print."""

    def docx(body: str) -> bytes:
        return rezipped(SMALL["docx"], {"word/document.xml": DOCUMENT.format(body).encode()})

    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    def grid(rows: str) -> str:
        return f"<w:tbl>{rows}</w:tbl>"

    def row(cells: str, properties: str = "") -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"

    yield (
        "tables in tables.docx",
        docx(
            "".join("<w:tbl><w:tr>" + cell("a") + "<w:tc>" for _ in range(24))
            + paragraph("x")
            + "</w:tc></w:tr></w:tbl>" * 24
        ),
    )
    yield "a hundred thousand cells.docx", docx(grid(row(cell("x") * 10) * 10_000))
    yield "a million cells.docx", docx(grid(row("<w:tc/>" * 1000) * 1100))
    yield "columns without end.docx", docx(grid(row(cell("x", '<w:gridSpan w:val="1000000000"/>') * 2) * 3))
    yield (
        "spans that are none.docx",
        docx(
            grid(
                row(
                    "".join(
                        cell("x", f'<w:gridSpan w:val="{v}"/>') for v in ("-1", "0", "²", "9" * 5000, "x")
                    )
                )
            )
        ),
    )
    yield "goes on without a start.docx", docx(grid(row(cell("x", "<w:vMerge/>") * 3) * 3))
    yield (
        "goes on without end.docx",
        docx(grid(row(cell("x", '<w:vMerge w:val="restart"/>')) + row(cell("", "<w:vMerge/>")) * 5_000)),
    )
    yield (
        "goes on to the side.docx",
        docx(grid(row(cell("x", '<w:hMerge w:val="restart"/>') + cell("", "<w:hMerge/>") * 5000) * 5)),
    )
    yield "begins far out.docx", docx(grid(row(cell("x"), '<w:gridBefore w:val="2000000000"/>')))
    yield "many tables.docx", docx(grid(row(cell("Measure") + cell("Target"))) * 5000)
    yield "many paragraphs.docx", docx(paragraph("Measure") * 15_000)
    yield "one long paragraph.docx", docx("<w:p>" + "<w:r><w:t>word </w:t></w:r>" * 100_000 + "</w:p>")
    boxes = (
        "<w:p><w:r><w:pict><w:txbxContent>" * 30
        + paragraph("x")
        + "</w:txbxContent></w:pict></w:r></w:p>" * 30
    )
    yield "boxes in boxes.docx", docx(boxes)
    yield (
        "styles of each other.docx",
        rezipped(
            SMALL["docx"],
            {
                "word/styles.xml": (
                    b'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
                    b'<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:basedOn w:val="b"/></w:style>'
                    b'<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
                )
            },
        ),
    )
    chain = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(20_000)
    )
    yield (
        "a chain of styles.docx",
        rezipped(
            SMALL["docx"],
            {
                "word/styles.xml": (
                    f'<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{chain}</w:styles>'
                ).encode(),
                "word/document.xml": DOCUMENT.format(
                    '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
                ).encode(),
            },
        ),
    )


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pages() -> Iterator[tuple[str, bytes]]:
    """PDFs that draw much, or that lead their reader in a circle."""

    def drawn(orders: bytes, *more: bytes, keys: bytes = b"/Resources<</Font<</F 5 0 R>>>>") -> bytes:
        packed = zlib.compress(orders, 9)
        return pdf(
            CATALOGUE,
            TREE,
            page(b"/Contents 4 0 R" + keys),
            stream(packed, b"/Filter/FlateDecode"),
            *(more or (FONT,)),
        )

    yield "a million areas.pdf", drawn(b"0 0 1 1 re f\n" * 1_000_000)
    yield (
        "areas side by side.pdf",
        drawn(b"".join(b"%d %d 2 2 re f\n" % (4 * (n % 140), 4 * (n // 140)) for n in range(28_000))),
    )
    yield (
        "a net of lines.pdf",
        drawn(
            b"".join(
                b"%.1f 0 m %.1f 800 l S 0 %.1f m 590 %.1f l S\n" % (n, n, n, n)
                for n in (i / 2 for i in range(1180))
            )
        ),
    )
    yield "one path without end.pdf", drawn(b"0 0 m " + b"9 9 l 3 4 l " * 300_000 + b"S")
    yield "curves without end.pdf", drawn(b"0 0 m " + b"1 2 3 4 5 6 c " * 200_000 + b"S")
    yield "letters on one spot.pdf", drawn(b"BT /F 9 Tf 50 50 Td " + b"(Measure) Tj " * 15_000 + b"ET")
    yield (
        "a page full of letters.pdf",
        drawn(
            b"BT /F 1 Tf "
            + b"".join(b"1 0 0 1 %d %d Tm (a) Tj\n" % (3 * (n % 190), 3 * (n // 190)) for n in range(50_000))
            + b"ET"
        ),
    )
    yield (
        "letters far away.pdf",
        drawn(b"BT /F 1e30 Tf 1e38 -1e38 Td (Measure) Tj 1e-38 0 0 0 1 1 Tm (Target) Tj ET"),
    )
    ring = stream(b"/Y Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</Y 6 0 R>>>>")
    back = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    yield "forms in a ring.pdf", drawn(b"/X Do", ring, back, keys=b"/Resources<</XObject<</X 5 0 R>>>>")
    forms = [
        stream(
            b"/X Do /X Do",
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1),
        )
        for n in range(5, 35)
    ]
    last = stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    yield "forms that double.pdf", drawn(b"/X Do", *forms, last, keys=b"/Resources<</XObject<</X 5 0 R>>>>")
    deep = [
        stream(
            b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1)
        )
        for n in range(5, 2005)
    ]
    yield "forms in forms.pdf", drawn(b"/X Do", *deep, last, keys=b"/Resources<</XObject<</X 5 0 R>>>>")
    pattern = stream(
        b"/Pattern cs /P scn 0 0 99 99 re f",
        b"/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep 0.001/YStep 0.001"
        b"/Resources<</Pattern<</P 5 0 R>>>>",
    )
    yield (
        "a pattern of itself.pdf",
        drawn(b"/Pattern cs /P scn 0 0 500 800 re f", pattern, keys=b"/Resources<</Pattern<</P 5 0 R>>>>"),
    )
    glyph = stream(b"9 0 d0 BT /F 9 Tf (a) Tj (a) Tj ET")
    three = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
    three += b"/Encoding<</Differences[97/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>>>"
    yield "a letter that writes itself.pdf", drawn(b"BT /F 9 Tf (aaaa) Tj ET", three, glyph)
    ranges = b"\n".join(b"<%04X><FFFF><0041>" % n for n in range(60_000))
    cmap = stream(
        zlib.compress(b"begincmap 60000 beginbfrange\n" + ranges + b"\nendbfrange endcmap", 9),
        b"/Filter/FlateDecode",
    )
    wide = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>"
    )
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>/W[0 99999999 5]>>"
    yield "a huge map of letters.pdf", drawn(b"BT /F 9 Tf <00410042> Tj ET", wide, cmap, below)
    half = stream(b"begincmap 1 beginbfchar <0041> <D800> endbfchar endcmap")
    yield "halves of letters.pdf", drawn(b"BT /F 9 Tf 50 50 Td <00410041> Tj ET", wide, half, below)
    yield (
        "tree in a ring.pdf",
        pdf(
            CATALOGUE,
            b"<</Type/Pages/Kids[3 0 R]/Count 5>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 5>>",
        ),
    )
    tall = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (n + 1) for n in range(2, 5002)]
    yield "a tall tree.pdf", pdf(CATALOGUE, *tall, page())
    heir = [b"<</Type/Page/Parent 2 0 R>>"]
    yield "heirs in a ring.pdf", pdf(CATALOGUE, b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>", *heir)
    inside = b"".join(b"%d 0 " % n for n in range(10, 100_010))
    objects = stream(
        zlib.compress(inside + b"<<>> " * 10, 9),
        b"/Type/ObjStm/N 100000/First %d/Filter/FlateDecode/Extends 3 0 R" % len(inside),
    )
    yield "objects in a ring.pdf", pdf(CATALOGUE, b"<</Type/Pages/Kids[12 0 R]/Count 1>>", objects)
    shade = b"/Resources<</Shading<</S<</ShadingType 1/ColorSpace/DeviceRGB/Function<</FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]>>>>>>>>"
    yield "shades.pdf", drawn(b"/S sh " * 50_000, keys=shade)
    image = stream(
        b"\0", b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    )
    yield (
        "a picture without end.pdf",
        drawn(b"500 0 0 800 0 0 cm /X Do", image, keys=b"/Resources<</XObject<</X 5 0 R>>>>"),
    )
    yield (
        "a page without end.pdf",
        pdf(CATALOGUE, TREE, page(b"/Contents 4 0 R", b"0 0 1e9 1e9"), stream(b"0 0 m 9 9 l S")),
    )
    fields = b" ".join(b"%d 0 R" % n for n in range(5, 3005))
    field = b"<</FT/Tx/T(x)/V(x)/Kids[4 0 R]/Parent 4 0 R>>"
    yield (
        "fields in a ring.pdf",
        pdf(
            CATALOGUE[:-2] + b"/AcroForm<</Fields[4 0 R]>>>>", TREE, page(b"/Annots[" + fields + b"]"), field
        ),
    )


def long_texts() -> Iterator[tuple[str, bytes]]:
    yield "only separators.csv", b"," * 5_000_000
    yield "only tabs.txt", b"\t" * 5_000_000
    yield "many wide lines.csv", (b"a," * 200 + b"\n") * 6000
    yield "only line ends.txt", b"\n" * 3_000_000
    yield "columns by blanks.txt", (b"a   " * 30 + b"\n") * 500
    yield "one quoted field.csv", b'a,b\n"' + b"x,y\n" * 500_000 + b'",c\n'
    yield "quotes only.csv", b'"' * 1_000_000
    yield "half open quotes.csv", b'a,"b\n' * 3_000
    yield "loose lines.txt", b"Measure\n" * 20_000
