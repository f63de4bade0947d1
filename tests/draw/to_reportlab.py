"""Draw a Page as a PDF with reportlab: the second producer."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
)

from . import blocks as b

ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
FONTS = Path("/usr/share/fonts/truetype/dejavu")


class Upwards(Flowable):
    """A text that reads upwards, as in a narrow heading."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self.text, self.size = text, size
        self.width = size * 1.3
        self.height = pdfmetrics.stringWidth(text, "Helvetica-Bold", size) + 4

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        self.canv.rotate(90)
        self.canv.setFont("Helvetica-Bold", self.size)
        self.canv.drawString(2, -self.size, self.text)


class Shape(Flowable):
    """A drawn circle, square, triangle or arrow."""

    def __init__(self, kind: str, colour: str, size: float = 9) -> None:
        super().__init__()
        self.kind, self.colour, self.width, self.height = kind, colour, size, size
        self.hAlign = "CENTER"

    def draw(self) -> None:
        c, s = self.canv, self.width
        c.setFillColor(colors.HexColor("#" + (self.colour or "000000")))
        if self.kind == "circle":
            c.circle(s / 2, s / 2, s / 2, stroke=0, fill=1)
            return
        points = {
            "square": [(0, 0), (s, 0), (s, s), (0, s)],
            "triangle": [(0, 0), (s, 0), (s / 2, s)],
            "arrow-up": [
                (s / 2, s),
                (s, s / 2),
                (s * 0.65, s / 2),
                (s * 0.65, 0),
                (s * 0.35, 0),
                (s * 0.35, s / 2),
                (0, s / 2),
            ],
            "arrow-down": [
                (s / 2, 0),
                (s, s / 2),
                (s * 0.65, s / 2),
                (s * 0.65, s),
                (s * 0.35, s),
                (s * 0.35, s / 2),
                (0, s / 2),
            ],
            "arrow-right": [
                (s, s / 2),
                (s / 2, s),
                (s / 2, s * 0.65),
                (0, s * 0.65),
                (0, s * 0.35),
                (s / 2, s * 0.35),
                (s / 2, 0),
            ],
        }[self.kind]
        path = c.beginPath()
        path.moveTo(*points[0])
        for point in points[1:]:
            path.lineTo(*point)
        path.close()
        c.drawPath(path, stroke=0, fill=1)


def draw(page: b.Page, target: Path) -> None:
    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", str(FONTS / "DejaVuSans.ttf")))
    width, height = page.size

    def furniture(canvas: Canvas, _: object) -> None:
        if page.rotate:
            canvas.setPageSize((height, width))
            canvas.setPageRotation(page.rotate)
            if page.rotate == 90:
                canvas.translate(height, 0)
                canvas.rotate(90)
            else:
                canvas.translate(0, width)
                canvas.rotate(-90)
        canvas.setFont("Helvetica", 8)
        if page.header:
            canvas.drawString(page.margin, height - 22, page.header)
        if page.footer:
            canvas.drawCentredString(width / 2, 16, page.footer.replace("&P", str(canvas.getPageNumber())))

    document = BaseDocTemplate(
        str(target), pagesize=page.size, invariant=1, title="", author="drawn for trial"
    )
    frame = Frame(page.margin, page.margin, width - 2 * page.margin, height - 2 * page.margin, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=furniture)])
    story: list[Flowable] = []
    for block in page.blocks:
        if isinstance(block, b.P):
            story.append(paragraph(block))
        elif isinstance(block, b.T):
            story.append(table(block))
        elif isinstance(block, b.Side):
            shown = [table(one) for one in block.tables]
            gaps = [sum(one.widths) + 18 for one in block.tables]
            story.append(
                Table([shown], colWidths=gaps, style=[("VALIGN", (0, 0), (-1, -1), "TOP")], hAlign="LEFT")
            )
        else:
            story.append(PageBreak())
    document.build(story)


def paragraph(block: b.P) -> Flowable:
    text = "&nbsp;" * 12
    text = text.join(escape(part) for part in block.cells) if block.cells else escape(block.text)
    if not text:
        return Spacer(1, block.gap + block.size)
    font = "Helvetica-Bold" if block.bold else "Helvetica"
    style = ParagraphStyle(
        "p", fontName=font, fontSize=block.size, leading=block.size * 1.25, spaceAfter=block.gap
    )
    style.alignment = ALIGN[block.align]
    return Paragraph(text, style)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")


def content(cell: b.C | None, block: b.T, heading: bool) -> object:
    if cell is None:
        return ""
    if cell.shape:
        return Shape(cell.shape, cell.colour, block.size + 1)
    if cell.rotate:
        return Upwards(cell.text, block.size)
    if not cell.text:
        return ""
    bold = cell.bold or heading
    font = cell.face or ("Helvetica-Bold" if bold else "Helvetica")
    if not all(ord(sign) < 256 or sign in "•–—‘’“”…" for sign in cell.text):
        font = "DejaVu"
    style = ParagraphStyle("c", fontName=font, fontSize=block.size, leading=block.size * block.leading)
    style.alignment = ALIGN[cell.align]
    if cell.colour:
        style.textColor = colors.HexColor("#" + cell.colour)
    raised = f"<super size={block.size * 0.6:.1f}>{cell.sup}</super>" if cell.sup else ""
    return [Paragraph(escape(part) + (raised if last else ""), style) for part, last in paragraphs(cell.text)]


def paragraphs(text: str) -> list[tuple[str, bool]]:
    parts = text.split("\n")
    return [(part, index == len(parts) - 1) for index, part in enumerate(parts)]


def table(block: b.T) -> Table:
    data = [
        [content(cell, block, number < block.head) for cell in row] for number, row in enumerate(block.rows)
    ]
    valign = "MIDDLE" if block.middle else "TOP"
    style: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), valign),
        ("TOPPADDING", (0, 0), (-1, -1), block.pad),
        ("BOTTOMPADDING", (0, 0), (-1, -1), block.pad),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
    ]
    grey = colors.HexColor("#808080")
    if block.rules == "full":
        style.append(("GRID", (0, 0), (-1, -1), 0.5, grey))
    elif block.rules == "horizontal":
        style += [("LINEBELOW", (0, 0), (-1, -1), 0.5, grey), ("LINEABOVE", (0, 0), (-1, 0), 0.5, grey)]
    elif block.rules == "outer":
        style.append(("BOX", (0, 0), (-1, -1), 0.5, grey))
    for number, row in enumerate(block.rows):
        for column, cell in enumerate(row):
            if cell is None:
                continue
            corner = (column + cell.columns - 1, number + cell.rows - 1)
            if cell.rows > 1 or cell.columns > 1:
                style.append(("SPAN", (column, number), corner))
            fill = cell.fill or (block.head_fill if number < block.head else None)
            if block.zebra and number >= block.head and number % 2 == 0:
                fill = cell.fill or "EDEDED"
            if fill:
                style.append(("BACKGROUND", (column, number), corner, colors.HexColor("#" + fill)))
            if cell.align == "center" and cell.shape:
                style.append(("ALIGN", (column, number), corner, "CENTER"))
    merged = any(cell is not None and cell.rows > 1 for row in block.rows[block.head :] for cell in row)
    return Table(
        data,
        colWidths=list(block.widths),
        repeatRows=block.head if block.repeat else 0,
        style=style,
        splitInRow=0 if block.keep_rows or merged else 1,
        hAlign="LEFT",
    )
