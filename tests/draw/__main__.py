"""Draw the zoo: ``python -m tests.draw [name ...]`` (all layouts without a name)."""

from __future__ import annotations

import sys

from . import zoo_columns, zoo_others, zoo_pages, zoo_pages_of_papers, zoo_ratings, zoo_rules, zoo_text
from .layout import draw

ZOOS = (zoo_rules, zoo_pages, zoo_columns, zoo_ratings, zoo_text)


def main(names: list[str]) -> None:
    for zoo in ZOOS:
        for layout in zoo.layouts():
            if not names or layout.name in names:
                for file in draw(layout):
                    print(f"{file.stat().st_size:7d} {file.name}")
    for file in zoo_pages_of_papers.draw(names):
        print(f"{file.stat().st_size:7d} {file.name}")
    if not names or "others" in names:
        zoo_others.draw()


if __name__ == "__main__":
    main(sys.argv[1:])
