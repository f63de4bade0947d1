"""Draw a Page as a Word document: real tables, merged cells, shading, repeated heading rows."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from . import blocks as b
from .fixed import settle

ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
SIGNS = {
    "circle": "●",
    "triangle": "▲",
    "square": "■",
    "arrow-up": "▲",
    "arrow-down": "▼",
    "arrow-right": "►",
}
EDGES = {
    "full": ("top", "left", "bottom", "right", "insideH", "insideV"),
    "horizontal": ("top", "bottom", "insideH"),
    "outer": ("top", "left", "bottom", "right"),
    "none": (),
}


def draw(page: b.Page, target: Path) -> None:
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(9)
    normal.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(page.size[0]), Pt(page.size[1])
    section.orientation = WD_ORIENT.LANDSCAPE if page.size[0] > page.size[1] else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = Pt(page.margin)
    section.top_margin = section.bottom_margin = Pt(page.margin + 10)
    if page.header:
        section.header.paragraphs[0].text = page.header
    if page.footer:
        numbered(section.footer.paragraphs[0], page.footer)
    for block in page.blocks:
        if isinstance(block, b.P):
            paragraph(document, block)
        elif isinstance(block, b.T):
            table(document, block)
        elif isinstance(block, b.Side):
            for one in block.tables:
                table(document, one)
        else:
            document.add_page_break()
    document.core_properties.author = "drawn for trial"
    document.save(str(target))
    slim(target)
    settle(target)


def paragraph(document: DocumentType, block: b.P) -> None:
    spot = document.add_paragraph()
    spot.alignment = ALIGN[block.align]
    run = spot.add_run("\t".join(block.cells) if block.cells else block.text)
    run.bold, run.font.size = block.bold, Pt(block.size)
    spot.paragraph_format.space_after = Pt(block.gap)


def numbered(spot: Paragraph, text: str) -> None:
    """A footer whose ``&P`` is the page number."""
    before, sign, after = text.partition("&P")
    spot.add_run(before)
    if sign:
        run = spot.add_run()
        for kind, content in (("begin", ""), ("instr", "PAGE"), ("end", "")):
            element = OxmlElement("w:instrText" if content else "w:fldChar")
            if content:
                element.text = content
            else:
                element.set(qn("w:fldCharType"), kind)
            run._r.append(element)
    spot.add_run(after)


def table(document: DocumentType, block: b.T) -> Table:
    shown = document.add_table(rows=len(block.rows), cols=len(block.widths))
    shown.autofit = False
    properties = shown._tbl.tblPr
    properties.append(borders(block.rules))
    grid = [[shown.cell(0, 0)] * 0 for _ in block.rows]
    for number, row in enumerate(shown.rows):
        grid[number] = list(row.cells)
        row_properties = row._tr.get_or_add_trPr()
        if number < block.head and block.repeat:
            row_properties.append(OxmlElement("w:tblHeader"))
        if block.keep_rows:
            row_properties.append(OxmlElement("w:cantSplit"))
    for column, width in enumerate(block.widths):
        shown.columns[column].width = Pt(width)
        for number in range(len(block.rows)):
            grid[number][column].width = Pt(width)
    for number, cells in enumerate(block.rows):
        for column, content in enumerate(cells):
            if content is None:
                continue
            cell = grid[number][column]
            if content.rows > 1 or content.columns > 1:
                cell = cell.merge(grid[number + content.rows - 1][column + content.columns - 1])
            put(cell, content, block, number)
    document.add_paragraph().paragraph_format.space_after = Pt(2)
    return shown


def borders(rules: str) -> Any:
    found = OxmlElement("w:tblBorders")
    for edge in EDGES[rules]:
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{name}"), value)
        found.append(line)
    return found


def put(cell: _Cell, content: b.C, block: b.T, number: int) -> None:
    heading = number < block.head
    texts = [SIGNS[content.shape]] if content.shape else content.text.split("\n")
    for index, text in enumerate(texts):
        spot = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        spot.alignment = ALIGN[content.align]
        spot.paragraph_format.space_before = Pt(max(0, block.pad - 2))
        spot.paragraph_format.space_after = Pt(max(0, block.pad - 2))
        run = spot.add_run(text)
        run.font.size, run.bold = Pt(block.size), content.bold or heading
        if content.colour:
            run.font.color.rgb = RGBColor.from_string(content.colour)
        if content.face:
            run.font.name = content.face
            fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
            for name in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{name}"), content.face)
    if content.sup:
        mark = cell.paragraphs[-1].add_run(content.sup)
        mark.font.superscript, mark.font.size = True, Pt(block.size)
    properties = cell._tc.get_or_add_tcPr()
    fill = content.fill or (block.head_fill if heading else None)
    if block.zebra and not heading and number % 2 == 0:
        fill = content.fill or "EDEDED"
    if fill:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
            shade.set(qn(f"w:{name}"), value)
        properties.append(shade)
    if content.rotate:
        direction = OxmlElement("w:textDirection")
        direction.set(qn("w:val"), "btLr")
        properties.append(direction)
    if block.middle:
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        properties.append(middle)


def slim(file: Path) -> None:
    """Leave out the template's thumbnail and second copy of its styles: most of the file's weight."""
    held = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name in ("docProps/thumbnail.jpeg", "word/stylesWithEffects.xml"):
                continue
            if name.endswith(".rels"):
                data = re.sub(rb"<Relationship [^>]*(?:thumbnail|stylesWithEffects)[^>]*/>", b"", data)
            if name == "word/styles.xml":
                data = re.sub(rb"<w:latentStyles.*?</w:latentStyles>", b"", data, flags=re.S)
                data = re.sub(
                    rb'<w:style w:type="table" (?!w:default)[^>]*>.*?</w:style>', b"", data, flags=re.S
                )
            if name == "[Content_Types].xml":
                data = re.sub(rb"<Override [^>]*stylesWithEffects[^>]*/>", b"", data)
            new.writestr(name, data)
