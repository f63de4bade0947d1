"""The priorities of a scorecard."""

from __future__ import annotations

from typing import ClassVar

from schemas.columns import RATING_SOURCES, RATINGS, Table, Text, Whole, col


class Priorities(Table):
    """One row per document and priority, with its progress summary and its RAG rating as stated."""

    document_id: Text = col("The document", needed=True)
    priority_no: Whole = col("Number of the priority in its document, counting from 1", needed=True, ge=1)
    section: Text = col("Section of the scorecard that the line stands in, as printed")
    priority: Text = col("Priority as printed", needed=True)
    progress_summary: Text = col("Narrative of the priority as printed")
    rag: Text = col(
        "RAG rating as stated, never computed: Red, Amber, Green or Blue; empty when none is given",
        isin=RATINGS,
    )
    rag_text: Text = col("RAG rating as printed: a word, a letter, a symbol, or the colour of the cell")
    rag_source: Text = col("How the rating was given: word, letter, symbol or colour", isin=RATING_SOURCES)
    rag_place: Text = col("Where the RAG rating stands")
    portfolio: Text = col("Executive portfolio of the priority as printed")
    portfolio_place: Text = col("Where the portfolio stands")
    place: Text = col(
        "Where the text stands: 'p2 r14 c6' (page, row, column) or 'Return!F14' (sheet and cell)", needed=True
    )
    progress_summary_place: Text = col("Where the progress summary stands")

    class Config(Table.Config):
        unique: ClassVar[list[str]] = ["document_id", "priority_no"]
