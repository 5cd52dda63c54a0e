"""The formats a list can be read from, by name. A new format enters through this one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from compliance.errors import Problem, UnknownNameError
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.rows import suggestion

Reader = Callable[[Path, str | None], Watchlist]

# Format -> module and function; a module is imported when its format is first asked for.
READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bis-dpl-tsv": "compliance.watchlists.bis_dpl:read_dpl",
        "cn-sanctions-csv": "compliance.watchlists.mapped_csv:read_cn_sanctions",
        "csv": "compliance.watchlists.delimited:read_csv",
        "ita-csl-csv": "compliance.watchlists.csl_csv:read_csv",
        "ofac-consolidated-csv": "compliance.watchlists.ofac_csv:read_consolidated",
        "ofac-sdn-csv": "compliance.watchlists.ofac_csv:read_sdn",
        "mapped-csv": "compliance.watchlists.mapped_csv:read_mapped",
        "us-1260h-csv": "compliance.watchlists.mapped_csv:read_us_1260h",
        "us-1286-csv": "compliance.watchlists.mapped_csv:read_us_1286",
        "us-353-csv": "compliance.watchlists.mapped_csv:read_us_353",
        "us-cuba-csv": "compliance.watchlists.mapped_csv:read_us_cuba",
        "us-fincen-csv": "compliance.watchlists.mapped_csv:read_us_fincen",
        "un-xml": "compliance.watchlists.un_xml:read_un",
        "us-list-json": "compliance.watchlists.us_json:read_us_json",
        "yaml": "compliance.watchlists.excerpt:read_yaml",
    }
)


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(READERS))


def read(format: str, path: Path | str, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names them
    """A list from a file in a named format; `id` replaces the one that the file gives.

    Raises:
        UnknownNameError: no such format.
        WatchlistError: the file is not a list in that format, with every defect.
        YamlError: for "yaml", the file is not strict YAML.
    """
    place = READERS.get(format)
    if place is None:
        hint = suggestion(format, READERS)
        raise UnknownNameError(
            Problem.at(f"unknown watchlist format {format!r}", hint=hint, code="unknown_name")
        )
    module, _, name = place.partition(":")
    reader = cast("Reader", getattr(import_module(module), name))
    return reader(Path(path), id)
