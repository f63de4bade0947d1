"""How things look on a terminal: progress as a bar or as plain lines, rows as a table."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pipeline.safe_text import harmless, visible

Tell = Callable[[str, int, int, str], None]


@contextlib.contextmanager
def progress() -> Iterator[Tell]:
    """What to tell progress to: a bar on a terminal, a line per stage and tenth otherwise, on stderr."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}", justify="right"),
        TimeElapsedColumn(),
        TextColumn("{task.fields[document]}", style="dim"),
    )
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks: dict[str, Any] = {}

        def finish() -> None:
            for task in tasks.values():
                whole = bar.tasks[task].total or 1
                bar.update(task, total=whole, completed=whole, document="")

        def tell(stage: str, done: int, total: int, document: str) -> None:
            if stage not in tasks:
                finish()
                tasks[stage] = bar.add_task(stage, total=total or None, document="", count="")
            count = f"{done:,} of {total:,}" if total else ""
            # a path in square brackets is no markup
            bar.update(tasks[stage], completed=done, count=count, document=document.replace("[", r"\["))

        yield tell
        finish()


def _lines() -> Tell:
    shown: dict[str, int] = {}

    def tell(stage: str, done: int, total: int, document: str) -> None:
        tenth = 10 * done // total if total else 0
        if shown.get(stage, -1) < tenth:
            shown[stage] = tenth
            print(
                f"{stage} {done} of {total} {document}".rstrip() if total else stage,
                file=sys.stderr,
                flush=True,
            )

    return tell


def as_csv(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Rows as comma-separated values with a heading, safe to open in a spreadsheet."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(names)
    lines.writerows([harmless(value) for value in row] for row in rows)
    return text.getvalue()


def as_table(names: Sequence[str], rows: Sequence[Sequence[Any]], at_most: int) -> str:
    """Rows as a table as wide as the terminal (120 characters where there is none), numbers to the right.

    When the columns do not fit side by side, each row becomes a block of lines 'column  value'. Of more than
    ``at_most`` rows so many are shown, and the last line says that there are more.
    """
    more, rows = len(rows) > at_most, rows[:at_most]
    width = shutil.get_terminal_size((120, 24)).columns
    texts = [[_shown(value) for value in row] for row in rows]
    least = [
        max([len(name), *(min(len(row[column]), 16) for row in texts)]) + 2
        for column, name in enumerate(names)
    ]
    body = _blocks(names, texts, width) if sum(least) > width else _side_by_side(names, rows, texts, width)
    if more:
        return (
            f"{body}\nThe first {at_most:,} rows; there are more (count(*) counts them, --csv prints all)\n"
        )
    return f"{body}\n{len(rows)} {'row' if len(rows) == 1 else 'rows'}\n"


def _blocks(names: Sequence[str], texts: Sequence[Sequence[str]], width: int) -> str:
    import textwrap

    longest = max(len(name) for name in names) + 2
    lines = []
    for number, row in enumerate(texts, 1):
        lines.append(f"-- row {number}")
        for name, text in zip(names, row, strict=True):
            folded = textwrap.wrap(text, max(20, width - longest)) or [""]
            lines += [
                f"{label:<{longest}}{part}"
                for label, part in zip([name] + [""] * len(folded), folded, strict=False)
            ]
    return "\n".join(line.rstrip() for line in lines)


def _side_by_side(
    names: Sequence[str], rows: Sequence[Sequence[Any]], texts: Sequence[Sequence[str]], width: int
) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column, name in enumerate(names):
        numbers = any(
            isinstance(row[column], int | float) and not isinstance(row[column], bool) for row in rows[:100]
        )
        table.add_column(
            Text(name, no_wrap=True),
            justify="right" if numbers else "left",
            overflow="fold",
            min_width=len(name),
        )
    for row in texts:
        table.add_row(*map(Text, row))
    text = io.StringIO()
    Console(file=text, width=width, color_system=None).print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().strip("\n").splitlines())


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return visible(str(value))
