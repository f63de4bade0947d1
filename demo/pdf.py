"""A small PDF writer: ruled tables in Helvetica on wide pages, merged cells, headings again on each page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pdfminer.fontmetrics import FONT_METRICS

from demo.layouts import Box, Grid, Paper

WIDTH, HEIGHT, MARGIN, SIZE, LEADING, PAD = 1191.0, 842.0, 40.0, 8.0, 9.6, 3.0
LETTERS: Mapping[str, float] = FONT_METRICS["Helvetica"][1]


def width_of(text: str) -> float:
    """Width of a text in points at SIZE."""
    return sum(LETTERS.get(letter, 556) for letter in text) * SIZE / 1000


def wrapped(text: str, room: float) -> list[str]:
    """A text in lines that fit into ``room`` points."""
    found: list[str] = []
    for word in text.split():
        if found and width_of(f"{found[-1]} {word}") <= room:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


class _Pages:
    """The content of the pages so far; ``y`` is where the next thing goes."""

    def __init__(self) -> None:
        self.done: list[list[str]] = [[]]
        self.y = HEIGHT - MARGIN

    def turn(self) -> None:
        self.done.append([])
        self.y = HEIGHT - MARGIN

    def text(self, x: float, y: float, text: str) -> None:
        raw = (
            text.encode("cp1252", "replace")
            .replace(b"\\", b"\\\\")
            .replace(b"(", b"\\(")
            .replace(b")", b"\\)")
        )
        self.done[-1].append(f"BT /F1 {SIZE} Tf {x:.2f} {y:.2f} Td ({raw.decode('cp1252')}) Tj ET")

    def box(self, x: float, top: float, width: float, height: float, box: Box) -> None:
        area = f"{x:.2f} {top - height:.2f} {width:.2f} {height:.2f} re"
        if box.fill:
            red, green, blue = (int(box.fill[n : n + 2], 16) / 255 for n in (0, 2, 4))
            self.done[-1].append(f"{red:.3f} {green:.3f} {blue:.3f} rg {area} f 0 g")
        self.done[-1].append(f"0.5 w {area} S")
        for number, line in enumerate(wrapped(box.text, width - 2 * PAD)):
            self.text(x + PAD, top - PAD - SIZE - number * LEADING, line)


def write_pdf(paper: Paper, target: Path) -> None:
    """Write the paper as a PDF."""
    pages = _Pages()
    for texts in paper.titles:
        pages.text(MARGIN, pages.y - SIZE, " ".join(texts))
        pages.y -= 1.6 * LEADING
    for grid in paper.grids:
        _grid(pages, grid)
        pages.y -= 2 * LEADING
    target.write_bytes(_file(["\n".join(page).encode("cp1252") for page in pages.done]))


def _grid(pages: _Pages, grid: Grid) -> None:
    scale = (WIDTH - 2 * MARGIN) / sum(grid.widths)
    widths = [scale * width for width in grid.widths]
    head, *body = grid.rows
    for number, block in enumerate(_blocks(body)):
        heights = _heights(block, widths)
        top_row = _heights([head], widths)
        if number == 0 or pages.y - sum(heights) < MARGIN:
            if pages.y - sum(heights) - sum(top_row) < MARGIN:
                pages.turn()
            _block(pages, [head], widths, top_row)
        _block(pages, block, widths, heights)


def _blocks(rows: Sequence[Sequence[Box | None]]) -> Iterator[list[Sequence[Box | None]]]:
    """Rows that merged cells hold together."""
    block: list[Sequence[Box | None]] = []
    for row in rows:
        if block and None not in row:
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _heights(block: Sequence[Sequence[Box | None]], widths: Sequence[float]) -> list[float]:
    """Heights of the rows of a block; what a merged cell needs more goes to the last row."""

    def needed(box: Box, width: float) -> float:
        return max(1, len(wrapped(box.text, width - 2 * PAD))) * LEADING + 2 * PAD

    pairs = [[(box, width) for box, width in zip(row, widths, strict=True) if box] for row in block]
    heights = [
        max(needed(box, width) for box, width in row if box.rows == 1)
        if any(box.rows == 1 for box, _ in row)
        else LEADING
        for row in pairs
    ]
    tallest = max(needed(box, width) for row in pairs for box, width in row)
    heights[-1] += max(0.0, tallest - sum(heights))
    return heights


def _block(
    pages: _Pages, block: Sequence[Sequence[Box | None]], widths: Sequence[float], heights: Sequence[float]
) -> None:
    for number, row in enumerate(block):
        x = MARGIN
        for box, width in zip(row, widths, strict=True):
            if box:
                pages.box(x, pages.y, width, sum(heights[number : number + box.rows]), box)
            x += width
        pages.y -= heights[number]


def _file(contents: Sequence[bytes]) -> bytes:
    """The bytes of a PDF with these page contents."""
    first = 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH:.0f} {HEIGHT:.0f}] /Contents "
            f"{first + 2 * number + 1} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
