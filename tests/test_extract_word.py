"""The reader of Word documents: tables, spans, fills, lists, marks, and everything that hangs in the text."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import RGBColor
from docx.table import _Cell

from pipeline.extract import Extract, Unreadable, extract
from pipeline.shapes import Cell, Document

LAYOUTS = Path(__file__).parent / "layouts"
DOCUMENTS = sorted(LAYOUTS.glob("*.docx"))
Drawn = Callable[[WordDocument], None]


def reading(file: Path) -> Extract:
    return extract(Document("test", file.name, str(file), "", file.suffix[1:]))


def made(folder: Path, draw: Drawn) -> Extract:
    document = docx.Document()
    draw(document)
    file = folder / "made.docx"
    document.save(str(file))
    found = reading(file)
    assert "recount-mismatch" not in [finding.rule for finding in found.findings]
    return found


def cells(found: Extract) -> dict[str, Cell]:
    return {
        str(cell.place): cell for grid in found.grids for cell in grid.cells() if not cell.blank or cell.drawn
    }


def texts(found: Extract) -> dict[str, str]:
    return {place: cell.text for place, cell in cells(found).items()}


def shade(cell: _Cell, **values: str) -> None:
    attributes = " ".join(f'w:{name}="{value}"' for name, value in values.items())
    cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {attributes}/>"))


def run(xml: str) -> object:
    return parse_xml(f"<w:r {nsdecls('w')}>{xml}</w:r>")


def test_tables_and_paragraphs_come_in_order_with_places(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.add_paragraph("Title")
        document.add_table(1, 2).cell(0, 1).text = "one"
        document.add_paragraph("")
        document.add_paragraph("Directorate\tQuarter 1")
        document.add_table(2, 1).cell(1, 0).text = "two"

    found = made(tmp_path, draw)
    assert [(grid.part, grid.lines) for grid in found.grids] == [
        ("body", True),
        ("t1", False),
        ("body", True),
        ("t2", False),
    ]
    assert texts(found) == {
        "body r1 c1": "Title",
        "t1 r1 c2": "one",
        "body r3 c1": "Directorate",
        "body r3 c2": "Quarter 1",
        "t2 r2 c1": "two",
    }
    assert found.parts == 2


def test_merged_cells_span_rows_and_columns(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(4, 4)
        table.cell(0, 1).merge(table.cell(0, 3)).text = "2012/13 results"
        table.cell(1, 0).merge(table.cell(3, 0)).text = "Priority"
        table.cell(1, 1).merge(table.cell(2, 2)).text = "block"
        table.cell(3, 3).text = "last"

    found = cells(made(tmp_path, draw))
    assert {place: (c.rows, c.columns) for place, c in found.items()} == {
        "t1 r1 c2": (1, 3),
        "t1 r2 c1": (3, 1),
        "t1 r2 c2": (2, 2),
        "t1 r4 c4": (1, 1),
    }


def test_text_under_a_merged_cell_is_claimed(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(2, 1)
        table.cell(0, 0).merge(table.cell(1, 0)).text = "seen"
        under = table._tbl.tr_lst[1].tc_lst[0]
        under.p_lst[0].append(run("<w:t>under</w:t>"))

    found = made(tmp_path, draw)
    assert [(claim.cell.text, claim.meaning) for claim in found.claims] == [("under", "value-under-merge")]
    assert texts(found) == {"t1 r1 c1": "seen"}


def test_fills_of_cells_paragraphs_and_highlights(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(1, 6)
        shade(table.cell(0, 0), val="clear", color="auto", fill="00B050")
        shade(table.cell(0, 1), val="clear", color="auto", themeFill="accent1")
        shade(table.cell(0, 2), val="clear", color="auto", fill="auto")
        shade(table.cell(0, 3), val="solid", color="FF0000", fill="auto")
        table.cell(0, 4).paragraphs[0]._p.append(
            run('<w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>Amber</w:t>')
        )
        shade(table.cell(0, 5), val="pct50", color="000000", fill="FFFFFF")

    found = [cell.fill for grid in made(tmp_path, draw).grids for cell in grid.cells()]
    assert found == ["00B050", "4F81BD", None, "FF0000", "FFFF00", "808080"]


def test_paragraphs_breaks_tabs_bullets_and_numbers(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        cell.text = "First"
        cell.add_paragraph("pool", style="List Bullet")
        cell.add_paragraph("gym", style="List Bullet")
        cell.add_paragraph("one", style="List Number")
        cell.add_paragraph("two", style="List Number")
        last = cell.add_paragraph("a")
        last.add_run().add_break()
        last.add_run("b\tc")
        last._p.append(
            run("<w:t>self</w:t><w:noBreakHyphen/><w:t>ser</w:t><w:softHyphen/><w:t>vice\u00ad</w:t>")
        )

    assert texts(made(tmp_path, draw)) == {
        "t1 r1 c1": "First\n• pool\n• gym\n1. one\n2. two\na\nb\tcself-service"
    }


def test_a_number_column_set_by_word_is_text(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(3, 2)
        for row, name in enumerate("xyz"):
            table.cell(row, 0).paragraphs[0].style = document.styles["List Number"]
            table.cell(row, 1).text = name

    assert list(texts(made(tmp_path, draw)).values()) == ["1. ", "x", "2. ", "y", "3. ", "z"]


def test_raised_marks_are_words_of_their_own(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(1, 4)
        for column, (plain, raised) in enumerate([("38", "1"), ("Visits", "a"), ("450 m", "2"), ("1", "st")]):
            paragraph = table.cell(0, column).paragraphs[0]
            paragraph.add_run(plain)
            paragraph.add_run(raised).font.superscript = True

    assert list(texts(made(tmp_path, draw)).values()) == ["38 ¹", "Visits ᵃ", "450 m²", "1st"]


def test_symbols_of_symbol_fonts(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(1, 4)
        sign = '<w:rPr><w:color w:val="00B050"/></w:rPr><w:sym w:font="Wingdings" w:char="F0E9"/>'
        table.cell(0, 0).paragraphs[0]._p.append(run(sign))
        table.cell(0, 1).paragraphs[0].add_run("Improving ")
        table.cell(0, 1).paragraphs[0]._p.append(run('<w:sym w:font="Wingdings" w:char="F0E9"/>'))
        lone = table.cell(0, 2).paragraphs[0].add_run("ê")
        lone.font.name = "Wingdings"
        dot = table.cell(0, 3).paragraphs[0].add_run("●")
        dot.font.color.rgb = RGBColor(0xFF, 0, 0)

    found = list(cells(made(tmp_path, draw)).values())
    assert [(c.text, c.drawn, c.fill) for c in found] == [
        ("↑", "arrow-up", "00B050"),
        ("Improving ↑", None, None),
        ("ê", "arrow-down", None),
        ("●", "circle", "FF0000"),
    ]


SHAPE = """<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><mc:Choice Requires="wps">
<w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:spPr>
<a:xfrm rot="{turn}"><a:ext cx="1" cy="1"/></a:xfrm><a:prstGeom prst="{preset}"/>
<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill></wps:spPr>{box}</wps:wsp></a:graphicData></a:graphic>
</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:oval fillcolor="red"><v:textbox><w:txbxContent><w:p>
<w:r><w:t>again</w:t></w:r></w:p></w:txbxContent></v:textbox></v:oval></w:pict></mc:Fallback></mc:AlternateContent>"""
BOX = "<wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>"


def shape(preset: str, fill: str, turn: int = 0, text: str = "") -> object:
    return run(SHAPE.format(preset=preset, fill=fill, turn=turn, box=BOX.format(text=text) if text else ""))


def test_drawn_circles_and_arrows_mark_their_cell(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        table = document.add_table(1, 4)
        drawings = [
            shape("ellipse", "00B050"),
            shape("upArrow", "FF0000", 5400000),
            shape("ellipse", "FFC000", text="A"),
        ]
        for column, drawing in enumerate(drawings):
            table.cell(0, column).paragraphs[0]._p.append(drawing)
        pict = '<w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:oval fillcolor="#ff0000 [3]"/></w:pict>'
        table.cell(0, 3).paragraphs[0]._p.append(run(pict))

    found = [(c.text, c.drawn, c.fill) for c in cells(made(tmp_path, draw)).values()]
    assert found == [
        ("", "circle", "00B050"),
        ("", "arrow-right", "FF0000"),
        ("A", "circle", "FFC000"),
        ("", "circle", "FF0000"),
    ]


def test_text_boxes_are_lines_read_once(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.add_paragraph("Title")._p.append(
            shape("rect", "FFFFFF", text="Reporting Period : Quarter 1 2012/13")
        )

    assert texts(made(tmp_path, draw)) == {
        "body r1 c1": "Title",
        "box1 r1 c1": "Reporting Period : Quarter 1 2012/13",
    }


def test_a_text_box_above_the_first_table_is_read_before_it(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        for text in ("Housing scorecard Quarter 1 2012/13", "See the key overleaf"):
            document.add_paragraph()._p.append(shape("rect", "FFFFFF", text=text))
            document.add_table(1, 1).cell(0, 0).text = "Measure"

    assert [grid.part for grid in made(tmp_path, draw).grids] == ["box1", "t1", "t2", "box2"]


def test_headers_and_footers_that_are_shown(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "Performance scorecard"
        section.footer.paragraphs[0].text = "Page 1"
        section.first_page_header.paragraphs[0].text = "never shown"
        document.add_paragraph("Body")

    found = made(tmp_path, draw)
    assert [grid.part for grid in found.grids] == ["header1", "body", "footer1"]
    assert list(texts(found).values()) == ["Performance scorecard", "Body", "Page 1"]


def test_deletions_are_reported_and_insertions_read(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        cell = document.add_table(1, 1).cell(0, 0)
        paragraph = cell.paragraphs[0]
        paragraph.add_run("8")
        for name, tag, text in (("del", "delText", "1"), ("ins", "t", "5%")):
            change = OxmlElement(f"w:{name}")
            change.append(run(f"<w:{tag}>{text}</w:{tag}>"))
            paragraph._p.append(change)

    found = made(tmp_path, draw)
    assert texts(found) == {"t1 r1 c1": "85%"}
    assert [(f.rule, str(f.place), f.quote) for f in found.findings] == [
        ("tracked-deletion", "t1 r1 c1", "1")
    ]


def test_hidden_text_is_reported(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
        paragraph.add_run("85%")
        paragraph.add_run("draft").font.hidden = True

    found = made(tmp_path, draw)
    assert texts(found) == {"t1 r1 c1": "85%"}
    assert [(f.rule, f.quote) for f in found.findings] == [("hidden-text", "draft")]


def test_comments_become_notes(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        paragraph = document.add_table(1, 1).cell(0, 0).paragraphs[0]
        document.add_comment(paragraph.add_run("85%"), text="Provisional until May", author="Analyst")

    cell = cells(made(tmp_path, draw))["t1 r1 c1"]
    assert (cell.text, cell.note) == ("85%", "Provisional until May")


def test_nested_tables_count_on_and_a_frame_is_no_table(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        outer = document.add_table(1, 3)
        outer.cell(0, 0).text = "outer"
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "in", "ner"
        frame = outer.cell(0, 2).add_table(1, 1).cell(0, 0)
        frame.text = "Amber"
        shade(frame, val="clear", color="auto", fill="FFC000")
        document.add_table(1, 1).cell(0, 0).text = "after"

    found = cells(made(tmp_path, draw))
    assert {place: cell.text.strip() for place, cell in found.items()} == {
        "t1 r1 c1": "outer",
        "t1 r1 c3": "Amber",
        "t2 r1 c1": "in",
        "t2 r1 c2": "ner",
        "t3 r1 c1": "after",
    }
    assert found["t1 r1 c3"].fill == "FFC000"


def test_footnotes_are_lines_and_their_marks_words(tmp_path: Path) -> None:
    def draw(document: WordDocument) -> None:
        document.add_table(1, 1).cell(0, 0).text = "38"

    made(tmp_path, draw)
    file, other = tmp_path / "made.docx", tmp_path / "notes.docx"
    space = nsdecls("w")
    notes = f'<w:footnotes {space}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> Provisional.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    relation = '<Relationship Id="rId99" Target="footnotes.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"/>'
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = text.replace(
                    b"<w:t>38</w:t></w:r>", b'<w:t>38</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
                )
            if name == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", relation.encode() + b"</Relationships>")
            new.writestr(name, text)
        new.writestr("word/footnotes.xml", notes)
    assert texts(reading(other)) == {"t1 r1 c1": "38 ¹", "footnotes r1 c1": "¹ Provisional."}


def test_empty_and_damaged_files(tmp_path: Path) -> None:
    for content, rule in ((b"", "file-empty"), (b"PK\x03\x04 broken", "file-damaged")):
        file = tmp_path / "a.docx"
        file.write_bytes(content)
        with pytest.raises(Unreadable) as caught:
            reading(file)
        assert caught.value.rule == rule


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.stem)
def test_every_cell_of_the_layouts_is_where_word_has_it(file: Path) -> None:
    """python-docx finds the same texts in the same tables, rows and grid columns, and nothing besides."""
    found = reading(file)
    assert not found.findings
    document = docx.Document(str(file))
    seen: dict[str, str] = {}
    for number, table in enumerate(document.tables, 1):
        known: set[object] = set()
        for row, entry in enumerate(table.rows, 1):
            for column, cell in enumerate(entry.cells, 1):
                if cell._tc not in known and cell.text.strip():
                    known.add(cell._tc)
                    seen[f"t{number} r{row} c{column}"] = cell.text
    ours = {place: text for place, text in texts(found).items() if place.startswith("t")}
    if file.stem != "footnote-marks":
        assert ours == seen
    assert ours.keys() == seen.keys()
    assert found.parts == len(document.tables)
    lines = sum(bool(field.strip()) for p in document.paragraphs for field in p.text.split("\t"))
    assert lines == sum(not c.blank for g in found.grids if g.part == "body" for c in g.cells())
