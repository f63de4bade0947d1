"""Tiles of a dashboard: a measure in a frame around a large figure, drawn here and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from tests.golden_compare import read

TILES = (
    ("Homes built", "312", "Target 300", "Green"),
    ("Homeless acceptances", "48", "Target: 40", "Red"),
    ("Days that a home is void", "27.5", "Target 28", "Green"),
    ("Rent arrears", "£1.2m", "Target £1.1m", "Amber"),
)
COLOURS = {"Green": "#2E9E44", "Red": "#D0021B", "Amber": "#F5A623"}


@pytest.mark.parametrize("rated", ["word below", "word behind the target", "colour of the tile"])
def test_each_tile_is_a_measure_with_its_figure(rated: str, tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "tiles.pdf"))
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 780, "Housing dashboard - Quarter 2 2022/23")
    for number, (name, figure, target, rating) in enumerate(TILES):
        x, y = 60 + 240 * (number % 2), 600 - 140 * (number // 2)
        if rated == "colour of the tile":
            canvas.setFillColor(HexColor(COLOURS[rating]))
        canvas.rect(x, y, 220, 120, fill=int(rated == "colour of the tile"))
        canvas.setFillColor(HexColor("#000000"))
        lines = [(11, 100, name), (28, 60, figure), (11, 35, target)]
        if rated == "word below":
            lines.append((11, 15, rating))
        elif rated == "word behind the target":
            lines[-1] = (11, 35, f"{target} {rating}")
        for size, up, text in lines:
            canvas.setFont("Helvetica", size)
            canvas.drawString(x + 10, y + up, text)
    canvas.save()
    (reading,) = read(tmp_path / "tiles.pdf")
    results = {row["measure_no"]: row["value_text"] for row in reading.rows["results"]}
    found = [
        (row["measure"], results[row["measure_no"]], row["target_text"], row["rag"])
        for row in reading.rows["measures"]
    ]
    assert found == [
        (name, figure, target.removeprefix("Target").strip(": "), rating)
        for name, figure, target, rating in TILES
    ]
    assert {row["quarter"] for row in reading.rows["results"]} == {2}
    assert not [row for row in reading.rows["cells"] if row["meaning"] == "cell-unread"]
    assert "tiles-read" in {row["rule"] for row in reading.rows["findings"]}
