"""The pages: what each is told, and the templates that draw it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.report import words
from pipeline.report.charts import dots, lines, sparkline, stacked
from pipeline.report.kept import Kept, key_of
from pipeline.report.lines import Lines, current_ratings
from pipeline.report.measures import across_quarters, side_by_side, years_of
from pipeline.report.scores import (
    by_directorate,
    by_rule,
    matrix,
    newest_periods,
    over_runs,
    quality,
    rated,
    rated_by_period,
    severities,
)

AGREE = ("same", "rounding")
"""Outcomes of the reconciliation that nobody has to look at."""
SOURCES = {
    "reconciliation": (("scorecard_path", "scorecard_place"), ("return_path", "return_place")),
    "restatements": (("old_document_path", "old_place"), ("new_document_path", "new_place")),
    "corrections": (("document_path", "place"),),
    "settled": (("document_path", "place"),),
    "changed_values": (("old_path", "old_place"), ("new_path", "new_place")),
}
"""Columns of the answers that name a cell of a document, which the pages link to."""
TEMPLATES = Path(__file__).parent / "templates"
Row = dict[str, Any]
Rows = list[Row]


class Pages:
    """Writes the pages into a folder; ``answers`` are those of questions.py, ``homes`` the directorates' pages."""

    def __init__(self, folder: Path, answers: dict[str, Rows], homes: dict[str, str], kept: Kept) -> None:
        self.folder = folder
        self.kept = kept
        self.answers = answers
        self.homes = homes
        self.queries: dict[str, list[tuple[str, str]]] = {}
        self.across: dict[str, str] = {}
        self.named = {
            (row[path], row[place])
            for question, columns in SOURCES.items()
            for row in answers[question]
            for path, place in columns
        }
        self.named |= {finding["beside"] for finding in answers["findings"] if finding["beside"]}
        self.cell_of: dict[tuple[Any, Any], str] = {}
        self.findings_of = by_name(answers["findings"], "home")
        self.of = {
            question: by_name(answers[question])
            for question in ("corrections", "settled", "documents", "years", "history")
        }
        self.ratings = current_ratings(answers["lines"], answers["computed"])
        self.open = [finding for finding in answers["findings"] if finding["is_open"]]
        self.full_names = {
            row["directorate"]: row["directorate_text"]
            for row in reversed(answers["documents"])
            if row["directorate_text"] and row["directorate_text"] != row["directorate"]
        }
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.globals |= {
            "homes": homes,
            "run": answers["run"][0] if answers["run"] else None,
            "run_before": answers["run_before"][0]["started"] if answers["run_before"] else None,
            "full_names": self.full_names,
            "cell_of": self.cell_of,
            "page_of_path": {row["document_path"]: row["page"] for row in reversed(answers["documents"])},
            "SEVERITIES": words.SEVERITIES,
            "RATINGS": words.RATINGS,
            "AGREE": AGREE,
            "TRAVEL": words.TRAVEL,
            "CLAIMS": words.CLAIMS,
            "OUTCOMES": words.OUTCOMES,
            "NOBODY": words.NOBODY,
            **{each.__name__: each for each in (words.period, words.counted, words.cut, words.figure)},
            **{each.__name__: each for each in (quarters, dots, lines, rated, sparkline, stacked)},
        }
        self.environment.filters |= {
            "field": words.field,
            "sentence": words.sentence,
            "figure": words.figure,
            "score": words.score,
            "day": words.day,
            "in_words": words.place_in_words,
            "told": lambda point: f"{point['period']} {point['text']}",
        }
        for name in ("style.css", "report.js"):
            (folder / name).write_bytes((TEMPLATES / name).read_bytes())

    def _drawn(self, file: str, template: str, **told: Any) -> str:
        return self.environment.get_template(f"{template}.html").render(here=file, **told)

    def _write(self, file: str, template: str, **told: Any) -> None:
        text = self._drawn(file, template, **told)
        (self.folder / file).write_text(text, encoding="utf-8", errors="replace")

    def overview(self, found: Lines) -> None:
        """index.html: what came, what it says, what is doubtful, what changed; the scores also as quality.json."""
        answers = self.answers
        expected = answers["expected_returns"]
        periods = newest_periods([*expected, *answers["rag_matrix"]])
        before = [{**row, "quality": json.loads(row["quality"])} for row in answers["quality_before"]]
        scores = quality(answers["documents"], answers["lines"], expected, answers["findings"], found.of)
        by_run = over_runs(scores, before)
        lowest = min([90.0, *(one for row in [*scores, *by_run] for one in row["scores"] if one is not None)])
        self._write(
            "index.html",
            "overview",
            periods=periods,
            expected=expected,
            received=matrix(expected, periods),
            ratings=matrix(answers["rag_matrix"], periods),
            bars=rated_by_period(answers["rag_matrix"], periods),
            counts=severities(self.open),
            new=severities([finding for finding in self.open if finding["is_new"]]),
            resolved=severities(answers["resolved"]),
            resolved_findings=answers["resolved"],
            chase=by_directorate(self.open, self.homes),
            queries=self.queries,
            rules=by_rule(self.open),
            changed=answers["changed_values"],
            scores=scores,
            by_run=by_run,
            scored_before=before[-1]["started"] if before else None,
            score_scale=(lowest, 100.0),
            documents=answers["documents"],
        )
        overall = {row["dimension"]: row["overall"] for row in scores}
        (self.folder / "quality.json").write_text(json.dumps(overall), encoding="utf-8")

    def directorate(self, name: str) -> None:
        """A directorate: what to fix, its measures, its documents; on another page a chart for each measure."""
        years = years_of(name, self.of["years"][name], self.of["history"][name], self.ratings)
        self._quarters(name, years)
        mine = self.findings_of[name]
        given = [finding for finding in mine if finding["is_open"]]
        self._write(
            self.homes[name],
            "directorate",
            name=name,
            urgent=[finding for finding in given if finding["severity"] != "note"],
            notes=by_rule_groups([finding for finding in given if finding["severity"] == "note"]),
            closed=[finding for finding in mine if not finding["is_open"]],
            mine=mine,
            queries=self.queries.get(name, []),
            corrections=self.of["corrections"][name],
            settled=self.of["settled"][None if name == words.NOBODY else name],
            documents=self.of["documents"][None if name == words.NOBODY else name],
            years=years,
            across=self.across.get(name),
        )

    def _quarters(self, name: str, years: list[tuple[str, Rows]]) -> None:
        drawn, few = across_quarters(years, self.of["history"][name])
        if not drawn:
            return
        file = self.across[name] = self.homes[name].replace("directorate-", "quarters-", 1)
        told: Row = {"name": name, "drawn": drawn, "few": few, "home": self.homes[name]}
        told |= {"full_name": self.full_names.get(name), "quarters_shown": len(drawn[0]["points"])}
        self._kept(file, "quarters", told)

    def _kept(self, file: str, template: str, told: Row) -> None:
        """Write a page whose template is told nothing else, unless the last report has it."""
        key = key_of(told)
        if not self.kept.take(file, key):
            self.kept.put(file, key, self._drawn(file, template, **told))

    def document(self, document: Row, parts: Rows, findings: Rows, no_picture: str | None) -> None:
        """A document: every cell of it with what became of it. All that the template is told is in the key."""
        cells = [cell for part in parts for cell in part["cells"]]
        for cell in cells:
            place = (document["document_path"], cell["place"])
            if place in self.named:
                self.cell_of.setdefault(place, f"{document['page']}#c{cell['cell_no']}")
        told: Row = {
            "document": document,
            "parts": parts,
            "found": findings,
            "no_picture": no_picture,
            "home": self.homes[document["directorate"]] if document["directorate"] else None,
        }
        told["claims"] = Counter("finding" if cell["findings"] else cell["claim"] for cell in cells)
        self._kept(document["page"], "document", told)

    def findings(self) -> None:
        """All findings in one list, with search and filters."""
        self._write("findings.html", "findings", findings=self.answers["findings"], rules=by_rule(self.open))

    def compare(self) -> None:
        """Measures across directorates, the pages of each across quarters, scorecard against return, restatements."""
        measures = side_by_side(self.answers["side_by_side"])
        restated = self.answers["restatements"]
        self._write("compare.html", "compare", measures=measures, across=self.across, restatements=restated)
        reconciled = self.answers["reconciliation"]
        told = [
            {**row, "financial_year": row["reported_year"], "quarter": row["reported_quarter"]}
            for row in reconciled
        ]
        periods = newest_periods(told)
        for file, agree in (("reconciliation.html", False), ("reconciliation-same.html", True)):
            rows = [row for row in reconciled if (row["status"] in AGREE) == agree]
            self._write(
                file,
                "reconciliation",
                rows=rows,
                agree=agree,
                numbers={
                    "same": len(reconciled) - len(rows) if not agree else len(rows),
                    "all": len(reconciled),
                },
                outcomes=sorted({row["status"] for row in rows}),
                periods=periods,
                counted_by=matrix(told, periods),
            )


def quarters(findings: Rows) -> list[str]:
    """The periods of findings as the filters name them, the newest first."""
    found = {(str(row["financial_year"] or ""), row["quarter"] or 0, words.period(row)) for row in findings}
    return [name for _, _, name in sorted(found, reverse=True) if name]


def by_name(rows: Rows, column: str = "directorate") -> dict[str | None, Rows]:
    """Rows by the directorate they are of, in their order."""
    groups: dict[str | None, Rows] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def by_rule_groups(findings: Rows) -> list[tuple[str, Rows]]:
    """Findings by rule, the most frequent first."""
    groups: dict[str, Rows] = {}
    for finding in findings:
        groups.setdefault(finding["rule"], []).append(finding)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
