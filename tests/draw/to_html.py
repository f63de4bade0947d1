"""Draw a Page as a web page and print it with Chromium: the third producer."""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
from pathlib import Path

from . import blocks as b
from .office import settle_pdf

POINTS = {
    "square": "0,0 10,0 10,10 0,10",
    "triangle": "0,10 10,10 5,0",
    "arrow-up": "5,0 10,5 6.5,5 6.5,10 3.5,10 3.5,5 0,5",
    "arrow-down": "5,10 10,5 6.5,5 6.5,0 3.5,0 3.5,5 0,5",
    "arrow-right": "10,5 5,0 5,3.5 0,3.5 0,6.5 5,6.5 5,10",
}


def page_html(page: b.Page) -> str:
    width, height = page.size
    body = "".join(block_html(block) for block in page.blocks)
    style = f"""@page {{ size: {width}pt {height}pt; margin: {page.margin}pt }}
    body {{ font-family: 'Liberation Sans'; font-size: 9pt; margin: 0 }}
    table {{ border-collapse: collapse; table-layout: fixed; margin-bottom: 6pt }}
    td, th {{ vertical-align: top; overflow-wrap: break-word }}
    sup {{ font-size: 60%; line-height: 0 }}
    .up {{ writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; margin: auto }}
    p {{ margin: 0 }} * {{ -webkit-print-color-adjust: exact }}"""
    head = f'<div style="font-size:8pt">{html.escape(page.header)}</div>' if page.header else ""
    return (
        f'<!doctype html><html lang="en-GB"><meta charset="utf-8"><style>{style}</style>{head}{body}</html>'
    )


def block_html(block: b.Block) -> str:
    if isinstance(block, b.P):
        weight = "bold" if block.bold else "normal"
        style = f"font:{weight} {block.size}pt 'Liberation Sans';margin-bottom:{block.gap}pt;text-align:{block.align}"
        gap = '<span style="display:inline-block;width:60pt"></span>'
        text = gap.join(map(escape, block.cells)) if block.cells else escape(block.text)
        return f'<p style="{style}">{text or "&nbsp;"}</p>'
    if isinstance(block, b.T):
        return table_html(block)
    if isinstance(block, b.Side):
        return '<div style="display:flex;gap:18pt">' + "".join(map(table_html, block.tables)) + "</div>"
    return '<div style="break-after:page"></div>'


def escape(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def table_html(block: b.T) -> str:
    border = {
        "full": "border:0.5pt solid #808080;",
        "horizontal": "border-top:0.5pt solid #808080;border-bottom:0.5pt solid #808080;",
    }
    cell_border = border.get(block.rules, "")
    outer = "border:0.5pt solid #808080;" if block.rules == "outer" else ""
    keep = "break-inside:avoid;" if block.keep_rows else ""
    rows = []
    for number, row in enumerate(block.rows):
        cells = "".join(cell_html(cell, block, number, cell_border) for cell in row if cell is not None)
        rows.append(f'<tr style="{keep}">{cells}</tr>')
    columns = "".join(f'<col style="width:{width}pt">' for width in block.widths)
    split = block.head if block.repeat else 0
    top, rest = "".join(rows[:split]), "".join(rows[split:])
    lead = f"line-height:{block.leading};font-size:{block.size}pt;width:{sum(block.widths)}pt;{outer}"
    return f'<table style="{lead}"><colgroup>{columns}</colgroup><thead>{top}</thead><tbody>{rest}</tbody></table>'


def cell_html(cell: b.C, block: b.T, number: int, border: str) -> str:
    heading = number < block.head
    fill = cell.fill or (block.head_fill if heading else None)
    if block.zebra and not heading and number % 2 == 0:
        fill = cell.fill or "EDEDED"
    style = f"{border}padding:{block.pad}pt 4pt;text-align:{cell.align};"
    style += f"vertical-align:{'middle' if block.middle else 'top'};"
    if fill:
        style += f"background:#{fill};"
    if cell.bold or heading:
        style += "font-weight:bold;"
    if cell.colour:
        style += f"color:#{cell.colour};"
    if cell.face:
        style += f"font-family:'{cell.face}';"
    text = escape(cell.text)
    if cell.sup:
        text += f"<sup>{cell.sup}</sup>"
    if cell.rotate:
        text = f'<div class="up">{text}</div>'
    if cell.shape:
        text = shape_html(cell)
    span = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    return f'<td{span} style="{style}">{text}</td>'


def shape_html(cell: b.C) -> str:
    fill = f'fill="#{cell.colour or "000000"}"'
    inner = (
        f'<polygon points="{POINTS[cell.shape]}" {fill}/>'
        if cell.shape in POINTS
        else f'<circle cx="5" cy="5" r="5" {fill}/>'
    )
    return f'<svg width="9pt" height="9pt" viewBox="0 0 10 10">{inner}</svg>'


def draw(page: b.Page, target: Path) -> None:
    print_html(page_html(page), target)


def print_html(text: str, target: Path) -> None:
    """Print a web page to PDF with headless Chromium, with no header or footer of its own."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(text, encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    settle_pdf(target)
    pack = ["--object-streams=generate", "--recompress-flate", "--compression-level=9", "--deterministic-id"]
    subprocess.run(["qpdf", *pack, "--replace-input", str(target)], check=True)


def plain(text: str) -> str:
    """The words of a piece of HTML, for the truth of hand-written pages."""
    return html.unescape(re.sub(r"<[^>]+>", " ", text))
