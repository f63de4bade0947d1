"""Conditional formats."""

from __future__ import annotations

from pipeline.extract.excel_sheet import Sheet, Table
from pipeline.extract.excel_styles import Styles
from pipeline.shapes import Finding


def apply_conditions(table: Table, stored: Sheet, styles: Styles, sheet: str) -> list[Finding]:
    """Give cells the fills of the rules that hold for them; a finding for each rule that cannot be worked out."""
    return []
