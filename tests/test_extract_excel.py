"""The reader of .xlsx workbooks: what Excel prints, where it stands, and the traps of real returns."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color
from openpyxl.worksheet.datavalidation import DataValidation

from pipeline.extract import Extract, Unreadable, extract
from pipeline.extract.office import unescape
from pipeline.shapes import Cell, Document

LAYOUTS = Path(__file__).parent / "layouts"
BOOKS = sorted(LAYOUTS.glob("*.xlsx"))


def reading(file: Path) -> Extract:
    return extract(Document("test", file.name, str(file), "", file.suffix[1:]))


def cells(found: Extract) -> dict[str, Cell]:
    return {str(cell.place): cell for grid in found.grids for cell in grid.cells()}


def rules(found: Extract) -> list[str]:
    return [finding.rule for finding in found.findings]


@pytest.fixture
def book(tmp_path: Path) -> tuple[openpyxl.Workbook, Path]:
    made = openpyxl.Workbook()
    made.active.title = "Return"
    return made, tmp_path / "return.xlsx"


@pytest.mark.parametrize(
    ("value", "code", "text", "native"),
    [
        (0.72, "0%", "72%", 0.72),
        (0.725, "0.0%", "72.5%", 0.725),
        (1234567.891, "#,##0.00", "1,234,567.89", 1234567.891),
        (-1500, "£#,##0;[Red](£#,##0)", "(£1,500)", -1500),
        (7.5, "0.00", "7.50", 7.5),
        (21.5, '0.0" days"', "21.5 days", 21.5),
        (1500000, '£0.0,,"m"', "£1.5m", 1500000),
        (0, "General", "0", 0),
        (1 / 3, "General", "0.333333333", pytest.approx(1 / 3)),
        (datetime(2012, 7, 31), "dd/mm/yyyy", "31/07/2012", "2012-07-31"),
        (datetime(2012, 7, 31), "mmm-yy", "Jul-12", "2012-07-31"),
        ("0012", "@", "0012", None),
        ("95%", "General", "95%", None),
        (True, "General", "TRUE", True),
    ],
)
def test_numbers_print_as_in_excel(
    book: tuple[openpyxl.Workbook, Path], value: object, code: str, text: str, native: object
) -> None:
    made, file = book
    made.active["F14"] = value
    made.active["F14"].number_format = code
    made.save(file)
    cell = cells(reading(file))["Return!F14"]
    assert (cell.text, cell.native) == (text, native)
    if code not in ("General", "@"):
        assert cell.number_format == code


def test_a_formula_without_a_stored_result_is_shown_and_reported(
    book: tuple[openpyxl.Workbook, Path],
) -> None:
    made, file = book
    made.active["A1"], made.active["B2"] = "Total", "=SUM(B1:B1)"
    made.save(file)
    found = reading(file)
    assert cells(found)["Return!B2"].text == "=SUM(B1:B1)"
    assert [(f.rule, str(f.place), f.quote) for f in found.findings] == [
        ("formula-without-result", "Return!B2", "=SUM(B1:B1)")
    ]


def test_stored_results_errors_and_rich_text(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("Return")
        raised = made.add_format({"font_script": 1})
        sheet.write_formula("A1", "=1/2", made.add_format({"num_format": "0%"}), 0.5)
        sheet.write_formula("A2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A3", "=NA()", None, "#N/A")
        sheet.write_rich_string("A4", "38", raised, "1")
        sheet.write_rich_string("A5", "450 m", raised, "2")
    found = cells(reading(file))
    assert [found[f"Return!A{row}"].text for row in range(1, 6)] == [
        "50%",
        "#DIV/0!",
        "#N/A",
        "38 ¹",
        "450 m²",
    ]


def test_dates_of_1904(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file, {"date_1904": True}) as made:
        code = made.add_format({"num_format": "d mmmm yyyy"})
        made.add_worksheet("Return").write_datetime("A1", datetime(2012, 6, 30), code)
    cell = cells(reading(file))["Return!A1"]
    assert (cell.text, cell.native) == ("30 June 2012", "2012-06-30")


def test_hidden_rows_columns_and_sheets_are_read_marked_and_reported(
    book: tuple[openpyxl.Workbook, Path],
) -> None:
    made, file = book
    sheet = made.active
    for row in range(1, 4):
        sheet.append([f"r{row}", row, "note"])
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for name, state in (("Last year", "hidden"), ("Very", "veryHidden")):
        other = made.create_sheet(name)
        other["A1"], other.sheet_state = "old", state
    made.save(file)
    found = reading(file)
    seen = cells(found)
    assert [seen[f"Return!{place}"].hidden for place in ("A1", "A2", "B2", "C1")] == [False, True, True, True]
    assert [(grid.part, grid.hidden) for grid in found.grids] == [
        ("Return", False),
        ("Last year", True),
        ("Very", True),
    ]
    assert sorted(rules(found)) == ["hidden-columns", "hidden-rows", "hidden-sheet", "hidden-sheet"]
    assert {f.detail["state"] for f in found.findings if f.rule == "hidden-sheet"} == {"hidden", "veryHidden"}


def test_merged_ranges_span_and_what_lies_under_them_is_claimed(book: tuple[openpyxl.Workbook, Path]) -> None:
    made, file = book
    sheet = made.active
    sheet["A1"], sheet["D4"] = "Priority", "end"
    sheet.merge_cells("A1:B3")
    made.save(file)
    found = reading(file)
    top = cells(found)["Return!A1"]
    assert (top.rows, top.columns) == (3, 2)
    assert not rules(found)
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b'<row r="2">', b'<row r="2"><c r="B2"><v>41</v></c>')
    with zipfile.ZipFile(file, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    found = reading(file)
    assert [(claim.cell.text, claim.meaning) for claim in found.claims] == [("41", "value-under-merge")]
    assert rules(found) == ["value-under-merge"]


def test_fills_solid_theme_tinted_none_and_white(book: tuple[openpyxl.Workbook, Path]) -> None:
    made, file = book
    fills = {
        "A1": PatternFill("solid", fgColor="FFC000"),
        "A2": PatternFill("solid", fgColor=Color(theme=4)),
        "A3": PatternFill("solid", fgColor=Color(theme=4, tint=0.5)),
        "A4": PatternFill("solid", fgColor="FFFFFF"),
        "A5": PatternFill(),
        "A6": PatternFill("solid", fgColor=Color(indexed=10)),
    }
    for place, fill in fills.items():
        made.active[place], made.active[place].fill = place, fill
    made.save(file)
    found = cells(reading(file))
    seen = [found[f"Return!{place}"].fill for place in fills]
    assert seen[0] == "FFC000"
    assert seen[1] == "4F81BD"
    assert seen[2] is not None
    assert seen[2] > seen[1]
    assert seen[3:] == [None, None, "FF0000"]


def test_a_coloured_cell_without_a_word_is_a_cell(book: tuple[openpyxl.Workbook, Path]) -> None:
    made, file = book
    made.active["A1"], made.active["B1"].fill, made.active["C1"] = (
        "a",
        PatternFill("solid", fgColor="00B050"),
        "c",
    )
    made.save(file)
    cell = cells(reading(file))["Return!B1"]
    assert (cell.text, cell.fill) == ("", "00B050")


def test_notes_and_symbols(book: tuple[openpyxl.Workbook, Path]) -> None:
    made, file = book
    sheet = made.active
    sheet["A1"], sheet["A1"].comment = "38", Comment("Provisional until May", "Analyst")
    sheet["A2"], sheet["A2"].font = "é", Font(name="Wingdings", color="FF00B050")
    sheet["A3"], sheet["A3"].font = "●", Font(color="FFFF0000")
    made.save(file)
    found = cells(reading(file))
    assert found["Return!A1"].note == "Provisional until May"
    assert (found["Return!A2"].drawn, found["Return!A2"].fill) == ("arrow-up", "00B050")
    assert (found["Return!A3"].drawn, found["Return!A3"].fill) == ("circle", "FF0000")


def test_the_declared_dimension_is_never_believed(
    book: tuple[openpyxl.Workbook, Path], tmp_path: Path
) -> None:
    made, file = book
    made.active["A1"], made.active["C40"] = "first", "last"
    made.save(file)
    for wrong in (b"A1:A1", b"A1:XFD1048576"):
        other = tmp_path / "other.xlsx"
        with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
            for name in old.namelist():
                new.writestr(
                    name, old.read(name).replace(b'<dimension ref="A1:C40"', b'<dimension ref="%s"' % wrong)
                )
        assert [cell.text for cell in cells(reading(other)).values()] == ["first", "last"]


def test_lists_of_data_validation_are_no_data(book: tuple[openpyxl.Workbook, Path]) -> None:
    made, file = book
    choice = DataValidation(type="list", formula1='"Red,Amber,Green"')
    choice.add("A1:A9")
    made.active.add_data_validation(choice)
    made.active["A1"] = "Amber"
    made.save(file)
    assert [cell.text for cell in cells(reading(file)).values()] == ["Amber"]


def conditional(folder: Path, where: str, options: dict[str, object], fill: str = "#FF0000") -> Extract:
    file = folder / "conditions.xlsx"
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("Return")
        for row, values in enumerate([("Red", 5, 0.9), ("Amber risk", 10, 0.4), ("", 15, "N/A")]):
            sheet.write_row(row, 0, values)
        sheet.conditional_format(where, {**options, "format": made.add_format({"bg_color": fill})})
    return reading(file)


@pytest.mark.parametrize(
    ("where", "options", "dressed"),
    [
        ("A1:A3", {"type": "cell", "criteria": "==", "value": '"red"'}, ["A1"]),
        ("B1:B3", {"type": "cell", "criteria": ">=", "value": 10}, ["B2", "B3"]),
        ("B1:B3", {"type": "cell", "criteria": "between", "minimum": 5, "maximum": 10}, ["B1", "B2"]),
        ("A1:A3", {"type": "text", "criteria": "containing", "value": "amber"}, ["A2"]),
        ("A1:A3", {"type": "text", "criteria": "begins with", "value": "Am"}, ["A2"]),
        ("B1:B3", {"type": "formula", "criteria": "=$C1<0.5"}, ["B2"]),
        ("B1:B3", {"type": "formula", "criteria": "=AND(ISNUMBER($C1),$C1*100>50%)"}, ["B1", "B2"]),
        ("B1:B3", {"type": "formula", "criteria": '=ISNUMBER(SEARCH("RISK",$A1))'}, ["B2"]),
        ("C1:C3", {"type": "formula", "criteria": "=B1>B$1"}, ["C2", "C3"]),
    ],
)
def test_conditional_formats_that_can_be_worked_out(
    tmp_path: Path, where: str, options: dict[str, object], dressed: list[str]
) -> None:
    found = conditional(tmp_path, where, options)
    assert [str(c.place)[7:] for c in cells(found).values() if c.fill == "FF0000"] == dressed
    assert not rules(found)


@pytest.mark.parametrize(
    ("where", "options"),
    [
        ("B1:B3", {"type": "average", "criteria": "above"}),
        ("B1:B3", {"type": "formula", "criteria": "=VLOOKUP(B1,$A$1:$C$3,2)>1"}),
        ("B1:B3", {"type": "formula", "criteria": "=Other!A1>1"}),
        ("B1:B3", {"type": "formula", "criteria": "=TODAY()>40000"}),
    ],
)
def test_conditional_formats_that_cannot_are_findings(
    tmp_path: Path, where: str, options: dict[str, object]
) -> None:
    found = conditional(tmp_path, where, options)
    assert not [cell for cell in cells(found).values() if cell.fill]
    assert [(f.rule, str(f.place)) for f in found.findings] == [("conditional-format-unread", "Return!B1")]


def test_the_first_rule_that_holds_wins(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as made:
        sheet = made.add_worksheet("Return")
        sheet.write_column("A1", [95, 85, 50])
        for least, fill in ((90, "#00B050"), (80, "#FFC000"), (0, "#FF0000")):
            dress = made.add_format({"bg_color": fill})
            sheet.conditional_format(
                "A1:A3", {"type": "cell", "criteria": ">=", "value": least, "format": dress}
            )
    assert [cell.fill for cell in cells(reading(file)).values()] == ["00B050", "FFC000", "FF0000"]


def test_empty_and_damaged_files(tmp_path: Path) -> None:
    for content, rule in ((b"", "file-empty"), (b"PK\x03\x04 broken", "file-damaged")):
        file = tmp_path / "a.xlsx"
        file.write_bytes(content)
        with pytest.raises(Unreadable) as caught:
            reading(file)
        assert caught.value.rule == rule


@pytest.mark.parametrize("file", BOOKS, ids=lambda file: file.stem)
def test_every_place_opens_at_its_text(file: Path) -> None:
    """openpyxl finds at ``Sheet!F14`` what the reader says stands there."""
    found = reading(file)
    book = openpyxl.load_workbook(file, data_only=True)
    checked = 0
    for cell in (c for grid in found.grids if not grid.lines for c in grid.cells() if c.text and not c.drawn):
        stored = book[cell.place.part].cell(cell.place.row, cell.place.column).value
        if (
            isinstance(stored, str)
            and "¹" not in cell.text
            and " ²" not in cell.text
            and " ³" not in cell.text
        ):
            assert stored == cell.text, str(cell.place)
        elif isinstance(stored, int | float):
            assert stored == cell.native, str(cell.place)
        checked += 1
    assert checked
    assert sum(value is not None for sheet in book for row in sheet.values for value in row) <= found.filled
    assert "recount-mismatch" not in rules(found)


def test_half_a_letter_is_no_text_that_stops_the_loading() -> None:
    assert unescape("_xD83D__xDE00_ _xD800_x") == "\U0001f600 \ufffdx"
