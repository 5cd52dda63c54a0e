"""Small OpenDocument spreadsheets for tests, written as the format's schema has them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>"
)
_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def cell(text: str, more: str = "") -> str:
    """A cell with a paragraph for each line."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n") if text)
    return f"<table:table-cell{more}>{lines}</table:table-cell>"


def sheet(rows: Iterable[str], name: str = "Sheet1") -> str:
    """A sheet of rows that are XML already."""
    return f'<table:table table:name="{name}">{"".join(rows)}</table:table>'


def row(cells: Sequence[str], more: str = "") -> str:
    """A row of texts."""
    return f"<table:table-row{more}>{''.join(map(cell, cells))}</table:table-row>"


def write_ods(path: Path, *sheets: str) -> Path:
    """A spreadsheet of sheets."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _HEAD + "".join(sheets) + _FOOT)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return path
