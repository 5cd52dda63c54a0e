"""Files of others: opened within bounds, plain, gzip or ZIP, as lines, JSON, rows, XML and sheets.

Every function takes `refuse`, which makes the error of the room that reads. Nothing is believed: a
file is read to a stated size after decompression, a record to a stated length; XML with a document
type or an entity is refused, JSON with a key twice or a NaN too.
"""

from __future__ import annotations

from compliance.files.json import Locate, NotJsonError, decoded, locator
from compliance.files.json_records import json_records
from compliance.files.opening import (
    Bounded,
    Readable,
    Refuse,
    lines,
    opened,
    read_bytes,
    refused,
    text_of,
)
from compliance.files.rows import rows
from compliance.files.shape import Shape, outline
from compliance.files.spreadsheet import sheet_rows
from compliance.files.xml import Placed, elements, placed, root

__all__ = [
    "Bounded",
    "Locate",
    "NotJsonError",
    "Placed",
    "Readable",
    "Refuse",
    "Shape",
    "decoded",
    "elements",
    "json_records",
    "lines",
    "locator",
    "opened",
    "outline",
    "placed",
    "read_bytes",
    "refused",
    "root",
    "rows",
    "sheet_rows",
    "text_of",
]
