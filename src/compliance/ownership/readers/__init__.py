"""Readers of ownership files: what a file states, in one value, whatever its format.

`read` recognizes a format by what is in the file; `Statements.graph` is the graph of what it says.
"""

from compliance.ownership.readers.formats import formats, read, recognized
from compliance.ownership.readers.statements import (
    Remark,
    ReportingException,
    StatedIdentifier,
    StatedParty,
    Statements,
)

__all__ = [
    "Remark",
    "ReportingException",
    "StatedIdentifier",
    "StatedParty",
    "Statements",
    "formats",
    "read",
    "recognized",
]
