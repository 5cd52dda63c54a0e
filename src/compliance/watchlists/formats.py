"""The formats a list can be read from, by name. A new format enters through this one table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

from compliance.errors import Problem, UnknownNameError
from compliance.watchlists.licenses import require_acceptance
from compliance.watchlists.listing import Watchlist
from compliance.watchlists.own_list import suggestion

Reader = Callable[[Path, str | None], Watchlist]

# Format -> module of `readers` and function; it is imported when its format is first asked for.
READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bis-dpl-tsv": "bis_dpl:read_dpl",
        "bis-entity-list-json": "mapped_json:read_bis_entity_list",
        "cn-sanctions-csv": "mapped_csv:read_cn_sanctions",
        "csv": "csv_list:read_csv",
        "eu-fsf-csv": "eu_fsf_csv:read_csv",
        "eu-fsf-xml": "eu_fsf:read_fsf",
        "ftm-json": "ftm_json:read_ftm",
        "gleif-lei-csv": "gleif_lei:read_gleif_golden",
        "ita-csl-csv": "csl_csv:read_csv",
        "ita-csl-json": "csl_json:read_json",
        "mapped-csv": "mapped_csv:read_mapped",
        "mapped-json": "mapped_json:read_mapped_json",
        "ofac-consolidated-advanced-xml": "ofac_advanced:read_consolidated",
        "ofac-consolidated-csv": "ofac_csv:read_consolidated",
        "ofac-consolidated-deltas": "ofac_delta:read_consolidated",
        "ofac-consolidated-xml": "ofac_xml:read_consolidated",
        "ofac-sdn-advanced-xml": "ofac_advanced:read_sdn",
        "ofac-sdn-csv": "ofac_csv:read_sdn",
        "ofac-sdn-deltas": "ofac_delta:read_sdn",
        "ofac-sdn-resaved-csv": "ofac_csv:read_resaved",
        "ofac-sdn-xml": "ofac_xml:read_sdn",
        "uk-sanctions-list-csv": "uk_list_rows:read_csv",
        "uk-sanctions-list-ods": "uk_list_rows:read_ods",
        "uk-sanctions-list-xml": "uk_list_xml:read_xml",
        "un-xml": "un_xml:read_un",
        "us-1260h-csv": "mapped_csv:read_us_1260h",
        "us-1286-csv": "mapped_csv:read_us_1286",
        "us-353-csv": "mapped_csv:read_us_353",
        "us-cuba-csv": "mapped_csv:read_us_cuba",
        "us-fincen-csv": "mapped_csv:read_us_fincen",
        "us-list-json": "mapped_json:read_us_list",
        "yaml": "yaml_list:read_yaml",
    }
)


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(READERS))


def read(
    format: str,
    path: Path | str,
    id: str | None = None,
    *,
    accept_license: str | Collection[str] = (),
) -> Watchlist:
    """A list from a file in a named format; `id` replaces the one that the file gives.

    `accept_license` names licenses that the caller accepts; a format whose data is licensed is not
    read without its own (docs/lists.md).

    Raises:
        UnknownNameError: no such format.
        WatchlistError: the license of the data is not accepted; the message shows its terms.
        WatchlistError: the file is not a list in that format, with every defect.
    """
    place = READERS.get(format)
    if place is None:
        hint = suggestion(format, READERS)
        raise UnknownNameError(
            Problem.at(f"unknown watchlist format {format!r}", hint=hint, code="unknown_name")
        )
    accepted = (accept_license,) if isinstance(accept_license, str) else accept_license
    require_acceptance(format, Path(path), accepted)
    module, _, name = place.partition(":")
    found = import_module(f"compliance.watchlists.readers.{module}")
    reader = cast("Reader", getattr(found, name))
    return reader(Path(path), id)
