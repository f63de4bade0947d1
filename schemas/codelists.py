"""The code lists of schemas/codes that the warehouse joins, and the people's decisions kept in raw/.

A list that has no model here (headings, ratings, blanks, ...) belongs to the reading of documents; the
warehouse keeps it as text.
"""

from __future__ import annotations

from typing import ClassVar

from schemas.columns import (
    DIMENSIONS,
    ROLES,
    SEVERITIES,
    Number,
    Table,
    Text,
    Whole,
    col,
    date_column,
    quarter_column,
    year_column,
)

POLARITIES = ("higher", "lower", "on target")
BASES = ("stated", "inferred", "confirmed")


class Rules(Table):
    """Every rule that can give a finding, with how much it matters and what to do."""

    rule: Text = col("The rule's name; for a check of the warehouse also its file name", needed=True)
    severity: Text = col(
        "error (a figure is missing or wrong), warning (look at it) or note", needed=True, isin=SEVERITIES
    )
    dimension: Text = col("Dimension of data quality", needed=True, isin=DIMENSIONS)
    message: Text = col(
        "What is said to the reader; {names} are filled with the finding's values", needed=True
    )
    advice: Text = col("What to do about it", needed=True)

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["rule"]


class Measures(Table):
    """The measure dictionary: what people have said, or the documents suggest, about a measure."""

    measure_id: Text = col("The measure's identity, the same in every document", needed=True)
    name: Text = col("Short name to show", needed=True)
    scope: Text = col(
        "corporate (every directorate reports its own), council (one figure for the whole council) or directorate",
        needed=True,
        isin=("corporate", "council", "directorate"),
    )
    unit: Text = col("Unit of the results: percent, GBP, days, count, ...")
    polarity: Text = col(
        "Which way is better: higher, lower or on target; empty when not known", isin=POLARITIES
    )
    frequency: Text = col("How often a result is due", isin=("quarterly", "half-yearly", "annual", "monthly"))
    kind: Text = col(
        "snapshot (each quarter stands alone), cumulative (counts from April) or flow (quarters add up to the year)",
        isin=("snapshot", "cumulative", "flow"),
    )
    tolerance: Number = col("Two sources agree when they differ by no more than this", unit="as unit", ge=0)
    twin_of: Text = col(
        "Another measure whose figure is close in meaning but not the same; shown side by side"
    )
    owner: Text = col("Officer or team answerable for the measure")
    basis: Text = col(
        "Where the entry comes from: stated in a document, inferred from its wording, or confirmed by a person",
        needed=True,
        isin=BASES,
    )
    decided_by: Text = col("Who entered or confirmed it")
    decided_on: Text = date_column("Day it was entered or confirmed")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["measure_id"]


class Wordings(Table):
    """Wordings that a person has said belong to a measure, beyond what joins by itself."""

    wording: Text = col("Wording as printed; case, spacing and punctuation do not matter", needed=True)
    directorate: Text = col("Directorate whose documents it holds for; empty for all")
    section: Text = col("Section it holds for, where one wording stands for two measures; empty for all")
    measure_id: Text = col("The measure's identity", needed=True)
    decided_by: Text = col("Who decided")
    decided_on: Text = date_column("Day of the decision")
    why: Text = col("Why the wordings are one measure")
    council: Text = col("Council it holds for; empty for all")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["wording", "council", "directorate", "section"]


class RagRules(Table):
    """Dated rules that turn a result into a RAG rating; the computed rating stands beside the stated one."""

    rule_version: Text = col("Name of this version of the rule", needed=True)
    council: Text = col("Council it holds for; empty for all")
    measure_id: Text = col("Measure it holds for; empty for all")
    from_year: Text = year_column("First financial year it holds for; empty from the beginning")
    from_quarter: Whole = quarter_column("First quarter of that year; empty for the first")
    to_year: Text = year_column("Last financial year it holds for; empty until today")
    to_quarter: Whole = quarter_column("Last quarter of that year; empty for the fourth")
    method: Text = col(
        "threshold (limits for the result itself), variance (percent short of target) or points (units short of target)",
        needed=True,
        isin=("threshold", "variance", "points"),
    )
    polarity: Text = col("Which way is better; empty takes the measure's own", isin=POLARITIES)
    green: Number = col(
        "Green up to this shortfall, or from this result; for 'on target' up to this distance from the target",
        needed=True,
        unit="percent, or as unit",
    )
    amber: Number = col(
        "Amber up to this shortfall, from this result or up to this distance from the target; red beyond",
        needed=True,
        unit="percent, or as unit",
    )
    why: Text = col("Where the rule is written down")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["rule_version", "council", "measure_id"]


class SeriesBreaks(Table):
    """Points from which a measure is no longer comparable with its past: no arrow is drawn across one."""

    measure_id: Text = col("The measure", needed=True)
    directorate: Text = col("Directorate it holds for; empty for all")
    financial_year: Text = year_column("Financial year of the first result of the new kind", needed=True)
    quarter: Whole = quarter_column("Quarter of the first result of the new kind", needed=True)
    why: Text = col("What changed", needed=True)
    council: Text = col("Council it holds for; empty for all")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["measure_id", "council", "directorate", "financial_year", "quarter"]


class Expected(Table):
    """The register of documents that are due."""

    directorate: Text = col("Directorate that owes the document", needed=True)
    document_role: Text = col("scorecard or return", needed=True, isin=ROLES)
    from_year: Text = year_column("First financial year due", needed=True)
    from_quarter: Whole = quarter_column("First quarter due", needed=True)
    to_year: Text = year_column("Last financial year due; empty: up to the newest period in the warehouse")
    to_quarter: Whole = quarter_column("Last quarter due")
    days_after_quarter: Whole = col(
        "Days after the end of the quarter when the document is due; empty when no day is set",
        unit="days",
        ge=0,
    )
    council: Text = col("Council that the directorate belongs to; empty for each with such a directorate")


class DirectorateHistory(Table):
    """Renamed, merged and split directorates and portfolios, one line per old and new name."""

    what: Text = col("directorate or portfolio", needed=True, isin=("directorate", "portfolio"))
    old: Text = col("Name or code before", needed=True)
    new: Text = col("Name or code after", needed=True)
    change: Text = col(
        "renamed (measures go on), merged or split (history is shown, measures are not joined)",
        needed=True,
        isin=("renamed", "merged", "split"),
    )
    from_year: Text = year_column("Financial year of the first period under the new name", needed=True)
    from_quarter: Whole = quarter_column("Quarter of the first period under the new name", needed=True)
    why: Text = col("Decision or document that says so")
    council: Text = col("Council it holds for; empty for each with such a name")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["what", "council", "old", "new"]


class Sources(Table):
    """Which source counts where several give a figure for the same period: the lowest rank."""

    directorate: Text = col("Directorate it holds for; empty for all")
    measure_id: Text = col("Measure it holds for; empty for all")
    document_role: Text = col("scorecard or return", needed=True, isin=ROLES)
    rank: Whole = col("1 counts before 2", needed=True, ge=1)
    why: Text = col("Why this source counts")
    council: Text = col("Council it holds for; empty for all")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["council", "directorate", "measure_id", "document_role"]


class PolarityWords(Table):
    """Printed words for which way is better."""

    text: Text = col("Words as printed, in lower case", needed=True)
    polarity: Text = col("higher, lower or on target", needed=True, isin=POLARITIES)

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["text"]


class Corrections(Table):
    """People's corrections of a printed figure: they hold only while the source still reads as expected."""

    document_path: Text = col("Path of the document below raw/", needed=True)
    place: Text = col("Where the text stands, as the warehouse gives it", needed=True)
    expected_text: Text = col("The text printed there when the correction was made", needed=True)
    meaning: Text = col("What should be read instead, written as it would be printed", needed=True)
    why: Text = col("Reason", needed=True)
    decided_by: Text = col("Who decided", needed=True)
    decided_on: Text = date_column("Day of the decision", needed=True)

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["document_path", "place", "expected_text"]


class Waivers(Table):
    """Findings that people accept until a day."""

    rule: Text = col("The rule", needed=True)
    document_path: Text = col("Path of the document below raw/; empty for all")
    place: Text = col("Where in the document; empty for everywhere")
    measure: Text = col("Measure as printed; empty for all")
    until: Text = date_column("Last day that the waiver holds", needed=True)
    why: Text = col("Reason", needed=True)
    decided_by: Text = col("Who decided", needed=True)
    decided_on: Text = date_column("Day of the decision", needed=True)


CODE_LISTS: dict[str, type[Table]] = {
    "rules": Rules,
    "measures": Measures,
    "wordings": Wordings,
    "rag_rules": RagRules,
    "series_breaks": SeriesBreaks,
    "expected": Expected,
    "directorate_history": DirectorateHistory,
    "sources": Sources,
    "polarity_words": PolarityWords,
}
DECISIONS: dict[str, type[Table]] = {"corrections": Corrections, "waivers": Waivers}
