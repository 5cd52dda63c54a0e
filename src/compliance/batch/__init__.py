"""Contracts and parties in files: JSON, JSON Lines, YAML and CSV in; decisions, and as CSV out.

Reading is strict, bounded in memory and never stops at a bad row: what cannot be read is a row with
its problems, each at its line and column. A file that is not what it claims to be is an InputError.
"""

from compliance.batch.contract_files import FORMATS, read_contracts, read_parties
from compliance.batch.row import Row
from compliance.batch.screened import ScreenedRow, screen_rows
from compliance.batch.writing import csv_lines
from compliance.files import Readable

__all__ = [
    "FORMATS",
    "Readable",
    "Row",
    "ScreenedRow",
    "csv_lines",
    "read_contracts",
    "read_parties",
    "screen_rows",
]
