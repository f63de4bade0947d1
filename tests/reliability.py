"""The numbers in docs/reliability.md, counted in the tests themselves:  python -m tests.reliability  (make reliability)

Prints the section "In numbers" and writes it into the page; a test holds the page to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from pipeline.limits import Limits
from tests import hostile
from tests.test_faults import KILLS, LINES, ROOMS
from tests.test_hostile import REFUSED

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"
BEGIN, END = "<!-- numbers: make reliability -->", "<!-- end of numbers -->"


def numbers() -> str:
    """The section as Markdown."""
    return "\n".join([BEGIN, *_tried(), "", *_limits(), END])


def _tried() -> Iterator[str]:
    kinds = len(hostile.SMALL)
    traps = [hostile.workbooks, hostile.pdfs, hostile.texts, hostile.others, hostile.monsters]
    made = sum(1 for group in traps for _ in group())
    yield "| tried | `make test` | `make test-faults` |"
    yield "| --- | ---: | ---: |"
    yield f"| runs killed with -9, at random moments of {len(LINES)} stages | {KILLS[0]} | {KILLS[1]} |"
    yield f"| sizes of a file system with too little room | {len(ROOMS)} | {len(ROOMS)} |"
    yield f"| formats of which a small file is broken | {kinds} | {kinds} |"
    cuts = [kinds * (steps - 1) for steps in hostile.CUTS]
    yield f"| copies cut off, in steps of a {hostile.CUTS[0]}th or of 1% | {cuts[0]} | {cuts[1]} |"
    flips = [kinds * times for times in hostile.FLIPPED]
    yield f"| copies with 1 or 8 bits flipped | {flips[0]} | {flips[1]} |"
    mangled = [3 * times for times in hostile.FLIPPED]
    yield f"| copies whose XML is not what it should be | {mangled[0]} | {mangled[1]} |"
    yield f"| hostile files made by hand | {made} | {made} |"
    yield f"| of them held to the finding they must give | {len(REFUSED)} | {len(REFUSED)} |"
    yield f"| broken and hostile files in all | {cuts[0] + flips[0] + mangled[0] + made} | {cuts[1] + flips[1] + mangled[1] + made} |"


def _limits() -> Iterator[str]:
    yield "| limit | a document may have | what is limited |"
    yield "| --- | ---: | --- |"
    for limit in fields(Limits):
        yield f"| {limit.name} | {limit.default:,} {limit.metadata['unit']} | {limit.metadata['meaning']} |"


def main() -> None:
    """Print the section and put it into the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    section = numbers()
    PAGE.write_text(before + section + after, encoding="utf-8")
    print(section)


if __name__ == "__main__":
    main()
