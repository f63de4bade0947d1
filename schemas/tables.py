"""The base tables that a Reading fills, by name and in the order they are loaded."""

from __future__ import annotations

from schemas.cells import Cells, Findings
from schemas.columns import Table
from schemas.documents import Documents
from schemas.measures import Measures
from schemas.priorities import Priorities
from schemas.results import OtherValues, Results

TABLES: dict[str, type[Table]] = {
    "documents": Documents,
    "priorities": Priorities,
    "measures": Measures,
    "results": Results,
    "other_values": OtherValues,
    "cells": Cells,
    "findings": Findings,
}
