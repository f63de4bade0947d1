"""Charts as SVG, drawn by Vega when the report is built: they need no script and print as they are.

What a chart looks like stands in templates/*.json; here it gets its figures. Colours are names of the style
sheet (``var(--link)``), so that a chart follows dark mode and print. ``said`` is what a screen reader says.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from pipeline.report.kept import key_of
from pipeline.report.words import RATINGS

Row = dict[str, Any]
TEMPLATES = Path(__file__).parent / "templates"
SYMBOLS = {**{name: symbol for name, (symbol, _) in RATINGS.items()}, "Not rated": "○"}
"""The ratings of a stacked bar from the bottom up, and their symbols."""
BAR, LETTERS = 240, 16
"""Height of the highest bar and of a label in it [px]; a slice too thin for its label is told by the table."""


_KEPT: ContextVar[tuple[dict[str, str], set[str]]] = ContextVar("kept charts", default=({}, set()))
"""SVGs by the key of what they draw, and the keys that were asked for."""


def sparkline(
    values: tuple[float | None, ...],
    said: str,
    target: float | None = None,
    scale: tuple[float, float] | None = None,
    restarts: tuple[int, ...] = (),
) -> Markup:
    """A line as high as a row of a table; '' without two figures (one is enough on a common ``scale``).

    A gap breaks the line, and so does each index of ``restarts``, where a count begins again at nought.
    The dashed line is the target, when it lies near the figures.
    """
    known = {number: float(value) for number, value in enumerate(values) if value is not None}
    if (len(known) < 2 and scale is None) or not known:
        return Markup()
    low, high = scale or (min(known.values()), max(known.values()))
    spread = (high - low) or abs(high) or 1.0
    if target is not None and scale is None and low - 3 * spread <= target <= high + 3 * spread:
        low, high = min(low, target), max(high, target)
    near = target is not None and low <= target <= high  # a target far away would flatten the line
    if low == high:
        low, high = low - 1, high + 1
    points: list[Row] = [{"n": n, "v": value, "newest": n == max(known)} for n, value in enumerate(values)]
    points += [{"n": n - 0.5, "v": None, "newest": False} for n in restarts]
    spec = _spec("sparkline.vega.json")
    line, _, aim = spec["data"]
    line["values"] = sorted(points, key=lambda point: point["n"])
    aim["values"] = [{"v": target}] if near else []
    given = {"low": low, "high": high, "last": max(len(values) - 1, 1)}
    spec["signals"] = [{"name": name, "value": value} for name, value in given.items()]
    return _named(_svg(spec, "vega"), said, "spark")


def dots(rows: Sequence[Row], said: str, better: str | None = None) -> Markup:
    """One line per ``name``: ``value`` as a dot beside its ``text``, ``before`` as a ring, ``target`` as a stroke.

    '' for less than two values. The best stands on top where ``better`` ('higher' or 'lower') says which that is.
    """
    shown = [row for row in rows if row["value"] is not None]
    if len(shown) < 2:
        return Markup()
    shown.sort(key=lambda row: (row["value"] if better == "lower" else -row["value"], row["name"]))
    spec = _spec("dots.vega-lite.json")
    spec["encoding"]["y"]["sort"] = [row["name"] for row in shown]
    return _drawn(spec, shown, said, "chart dots")


def lines(points: Sequence[Row], said: str) -> Markup:
    """A measure over the quarters: a line of ``value`` per ``stroke``, a dashed one of ``target``.

    There is one point per ``period``, in order; '' for less than two values.
    """
    shown = [abs(point["value"]) for point in points if point["value"] is not None]
    if len(shown) < 2:
        return Markup()
    spec = _spec("lines.vega-lite.json")
    spec["encoding"]["x"]["scale"]["domain"] = [point["period"] for point in points]
    spec["encoding"]["y"]["axis"]["format"] = "~s" if max(shown) >= 100_000 else ",~r"
    return _drawn(spec, points, said, "chart")


def stacked(bars: Sequence[tuple[str, dict[str, int]]], said: str) -> Markup:
    """One bar per period, its ratings on top of one another with their numbers; '' when nothing is rated."""
    if not any(held.get(rating) for _, held in bars for rating in RATINGS):
        return Markup()
    highest = max(sum(held.values()) for _, held in bars)
    rows: list[Row] = []
    for period, held in bars:
        below = 0
        for rating, symbol in SYMBOLS.items():
            number = held.get(rating, 0)
            colour = rating.lower().replace(" ", "-")
            row: Row = {"period": period, "label": f"{symbol} {number}", "from": below, "to": below + number}
            row |= {"middle": below + number / 2, "fits": number / highest * BAR >= LETTERS}
            row |= {"fill": f"var(--bar-{colour})", "ink": f"var(--on-{colour})"}
            rows += [row] if number else []
            below += number
    return _drawn(_spec("stacked.vega-lite.json"), rows, said, "chart")


def _spec(name: str) -> Row:
    spec: Row = json.loads((TEMPLATES / name).read_text(encoding="utf-8"))
    return spec


def _drawn(spec: Row, rows: Sequence[Row], said: str, kind: str) -> Markup:
    spec["data"]["values"] = rows
    return _named(_svg(spec, "vegalite"), said, kind)


def _svg(spec: Row, language: str) -> str:
    known, asked = _KEPT.get()
    key = key_of(language, spec)
    if key not in known:
        known[key] = _rendered(spec, language)
    asked.add(key)
    return known[key]


def _rendered(spec: Row, language: str) -> str:
    """Charts of one look differ in their rows only: the look is compiled once, which is two thirds of the drawing."""
    import vl_convert  # takes a moment, and a report without new charts has no need of it

    if language == "vegalite":
        rows = spec["data"]["values"]
        spec = json.loads(_compiled(json.dumps({**spec, "data": {**spec["data"], "values": []}})))
        next(data for data in spec["data"] if data["name"] == "rows")["values"] = rows
    return str(vl_convert.vega_to_svg(spec, allowed_base_urls=[]))


@lru_cache(maxsize=256)
def _compiled(look: str) -> str:
    """The Vega of a chart without rows, both as JSON."""
    import vl_convert

    return json.dumps(vl_convert.vegalite_to_vega(json.loads(look)))


@contextmanager
def charts_kept(file: Path, before: bool) -> Iterator[None]:
    """Within it each chart is drawn once; those asked for are left in ``file``, by what they draw. ``before``: those
    that the last report left there are not drawn again.
    """
    known: dict[str, str] = {}
    if before:
        with suppress(OSError, ValueError, TypeError):
            known = dict(json.loads(file.read_text(encoding="utf-8")))
    asked: set[str] = set()
    token = _KEPT.set((known, asked))
    try:
        yield
    finally:
        _KEPT.reset(token)
    file.parent.mkdir(exist_ok=True)
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps({key: known[key] for key in sorted(asked)}), encoding="utf-8")
    os.replace(fresh, file)


def _named(svg: str, said: str, kind: str) -> Markup:
    """The SVG as one picture with a name, without the roles that Vega gives to its parts and what draws nothing."""
    head, _, inner = svg.partition(">")
    found = re.search(r'width="([\d.]+)" height="([\d.]+)"', head)
    assert found, head
    width, height = found.groups()
    inner = re.sub(r' (?:role|aria-[a-z]+|class|pointer-events|font-family)="[^"]*"| opacity="1"', "", inner)
    inner = re.sub(r'<path d="(?:M0,0h[\d.]+v[\d.]+h-?[\d.]+Z)?"(?: display="none")?/>', "", inner)
    inner = re.sub(r"(\.\d\d)\d+", r"\1", inner)
    return Markup(
        f'<svg class="{kind}" role="img" aria-label="{escape(said)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}">{inner}'
    )
