"""Draw a Page as the text a web archive makes of it: one line per row, tabs between cells."""

from __future__ import annotations

import csv
from pathlib import Path

from . import blocks as b


def draw(page: b.Page, target: Path) -> None:
    lines = ["\t".join(row) for row in rows_of(page)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def draw_csv(page: b.Page, target: Path) -> None:
    """The same rows as quoted comma-separated text, with the byte order mark that Excel writes."""
    with open(target, "w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(rows_of(page))


def rows_of(page: b.Page) -> list[list[str]]:
    lines: list[list[str]] = []
    for block in page.blocks:
        if isinstance(block, b.P):
            lines.append(list(block.cells) if block.cells else [block.text])
        elif isinstance(block, b.T):
            lines += [
                ["" if cell is None else cell.text.replace("\n", " ") for cell in row] for row in block.rows
            ]
        elif isinstance(block, b.Side):
            raise ValueError("side by side tables have no text form")
    return lines
