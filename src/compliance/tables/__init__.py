"""Reviewed tables in YAML and CSV as typed rows, each defect with file, line and column."""

from __future__ import annotations

from compliance.tables.table import (
    Findings,
    Listed,
    Number,
    SetOf,
    Strict,
    Words,
    WordSet,
    divided,
    read_table,
    table_of,
)

__all__ = [
    "Findings",
    "Listed",
    "Number",
    "SetOf",
    "Strict",
    "WordSet",
    "Words",
    "divided",
    "read_table",
    "table_of",
]
