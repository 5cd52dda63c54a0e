"""The files of third parties in the shared data, and the mapping that reads each."""

from __future__ import annotations

import csv
import runpy
import shutil
from pathlib import Path
from types import MappingProxyType
from typing import Final

from compliance.watchlists import Watchlist, read

EXAMPLES: Final = Path(__file__).parents[4] / "examples" / "lists"
US_LISTS: Final = "us_lists_2026-07"
# List -> the format, the mapping, and what stands beside it.
MAPPED: Final = MappingProxyType(
    {
        "eu-journal": ("mapped-csv", "eu_journal.yaml", "eu/journal_sanctions"),
        "gleif": ("mapped-csv", "gleif_extract.yaml", "gleif/lei_companies_2025-10.csv.gz"),
        "ofac-sdn-wallets": ("mapped-json", "sdn_wallets.yaml", "crypto"),
    }
)


def us_list(path: Path) -> Watchlist:
    """A list of an agency of the United States, from a conversion to JSON."""
    form = "bis-entity-list-json" if "entity_list" in path.name else "us-list-json"
    return read(form, path)


def mapped(name: str, shared: Path, folder: Path) -> Watchlist:
    """The list of a file of the shared data, by the example beside which it is put."""
    form, mapping, data = MAPPED[name]
    shutil.copy(EXAMPLES / mapping, folder)
    if (shared / data).is_dir():
        shutil.copytree(shared / data, folder, dirs_exist_ok=True)
    else:
        shutil.copy(shared / data, folder)
    return read(form, folder / mapping)


def meti(text: Path, folder: Path) -> Watchlist:
    """METI's list, its text converted by the example.

    Raises:
        ValueError: the text is not METI's.
    """
    rows = runpy.run_path(str(EXAMPLES / "jp_meti_to_csv.py"))["rows"](text.read_text("utf-8-sig"))
    shutil.copy(EXAMPLES / "jp_meti.yaml", folder)
    with (folder / "jp_meti.csv").open("w", encoding="utf-8", newline="") as file:
        header = ("Number", "Name", "Other names", "Addresses", "Remarks")
        csv.writer(file).writerows((header, *rows))
    return read("mapped-csv", folder / "jp_meti.yaml")
