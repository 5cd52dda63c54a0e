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
from compliance.watchlists.rows import suggestion

Reader = Callable[[Path, str | None], Watchlist]

# Format -> module and function; a module is imported when its format is first asked for.
READERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bis-dpl-tsv": "compliance.watchlists.bis_dpl:read_dpl",
        "cn-sanctions-csv": "compliance.watchlists.mapped_csv:read_cn_sanctions",
        "crypto-addresses-json": "compliance.watchlists.crypto_addresses:read_addresses",
        "csv": "compliance.watchlists.delimited:read_csv",
        "eu-fsf-csv": "compliance.watchlists.eu_fsf_csv:read_csv",
        "eu-fsf-xml": "compliance.watchlists.eu_fsf:read_fsf",
        "eu-journal-csv": "compliance.watchlists.eu_journal:read_journal",
        "ftm-json": "compliance.watchlists.ftm_json:read_ftm",
        "gleif-csv": "compliance.watchlists.gleif_csv:read_gleif",
        "gleif-lei-csv": "compliance.watchlists.gleif_golden:read_gleif_golden",
        "ita-csl-csv": "compliance.watchlists.csl_csv:read_csv",
        "ita-csl-json": "compliance.watchlists.csl_json:read_json",
        "jp-meti-txt": "compliance.watchlists.jp_meti:read_meti",
        "mapped-csv": "compliance.watchlists.mapped_csv:read_mapped",
        "mapped-json": "compliance.watchlists.mapped_json:read_mapped_json",
        "ofac-consolidated-advanced-xml": "compliance.watchlists.ofac_advanced:read_consolidated",
        "ofac-consolidated-csv": "compliance.watchlists.ofac_csv:read_consolidated",
        "ofac-consolidated-deltas": "compliance.watchlists.ofac_delta:read_consolidated",
        "ofac-consolidated-xml": "compliance.watchlists.ofac_xml:read_consolidated",
        "ofac-sdn-advanced-xml": "compliance.watchlists.ofac_advanced:read_sdn",
        "ofac-sdn-csv": "compliance.watchlists.ofac_csv:read_sdn",
        "ofac-sdn-deltas": "compliance.watchlists.ofac_delta:read_sdn",
        "ofac-sdn-resaved-csv": "compliance.watchlists.ofac_csv:read_resaved",
        "ofac-sdn-xml": "compliance.watchlists.ofac_xml:read_sdn",
        "uk-ofsi-text": "compliance.watchlists.ofsi_text:read_ofsi_text",
        "uk-sanctions-list-csv": "compliance.watchlists.uk_list_rows:read_csv",
        "uk-sanctions-list-ods": "compliance.watchlists.uk_list_rows:read_ods",
        "uk-sanctions-list-xml": "compliance.watchlists.uk_list_xml:read_xml",
        "un-xml": "compliance.watchlists.un_xml:read_un",
        "us-1260h-csv": "compliance.watchlists.mapped_csv:read_us_1260h",
        "us-1286-csv": "compliance.watchlists.mapped_csv:read_us_1286",
        "us-353-csv": "compliance.watchlists.mapped_csv:read_us_353",
        "us-cuba-csv": "compliance.watchlists.mapped_csv:read_us_cuba",
        "us-fincen-csv": "compliance.watchlists.mapped_csv:read_us_fincen",
        "us-list-json": "compliance.watchlists.us_json:read_us_json",
        "yaml": "compliance.watchlists.excerpt:read_yaml",
    }
)


def formats() -> tuple[str, ...]:
    """The names of the formats, sorted."""
    return tuple(sorted(READERS))


def read(
    format: str,  # noqa: A002 - DESIGN names it
    path: Path | str,
    id: str | None = None,  # noqa: A002 - as above
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
    reader = cast("Reader", getattr(import_module(module), name))
    return reader(Path(path), id)
