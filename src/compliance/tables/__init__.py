"""Reviewed tables in YAML and CSV as typed rows, each defect with file, line and column."""

from __future__ import annotations

from compliance.tables.table import Findings, Listed, Number, Strict, Words, divided, read_table

__all__ = ["Findings", "Listed", "Number", "Strict", "Words", "divided", "read_table"]
