"""The rows of a table -> priorities, measures, results: what each line says, and what it inherits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.codes import Codes
from pipeline.codes.values import key
from pipeline.interpret.above import take_above
from pipeline.interpret.align import Row, align
from pipeline.interpret.broken import gone_on, mended
from pipeline.interpret.by_label import by_label
from pipeline.interpret.by_period import by_measure, lists_periods
from pipeline.interpret.columns import AGAIN, settle
from pipeline.interpret.headings import Heading, nearest_names
from pipeline.interpret.hyphens import Hyphens
from pipeline.interpret.ledger import Ledger
from pipeline.interpret.measure import measure_rows
from pipeline.interpret.narratives import PRIORITY, Narratives, told_of
from pipeline.interpret.period_lines import begin_period, of_period
from pipeline.interpret.priorities import Priorities, claimed_rating
from pipeline.interpret.rated import coloured_results, heads, portfolios, rates_priorities
from pipeline.interpret.ratings import Rating, untinted
from pipeline.interpret.running import rules, running
from pipeline.interpret.table import Cells, Table, printed
from pipeline.interpret.table_end import claim_below, claim_other, end_of_lines, plain_among_styled
from pipeline.interpret.titles import Title, is_title
from pipeline.shapes import Cell

OF_PRIORITY = ("priority", "progress_summary", "rag", "portfolio")


class Lines:
    """Reads table after table of one document into ``rows`` by base table."""

    def __init__(
        self,
        document_id: str,
        codes: Codes,
        ledger: Ledger,
        year: str | None,
        quarter: int | None,
        title: Title,
        role: str,
        hyphens: Hyphens,
        feet: frozenset[str] = frozenset(),
    ) -> None:
        self.id, self.codes, self.ledger = document_id, codes, ledger
        self.year, self.quarter, self.title, self.role = year, quarter, title, role
        self.reported = year, quarter
        self.feet, self.hyphens = feet, hyphens
        self.rows: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("documents", "priorities", "measures", "results", "other_values")
        }
        self.section: str | None = None
        self.priorities = Priorities(document_id, codes, ledger, self.rows)
        self.narratives = Narratives(codes, ledger, self.priorities)
        self.measures = 0
        self.fields: object = None
        self.part: str | None = None
        self.coloured = False
        self.introduced = self.spaced = self.tiled = False
        self.monthly = False

    def read_table(self, table: Table, before: list[Cells]) -> None:
        """Take in one table with the lines above it."""
        begin_period(self, table)
        table.columns = settle(table.columns, self.year, self.quarter, table.rows)
        self._claim_headings(table)
        for other in table.others:
            claim_other(other, self.ledger)
        take_above(self, table, before)
        self.fields = table.fields()
        self.coloured = False
        for cell, name in table.pieces:
            self.ledger.claim(cell, "value", name)
        if table.tile and not self.tiled:
            self.ledger.find("tiles-read", next(cell for row in table.rows for cell in printed(row)))
        self.tiled |= table.tile
        if table.laid is not None:
            self._read_laid(table, table.laid)
            self._below_laid(table)
            return
        rows = [row for row in table.rows if any(not c.blank or c.fill or c.drawn for c in row)]
        names = self.priorities.names | portfolios(table, rows, self.codes)
        aligned = [align(row, table.columns, self.codes, self.quarter, names) for row in rows]
        told = told_of(table, aligned, self.codes)
        end = end_of_lines(table, rows, self.codes, self.furniture)
        while end in told and min(told) < end:
            end += 1
        for row in rows[end:]:
            self.narratives.take(printed(row), self.measures)
        claim_below(rows[end:], self.ledger)
        rows, aligned = rows[:end], aligned[:end]
        self.priorities.names = names
        if "label" in table.fields():
            columns, laid = by_label(table.columns, aligned, self.codes)
            for number, cell in (item for line in aligned for item in line.cells.items()):
                if table.columns[number].field == "label":
                    self.ledger.claim(cell, "heading", "label")
            self._read_laid(replace(table, columns=columns), laid)
            return
        if lists_periods(table.columns):
            self._read_listed(
                table, [row for row in aligned if not self.furniture(printed([*row.cells.values()]))]
            )
            return
        self.coloured = coloured_results(table, aligned)
        rated = rates_priorities(table, aligned, self.codes)
        whole = self._whole(table, aligned)
        moved: list[Cell] = []
        for number, row in enumerate(rows):
            # A page ends, and the priority above goes on: even in the middle of its texts.
            self.priorities.broken = self.priority is not None and self.part not in (None, row[0].place.part)
            self.part = row[0].place.part
            cells = printed(row)
            if of_period(self, cells) or self.furniture(cells):
                continue
            if number in told:
                self.narratives.tell(cells[0], told[number], self.measures)
            elif (line := whole[number]) and not self._loose(table, cells, PRIORITY in told.values()):
                if line.moved:
                    moved.append(next(cell for cell in line.cells.values() if not cell.blank))
                self._line(table, line, rated)
        if moved:
            self.ledger.find("row-moved", moved[0], places=", ".join(str(cell.place) for cell in moved))

    def _whole(self, table: Table, rows: list[Row]) -> list[Row | None]:
        """The rows with those whole that a page broke."""
        of_pages = [self.furniture(printed([*row.cells.values(), *row.stray])) for row in rows]
        whole = [None if skip else row for skip, row in zip(of_pages, mended(table, rows), strict=True)]
        found = gone_on(table, whole)
        for cell, name in found.pieces:
            self.ledger.claim(cell, "value", name)
        for cell in found.joined:
            self.ledger.find("continuation-joined", cell)
        return found.rows

    def _read_laid(self, table: Table, laid: list[dict[int, Cell]]) -> None:
        """Lines whose cells are in their columns."""
        for cells in laid:
            self._line(table, Row(cells), False)

    def _below_laid(self, table: Table) -> None:
        """Claim what tells of the measure of a form, and what stands below a table whose lines are laid."""
        for cells in table.told:
            if not self.furniture(cells):
                self.narratives.tell(cells[0], "measure", self.measures)
        rest = [row for row in map(printed, table.rows) if not any(map(self.ledger.claimed, row))]
        claim_below([row for row in rest if not self.furniture(row)], self.ledger)

    def _read_listed(self, table: Table, rows: list[Row]) -> None:
        """Lines that name the period of their figure."""
        for cell in (cell for row in rows for cell in row.stray):
            self.ledger.keep_out("stray-cell", cell)
        listed = by_measure(table.columns, rows, self.year)
        for cell in listed.periods:
            self.ledger.claim(cell, "heading", "period")
        self._read_laid(replace(table, columns=listed.columns), listed.laid)
        for cell, name in listed.same:
            self.ledger.claim(cell, "value", name)

    def _claim_headings(self, table: Table) -> None:
        for column in table.columns:
            if column.field in ("unknown", "foreign"):
                self.ledger.keep_out(
                    "heading-unknown", column.cell, nearest=nearest_names(column.cell, self.codes)
                )
            if any(column.cell is cell for cell in table.guessed):
                rule = "heading-blank" if column.cell.blank else "heading-guessed"
                self.ledger.find(rule, column.cell, meaning=column.field.replace("_", " "))
            self.ledger.claim(column.cell, "heading", column.field)
            if column.field.startswith(AGAIN):
                self.ledger.find("column-twice", column.cell, meaning=column.field.removeprefix(AGAIN))
            if column.misspelt:
                self.ledger.find("heading-misspelt", column.cell, meaning=column.misspelt)
        if table.section:
            self.ledger.claim(table.section, "heading", "section")
        for cell in [*table.levels, *table.repeats]:
            self.ledger.claim(cell, "heading", "heading")

    def furniture(self, cells: Cells) -> bool:
        """Claim a row of declared furniture or a repeated title."""
        text = key(" ".join(cell.text for cell in cells))
        title = key(self.title.text)
        own = is_title(text) or text == key(self.title.council or "")
        repeated = bool(title) and (text == title or (len(text) > 8 and text in title and own))
        # Two numbers are figures: a row whose measure stands on the next page has no more.
        lettered = len(cells) == 1 or any(letter.isalpha() for letter in text)
        declared = 0 < len(cells) <= 2 and lettered and all(self.codes.is_furniture(c.text) for c in cells)
        foot = bool(cells) and (running(cells) in self.feet or rules(cells))
        if not repeated and not declared and not foot:
            return False
        for cell in cells:
            self.ledger.claim(cell, "furniture", "title" if repeated else "foot" if foot else "furniture")
        return True

    def _loose(self, table: Table, cells: Cells, narrated: bool) -> bool:
        """Rows of one text between the lines: the name of a section, or of a priority that is ``narrated`` below."""
        if len(cells) != 1:
            return False
        cell = cells[0]
        first = min(column.cell.place.column for column in table.columns)
        wide = cell.columns > 1 and cell.columns >= len(table.columns) - 1
        if cell.rows > 1 or (cell.place.column > first and not wide):
            return False
        if not wide and ("priority" in table.fields() or plain_among_styled(cell, table)):
            return False
        self.ledger.claim(cell, "heading", "section")
        rated = "rag" in table.fields() and not self.section
        if "priority" not in table.fields() and (rated or narrated):
            self.priorities.begin({"priority": cell}, self.section)
        else:
            self.section = cell.text.strip()
        return True

    def _line(self, table: Table, row: Row, card: bool) -> None:
        for cell in row.stray:
            self.ledger.keep_out("stray-cell", cell)
        fields: dict[str, Cell] = {}
        for number, cell in row.cells.items():
            column = table.columns[number]
            for broken, whole in self.hyphens.broken(cell.text).items():
                if whole:
                    self.ledger.find("word-mended", cell, broken, word=whole)
                else:
                    self.ledger.find("word-broken", cell, broken)
            if column.field in ("unknown", "foreign"):
                self.ledger.claim(cell, "finding", "heading-unknown")
            elif column.field != "quarter":
                of_row = untinted(cell, row.cells.values()) if column.field == "rag" else cell
                fields.setdefault(column.field, of_row)
        measure = fields.get("measure")
        if measure and key(measure.text) in self.codes.words["total"]:
            for cell in row.cells.values():
                self.ledger.claim(cell, "furniture", "total")
            return
        if measure and heads(table, row):
            self.priorities.begin({**fields, "priority": measure}, self.section)
            return
        priority = fields.get("priority")
        own = fields if card else {name: cell for name, cell in fields.items() if name != "rag"}
        if priority and not priority.blank:
            self.priorities.begin(own, self.section)
        else:
            self.priorities.fill(own)
        for name in ("directorate",):
            if name in fields:
                self.ledger.claim(fields[name], "value", name)
        self._measure(table.columns, row.cells, fields, card)

    def rating(self, cell: Cell) -> Rating | None:
        """The rating of a cell, claimed."""
        return claimed_rating(cell, self.codes, self.ledger)

    @property
    def priority(self) -> dict[str, Any] | None:
        """The priority that the line belongs to."""
        return self.priorities.current

    def _measure(
        self, columns: list[Heading], cells: Mapping[int, Cell], fields: Mapping[str, Cell], card: bool
    ) -> None:
        named = fields.get("measure")
        values = [
            cell
            for number, cell in cells.items()
            if not cell.blank and columns[number].field not in (*OF_PRIORITY, "directorate", "unknown")
        ]
        if named is None or named.blank:
            return
        blanks = self.codes.values.blanks
        if all(key(cell.text) in blanks for cell in values):
            for cell in values:
                self.ledger.claim(cell, "value", "no measure")
            return
        self.measures += 1
        self._tell_months(columns, cells)
        found = measure_rows(self, columns, cells, fields, card)
        for table, rows in found.items():
            self.rows[table] += rows

    def _tell_months(self, columns: list[Heading], cells: Mapping[int, Cell]) -> None:
        """Say once that figures are given by the month and none for a quarter, so that nobody takes them for lost."""
        fields = {column.field for column in columns}
        if self.monthly or "quarter" in fields or ("latest" in fields and "period" not in fields):
            return
        months = (columns[number] for number in sorted(cells) if not cells[number].blank)
        first = next((column for column in months if column.field == "month"), None)
        if first:
            self.monthly = True
            self.ledger.find("months-only", first.cell)
