"""Workbooks of every kind give the same cells: .xlsx, .xls, .xlsb, .ods and text of the same scorecard.

``cases/workbooks/traps.xlsx`` was drawn once by xlsxwriter; LibreOffice saved it as .xls and .ods.
"""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest
import xlrd
from python_calamine import CalamineWorkbook

from pipeline.extract import Extract, Unreadable, extract
from pipeline.shapes import Cell, Document

LAYOUTS = Path(__file__).parent / "layouts"
TRAPS = Path(__file__).parent / "cases" / "workbooks"
TEXTS = {
    "A1": "Measure", "D1": "hidden column", "A2": "72%", "A3": "(£1,500)", "A4": "31/07/2012", "A5": "7.50",
    "A6": "0012", "A7": "TRUE", "A8": "#DIV/0!", "A9": "36.0%", "A10": "Priority", "A12": "hidden row",
    "A13": "noted", "A14": "é", "A15": "38 ¹", "A16": "two\nlines", "A17": "2,400,000", "E17": "end",
}  # fmt: skip


def reading(file: Path) -> Extract:
    return extract(Document("test", file.name, str(file), "", file.suffix[1:]))


def cells(found: Extract) -> dict[str, Cell]:
    return {str(cell.place): cell for grid in found.grids for cell in grid.cells()}


def words(found: Extract) -> list[str]:
    """All texts of sheets, tables and body in reading order, white space made alike."""
    shown = [g for g in found.grids if not g.hidden and not g.part.startswith(("header", "footer"))]
    seen = [re.sub(r"\s+", " ", c.text).strip() for g in shown for c in g.cells()]
    return [text for text in seen if text]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_traps_read_alike_in_every_format(kind: str) -> None:
    found = reading(TRAPS / f"traps.{kind}")
    seen = cells(found)
    assert {place[7:]: c.text for place, c in seen.items() if c.text and place.startswith("Return")} == TEXTS
    natives = {f"A{row}": seen[f"Return!A{row}"].native for row in (2, 3, 4, 5, 6, 7, 9, 17)}
    assert natives == {
        "A2": 0.72,
        "A3": -1500,
        "A4": "2012-07-31",
        "A5": 7.5,
        "A6": None,
        "A7": True,
        "A9": pytest.approx(0.36),
        "A17": 2400000,
    }
    assert [seen[f"Return!{place}"].number_format for place in ("A2", "A5", "A9", "A17")] == [
        "0%",
        "0.00",
        "0.0%",
        "#,##0",
    ]
    assert {place[7:]: c.fill for place, c in seen.items() if c.fill} == {
        "A1": "D9E1F2",
        "B2": "FFC000",
        "A14": "00B050",
    }
    assert seen["Return!A14"].drawn == "arrow-up"
    assert [place[7:] for place, c in seen.items() if c.bold] == ["A1"]
    assert (seen["Return!A10"].rows, seen["Return!A10"].columns) == (2, 2)
    assert seen["Return!A13"].note == "Provisional"
    assert [place for place, c in seen.items() if c.hidden] == ["Return!D1", "Return!A12", "'Last year'!A1"]
    assert [(grid.part, grid.hidden) for grid in found.grids] == [("Return", False), ("Last year", True)]
    assert [(f.rule, str(f.place)) for f in found.findings] == [
        ("hidden-rows", "Return!A12"),
        ("hidden-columns", "Return!D1"),
        ("hidden-sheet", "'Last year'!A1"),
    ]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("full-rules", "xls"),
        ("full-rules", "ods"),
        ("several-scorecards", "ods"),
    ],
)
def test_the_same_workbook_in_another_format_gives_the_same_cells(name: str, other: str) -> None:
    first, second = (reading(LAYOUTS / f"{name}.{kind}") for kind in ("xlsx", other))

    def told(found: Extract) -> dict[str, tuple[object, ...]]:
        shown = {place: c for place, c in cells(found).items() if c.text}
        return {place: (c.text, c.native, c.fill, c.rows, c.columns, c.bold) for place, c in shown.items()}

    assert told(first) == told(second)
    assert [f.rule for f in first.findings] == [f.rule for f in second.findings]


FORMATS = ("xlsx", "docx", "xls", "ods", "csv", "txt")
NAMES = sorted({f.name.split(".")[0] for kind in FORMATS for f in LAYOUTS.glob(f"*.{kind}")})
PAIRS = [
    (n, k)
    for n in NAMES
    for k in FORMATS
    if k != "xlsx" and all((LAYOUTS / f"{n}.{x}").exists() for x in ("xlsx", k))
]


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_the_same_scorecard_in_every_format_gives_the_same_texts(name: str, kind: str) -> None:
    """The table's texts are the same; only pages have headers and footers, and only sheets have title cells."""
    sheet, other = (words(reading(LAYOUTS / f"{name}.{k}")) for k in ("xlsx", kind))
    assert sorted(set(sheet) ^ set(other)) == []


BOMB = b'<table:table-row table:number-rows-repeated="999999999"'
BROKEN = [
    (b"", "file-empty"),
    (b"PK\x03\x04 broken", "file-damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 90, "file-damaged"),
]


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods"])
@pytest.mark.parametrize(("content", "rule"), BROKEN, ids=["empty", "cut zip", "cut container"])
def test_empty_and_damaged_files(tmp_path: Path, kind: str, content: bytes, rule: str) -> None:
    file = tmp_path / f"a.{kind}"
    file.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        reading(file)
    assert caught.value.rule == rule


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_file_cut_short_is_damaged(tmp_path: Path, kind: str) -> None:
    data = (TRAPS / f"traps.{kind}").read_bytes()
    file = tmp_path / f"a.{kind}"
    file.write_bytes(data[: len(data) // 2])
    with pytest.raises(Unreadable) as caught:
        reading(file)
    assert caught.value.rule == "file-damaged"


def test_a_repetition_bomb_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.ods"
    with zipfile.ZipFile(TRAPS / "traps.ods") as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "content.xml":
                data = data.replace(b"<table:table-row table:style", BOMB + b" table:style", 1)
            new.writestr(name, data)
    with pytest.raises(Unreadable) as caught:
        reading(file)
    assert caught.value.rule == "file-unsafe"


def test_places_of_xls_open_at_their_texts() -> None:
    book = xlrd.open_workbook(str(LAYOUTS / "full-rules.xls"))
    for cell in cells(reading(LAYOUTS / "full-rules.xls")).values():
        stored = book.sheet_by_name(cell.place.part).cell_value(cell.place.row - 1, cell.place.column - 1)
        assert stored == (cell.text if cell.native is None else cell.native)


def record(kind: int, content: bytes = b"") -> bytes:
    """A record of the binary format."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, more = b"", len(content)
    while more > 127:
        size, more = size + bytes([more & 0x7F | 0x80]), more >> 7
    return head + size + bytes([more]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def colour(rgb: str) -> bytes:
    return bytes([2 << 1 | 1, 0, 0, 0]) + bytes.fromhex(rgb) + b"\xff"


def binary(file: Path) -> None:
    """A workbook in the binary format, record by record: a fill, two number formats, a merge, hidden things."""
    font = struct.pack("<HHHHBBBB", 220, 0, 700, 0, 0, 0, 0, 0) + bytes(8) + b"\0" + wide("Arial")
    small = struct.pack("<HHHHBBBB", 220, 0, 400, 1, 0, 0, 0, 0) + bytes(8) + b"\0" + wide("Arial")
    fills = [
        struct.pack("<I", 0) + bytes(16) + bytes(48),
        struct.pack("<I", 1) + colour("00B050") + bytes(56),
    ]
    styles = (
        record(278)
        + record(615, struct.pack("<I", 1))
        + record(44, struct.pack("<H", 164) + wide("0.0%"))
        + record(616)
    )
    styles += record(611, struct.pack("<I", 2)) + record(43, small) + record(43, font) + record(612)
    styles += record(603, struct.pack("<I", 2)) + b"".join(record(45, fill) for fill in fills) + record(604)
    looks = [(0, 0, 0), (164, 0, 0), (14, 0, 0), (0, 1, 1)]
    styles += record(617, struct.pack("<I", 4))
    styles += (
        b"".join(record(47, struct.pack("<HHHHHBBHH", 0, *look, 0, 0, 0, 0, 0)) for look in looks)
        + record(618)
        + record(279)
    )

    def cell(kind: int, column: int, style: int, value: bytes) -> bytes:
        return record(kind, struct.pack("<II", column, style) + value)

    def row(number: int, hidden: bool = False) -> bytes:
        return record(
            0, struct.pack("<IIHBBB", number, 0, 300, 0, 0x10 if hidden else 0, 0) + struct.pack("<I", 0)
        )

    sheet = (
        record(129)
        + record(148, struct.pack("<IIII", 0, 2, 0, 3))
        + record(390)
        + record(60, struct.pack("<IIIIH", 3, 3, 2560, 0, 1))
        + record(391)
        + record(145)
    )
    sheet += row(0) + cell(7, 0, 3, struct.pack("<I", 0)) + cell(7, 3, 0, struct.pack("<I", 1))
    sheet += (
        row(1) + cell(5, 0, 1, struct.pack("<d", 0.725)) + cell(2, 1, 2, struct.pack("<i", 41121 << 2 | 2))
    )
    sheet += (
        row(2, hidden=True)
        + cell(3, 0, 0, b"\x2a")
        + cell(4, 1, 0, b"\x01")
        + cell(2, 2, 0, struct.pack("<i", 750 << 2 | 3))
    )
    sheet += (
        record(146)
        + record(177, struct.pack("<I", 1))
        + record(176, struct.pack("<IIII", 0, 0, 0, 1))
        + record(178)
        + record(130)
    )
    texts = b"\0" + wide("Calls answered"), b"\1" + wide("381") + struct.pack("<IHH", 1, 2, 0)
    book = record(131) + record(153, struct.pack("<III", 0, 0, 0)) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Return")) + record(144) + record(132)
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    def relations(*pairs: tuple[str, str]) -> str:
        lines = (
            f'<Relationship Id="rId{n}" Type="{kinds}{k}" Target="{t}"/>' for n, (k, t) in enumerate(pairs, 1)
        )
        return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(lines)}</Relationships>'

    inner = (
        ("worksheet", "worksheets/sheet1.bin"),
        ("styles", "styles.bin"),
        ("sharedStrings", "sharedStrings.bin"),
    )
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("_rels/.rels", relations(("officeDocument", "xl/workbook.bin")))
        package.writestr("xl/_rels/workbook.bin.rels", relations(*inner))
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/styles.bin", styles)
        package.writestr("xl/worksheets/sheet1.bin", sheet)
        package.writestr(
            "xl/sharedStrings.bin",
            record(159, struct.pack("<II", 2, 2)) + b"".join(record(19, t) for t in texts) + record(160),
        )


def test_binary_workbooks_print_by_their_styles(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsb"
    binary(file)
    values = CalamineWorkbook.from_path(str(file)).get_sheet_by_name("Return").to_python()
    assert values[0][0] == "Calls answered"
    assert values[1][0] == 0.725
    found = reading(file)
    seen = {place[7:]: cell for place, cell in cells(found).items()}
    assert {place: cell.text for place, cell in seen.items()} == {
        "A1": "Calls answered",
        "D1": "38 ¹",
        "A2": "72.5%",
        "B2": "31/07/2012",
        "A3": "#N/A",
        "B3": "TRUE",
        "C3": "7.5",
    }
    assert (seen["A1"].fill, seen["A1"].bold, seen["A1"].columns) == ("00B050", True, 2)
    assert (seen["A2"].native, seen["A2"].number_format, seen["B2"].native) == (0.725, "0.0%", "2012-07-31")
    assert [place for place, cell in seen.items() if cell.hidden] == ["D1", "A3", "B3", "C3"]
    assert [finding.rule for finding in found.findings] == ["hidden-rows", "hidden-columns"]
