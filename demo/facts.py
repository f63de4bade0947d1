"""The council's facts (CSV) -> what each document says, with the planted faults in it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

COUNCIL = Path(__file__).parent / "council"
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Entry:
    """A measure line as one document prints it: the text of each field ('measure', 'target', 'q1', ...)."""

    section: str
    priority: str
    measure_id: str
    said: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """One document: where it lies, whose and which quarter's it is, how it is printed, and its lines."""

    path: str
    role: str
    name: str
    code: str
    financial_year: str
    quarter: int
    layout: str
    rag_as: str
    received_on: str
    entries: tuple[Entry, ...]


def rows(name: str) -> list[dict[str, str]]:
    """A CSV of the council as rows of text."""
    with (COUNCIL / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Facts:
    """All lists of the council, ready to make documents of."""

    def __init__(self) -> None:
        self.council = rows("council.csv")[0]
        self.documents = rows("documents.csv")
        self.measures = rows("measures.csv")
        self.edits = rows("edits.csv")
        self.results = {
            (r["directorate"], r["financial_year"], r["measure_id"]): r for r in rows("results.csv")
        }
        self.ratings = {
            (r["directorate"], r["financial_year"], r["section"], r["priority"]): r
            for r in rows("ratings.csv")
        }

    def sheets(self) -> Iterator[Sheet]:
        """Every document that was sent, in the order of directorates, years and quarters."""
        for about in self.documents:
            for quarter in QUARTERS:
                for role in ("scorecard", "return"):
                    yield from self._sent(about, quarter, role)

    def _sent(self, about: dict[str, str], quarter: int, role: str) -> Iterator[Sheet]:
        """The document of one quarter and role: none when it was not sent, two when it was sent again."""
        edits = [edit for edit in self.edits if _meant(edit, about, quarter, role)]
        file = {edit["field"]: edit["text"] for edit in edits if edit["about"] == "file"}
        if "missing" in file:
            return
        kind = about["scorecard"] if role == "scorecard" else "xlsx"
        year = about["financial_year"].replace("/", "-")
        told = int(file.get("told until", quarter))
        folder = f"{year}/Q{quarter}"
        sheet = Sheet(
            file.get("path", f"{folder}/{about['code'].lower()}-{role}.{kind}"),
            role,
            about["name"],
            about["code"],
            about["financial_year"],
            quarter,
            about["layout"] if role == "scorecard" else about["return_layout"],
            about["rag_as"],
            file.get("received", self._due(about["financial_year"], quarter)),
            (),
        )
        first = [edit for edit in edits if edit["sending"] != "2"]
        yield replace(sheet, entries=tuple(self._entries(about, quarter, told, first)))
        if "sent again" in file:
            again = tuple(self._entries(about, quarter, told, edits))
            path = f"{folder}/{about['code'].lower()}-{role}-revised.{kind}"
            yield replace(sheet, path=path, received_on=file["sent again"], entries=again)

    def _due(self, financial_year: str, quarter: int) -> str:
        """The day on which a document usually comes: the council's day of the month after the quarter."""
        month = {1: 7, 2: 10, 3: 1, 4: 4}[quarter]
        return f"{int(financial_year[:4]) + (quarter > 2)}-{month:02d}-{self.council['day_received']}"

    def _entries(
        self, about: dict[str, str], quarter: int, told: int, edits: list[dict[str, str]]
    ) -> Iterator[Entry]:
        directorate, year = about["directorate"], about["financial_year"]
        for measure in self.measures:
            if measure["directorate"] != directorate:
                continue
            changed = [
                edit for edit in edits if edit["about"] in (measure["measure_id"], measure["priority"])
            ]
            times = 1
            result = self.results[directorate, year, measure["measure_id"]]
            rating = self.ratings[directorate, year, measure["section"], measure["priority"]]
            said = {
                "directorate": about["code"],
                "priority": measure["priority"],
                "portfolio": measure["portfolio"],
                "measure": measure["measure"],
                "officer": measure["officer"],
                "reference": f"{about['code']}{self.measures.index(measure) + 1:02d}",
                "target": result["target"],
                "rag": rating[f"q{quarter}"],
                "summary": rating["summary"],
                **{f"q{q}": result[f"q{q}"] if q <= told else "" for q in QUARTERS},
            }
            for edit in changed:
                if edit["field"] == "lines":
                    times = int(edit["text"])
                elif not (edit["field"][:1] == "q" and int(edit["field"][1]) > quarter and not edit["force"]):
                    said[edit["field"]] = edit["text"]
            yield from [Entry(measure["section"], measure["priority"], measure["measure_id"], said)] * times


def _meant(edit: dict[str, str], about: dict[str, str], quarter: int, role: str) -> bool:
    return (
        edit["directorate"] == about["directorate"]
        and edit["financial_year"] == about["financial_year"]
        and edit["document_role"] in (role, "both")
        and int(edit["from_quarter"]) <= quarter <= int(edit["to_quarter"] or edit["from_quarter"])
    )
