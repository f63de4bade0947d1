"""The lines of a title, stretch by stretch: what stands under a label, and what stands free."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.shapes import Cell, Place

_DIRECTORATE = r"(?:name of )?(?:directorate|department|dept)(?: name)?"
_SERVICE = r"service(?: area| unit| group)?|division|business unit|team|portfolio"
_PERIOD = (
    r"(?:(?:reporting|return|financial|data|return for|report for|for|for the) )?(?:period|quarter|qtr|year|date)"
    r"(?: end(?:ing|ed)| covered| reported| of return)?|quarter no\.?|fy|month|(?:(?:reporting|position|data|results) )?(?:up to|as at)|(?:reporting|reported) to"
)
_COUNCIL = r"council|(?:local )?authority|organisation|name of (?:council|authority)"
_OTHER = (
    r"completed by|prepared by|produced by|submitted by|contact(?: name| officer)?|author|report author|date (?:completed|submitted"
    r"|produced|prepared|of meeting|of report)|meeting date|version|status|e-?mail|telephone|tel|head of service|director"
    r"|lead officer|responsible officer|owner|portfolio holder|cabinet member|lead member|executive member|approved by"
    r"|signed off by|(?:executive|corporate|strategic|assistant) director|chief executive|return (?:to|by)|deadline|contents|purpose"
)
LABEL = re.compile(
    rf"(?<!\w)(?:(?P<directorate>{_DIRECTORATE})|(?P<service>{_SERVICE})|(?P<period>{_PERIOD})|(?P<council>{_COUNCIL})"
    rf"|(?P<other>{_OTHER}))\s*(?::\s*|$)",
    re.I,
)
"""A word that tells what stands behind its colon, or in the next cell."""
TITLED = re.compile(r"^(?:#{1,6}\s+|(?:subject|(?:report )?title|re)\s*:\s*)", re.I)
"""A label before the title itself: 'Subject: Quarter 2 2019/20 performance report', or the sign of a heading in plain
text: '# Housing scorecard'."""


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of a line: ``kind`` directorate, service, period, council, other or '' for a free text; ``text`` what
    it says, a period with its label ('Quarter 3'); how that is ``printed``, and where it begins."""

    kind: str
    text: str
    printed: str
    place: Place


def labels(line: Sequence[Cell]) -> bool:
    """Whether a line says something under a label: 'Department | Housing', 'Completed by: J. Smith'."""
    return any(said.kind and said.text for said in said_in(line))


def title_text(cell: Cell) -> str:
    """The text of a cell without the label that says that it is the title."""
    return TITLED.sub("", cell.text.strip())


def said_in(line: Sequence[Cell]) -> Iterator[Said]:
    """What a line says, stretch by stretch. A label may wait for the text of the next cell."""
    waiting: Said | None = None
    for cell in line:
        text = " ".join(title_text(cell).split())
        before = ""
        if waiting and not LABEL.fullmatch(text):
            before = f"{waiting.text}: "
        elif waiting:
            yield replace(waiting, text="")
        label, waiting = waiting, None
        whole = before + text
        found = [match for match in LABEL.finditer(whole) if not match.start() or ":" in match.group()]
        if not found or found[0].start():
            yield Said("", whole, text, cell.place)
            continue
        for match, end in zip(found, [*(later.start() for later in found[1:]), len(whole)], strict=True):
            kind = str(match.lastgroup)
            name, value = match.group().strip(" :"), whole[match.end() : end].strip(" ,;|")
            printed, place = whole[match.start() : end].strip(" ,;|"), cell.place
            if label and before and not match.start():
                printed = f"{label.printed} {printed.removeprefix(before)}"
                place = label.place if kind == "period" else place
            if not value and end == len(whole):
                waiting = Said(kind, name, printed, place)
            elif value:
                yield Said(kind, f"{name} {value}" if kind == "period" else value, printed, place)
    if waiting:
        yield replace(waiting, kind="")
