"""The lines of the scorecards: the whole row that a finding is about, last quarter's row, the measures."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pipeline.report.words import field, period, read_as

Row = dict[str, Any]
Rows = list[Row]
PLACES = (
    "place",
    "target_place",
    "rag_place",
    "priority_place",
    "priority_rag_place",
    "progress_summary_place",
    "portfolio_place",
)

NO_RATING = {"stated": None, "for_priority": False, "quarter": None, "computed": None, "rule": None}


class Lines:
    """Measure lines of all documents, found by document and place, wording, or period."""

    def __init__(self, lines: Rows, results: Rows) -> None:
        self.results: dict[tuple[Any, Any, Any], Rows] = defaultdict(list)
        for result in results:
            self.results[result["document_id"], result["measure_no"], result["part"]].append(result)
        self.by_document: dict[str, Rows] = defaultdict(list)
        self.by_measure: dict[tuple[Any, Any, Any, Any], Rows] = defaultdict(list)
        self.by_place: dict[tuple[str, str], Row] = {}
        self.by_wording: dict[tuple[str, str], Row] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.reads: dict[tuple[str, str], list[str]] = defaultdict(list)
        for result in results:
            said = read_as(result["value"], result["unit"], result["value_status"])
            self._read(result, result["place"], f"quarter {result['quarter']}, {said}")
        for line in lines:
            if line["target_text"]:
                said = read_as(line["target_value"], line["target_unit"], line["target_status"])
                self._read(line, line["target_place"], said)
            self._read(
                {**line, "part": None}, line["rag_place"] or line["priority_rag_place"], line["stated"]
            )
            document = str(line["document_id"])
            self.by_document[document].append(line)
            self.by_wording.setdefault((document, str(line["measure"])), line)
            if line["is_current"]:
                key = (line["directorate"], line["document_role"], line["measure_id"], line["part"])
                self.by_measure[key].append(line)
            places = [line[name] for name in PLACES]
            places += [result["place"] for result in self._results(line)]
            printed = {
                line["target_place"]: line["target_text"],
                line["rag_place"]: line["rag_text"],
                line["priority_rag_place"]: line["priority_rag_text"],
            }
            printed |= {result["place"]: result["value_text"] for result in self._results(line)}
            self.texts |= {
                (document, str(place)): str(text) for place, text in printed.items() if place and text
            }
            for place in places:
                if place:
                    self.by_place.setdefault((document, str(place)), line)

    def _read(self, row: Row, place: Any, said: str | None) -> None:
        if place and said:
            told = f"{row['part']}: {said}" if row["part"] else said
            held = self.reads[str(row["document_id"]), str(place)]
            if told not in held:
                held.append(told)

    def read_at(self, document_id: Any, place: Any) -> str:
        """What the cell at a place was read as: 'quarter 1, 73 percent'; '' for a text that is kept as it is."""
        return "; ".join(self.reads.get((str(document_id), str(place)), ()))

    def _results(self, line: Row) -> Rows:
        return self.results[line["document_id"], line["measure_no"], line["part"]]

    def of(self, finding: Row) -> Row | None:
        """The line that a finding is about: by its place, else by the wording it names."""
        document = str(finding["document_id"])
        found = self.by_place.get((document, str(finding["place"])))
        return found or self.by_wording.get((document, str(finding["measure"])))

    def before(self, line: Row) -> Row | None:
        """The same measure in the newest earlier document of the same directorate and role."""
        key = (line["directorate"], line["document_role"], line["measure_id"], line["part"])
        now = _when(line)
        earlier = [other for other in self.by_measure[key] if _when(other) < now]
        return max(earlier, key=_when, default=None)

    def printed(self, line: Row) -> Row:
        """A line as a table shows it: period, measure, target, results by quarter, rating."""
        quarters = {
            result["quarter"]: result
            for result in self._results(line)
            if result["financial_year"] in (None, line["financial_year"])
        }
        return {
            "period": period(line, "reported_quarter"),
            "priority": line["priority"],
            "measure": line["measure"],
            "part": line["part"],
            "target": line["target_text"],
            "quarters": [quarters.get(number) for number in (1, 2, 3, 4)],
            "rag": line["stated"],
        }


def _when(line: Row) -> tuple[str, int]:
    return str(line["financial_year"] or ""), int(line["reported_quarter"] or 0)


def row_of_cells(cell: Row, cells: Rows) -> Rows:
    """What stands in the row of a cell, with what each was understood to be; a merged cell belongs to its rows."""
    return [
        {
            "meaning": field(other["meaning"]),
            "text": other["text"],
            "wanted": other["cell_no"] == cell["cell_no"],
        }
        for other in cells
        if other["part"] == cell["part"] and other["row"] <= cell["row"] < other["row"] + (other["rows"] or 1)
    ]


def current_ratings(lines: Rows, computed: Rows) -> dict[tuple[Any, Any, Any, Any], Row]:
    """(directorate, year, measure, part) -> the newest stated rating of that year, and the computed one."""
    found: dict[tuple[Any, Any, Any, Any], Row] = {}
    for line in sorted((line for line in lines if line["is_current"]), key=_when):
        if line["stated"]:
            key = (line["directorate"], line["financial_year"], line["measure_id"], line["part"])
            found.setdefault(key, dict(NO_RATING))["stated"] = line["stated"]
            found[key]["for_priority"] = line["stated_for_priority"]
            found[key]["quarter"] = line["reported_quarter"]
    for rating in computed:
        key = (rating["directorate"], rating["financial_year"], rating["measure_id"], rating["part"])
        found.setdefault(key, dict(NO_RATING))["computed"] = rating["computed"]
        found[key]["rule"] = rating["rule_version"]
    return found
