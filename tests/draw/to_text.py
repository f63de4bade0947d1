"""Draw a Page as the text a web archive makes of it: one line per row, tabs between cells."""

from __future__ import annotations

from pathlib import Path

from . import blocks as b


def draw(page: b.Page, target: Path) -> None:
    lines: list[str] = []
    for block in page.blocks:
        if isinstance(block, b.P):
            lines.append("\t".join(block.cells) if block.cells else block.text)
        elif isinstance(block, b.T):
            lines += [
                "\t".join("" if cell is None else cell.text.replace("\n", " ") for cell in row)
                for row in block.rows
            ]
        elif isinstance(block, b.Side):
            raise ValueError("side by side tables have no text form")
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
