"""The measure lines of a document, each with its target."""

from __future__ import annotations

from typing import ClassVar

from schemas.columns import DIRECTIONS, RATING_SOURCES, RATINGS, Number, Table, Text, Whole, col


class Measures(Table):
    """One row per document, measure line and part; a measure printed as a) and b) has two rows."""

    document_id: Text = col("The document", needed=True)
    measure_no: Whole = col("Number of the measure line in its document, counting from 1", needed=True, ge=1)
    priority_no: Whole = col(
        "The priority that the measure supports; empty for a table without priorities", ge=1
    )
    section: Text = col("Section of the scorecard that the line stands in, as printed")
    priority: Text = col("Priority as printed")
    measure: Text = col("Wording of the measure as printed", needed=True)
    part: Text = col("'a', 'b', ... for a measure printed in parts, else empty")
    reference: Text = col("Code or number printed beside the measure")
    target_text: Text = col("Target as printed")
    target_value: Number = col(
        "Target as a number to compare (73% is 73); empty where the target is words", unit="as target_unit"
    )
    target_unit: Text = col(
        "Unit that the target prints: percent, GBP, days, ...; empty where it prints none"
    )
    target_status: Text = col("What the target is: value, compound, text, not_available, ...")
    target_comparator: Text = col("'<', '<=', '>', '>=' or 'about' printed with the target")
    target_place: Text = col("Where the target stands")
    rag: Text = col(
        "RAG rating as stated, never computed: Red, Amber, Green or Blue; empty when none is given",
        isin=RATINGS,
    )
    rag_text: Text = col("RAG rating as printed: a word, a letter, a symbol, or the colour of the cell")
    rag_source: Text = col("How the rating was given: word, letter, symbol or colour", isin=RATING_SOURCES)
    rag_place: Text = col("Where the RAG rating of the measure stands")
    rag_previous: Text = col("RAG rating of the quarter before, as this document states it", isin=RATINGS)
    direction_text: Text = col("Direction of travel as printed: a word, an arrow, ...")
    direction: Text = col("Direction of travel as stated: up, down or same", isin=DIRECTIONS)
    owner: Text = col("Officer named as answerable for the measure")
    comments: Text = col("Comments on the measure as printed")
    polarity_text: Text = col("Printed words on which way is better")
    portfolio: Text = col("Executive portfolio as printed")
    place: Text = col(
        "Where the text stands: 'p2 r14 c6' (page, row, column) or 'Return!F14' (sheet and cell)", needed=True
    )

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["document_id", "measure_no", "part"]
