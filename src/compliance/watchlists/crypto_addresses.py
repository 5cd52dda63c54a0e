"""The "crypto-addresses-json" format: the digital currency addresses of OFAC's SDN list.

0xB10C extracts them from SDN_ADVANCED.XML, one JSON array of texts for each asset:
https://github.com/0xB10C/ofac-sanctioned-digital-currency-addresses

`path` is the folder of sanctioned_addresses_ASSET.json files, or one of them. Invariants: each
address of each file is one entry, of kind wallet, its name the address, which is its identifier of
the scheme "wallet" as in OFAC's own files; one address of two assets is two entries. Which party
holds an address and since when is not in the files: `listed_on` and `published` are None.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from compliance.errors import Problem, WatchlistError
from compliance.watchlists import source
from compliance.watchlists.listing import Identifier, Listing, Watchlist
from compliance.watchlists.measures import measured

LIST_ID: Final = "ofac-sdn-wallets"
_FILE = re.compile(r"sanctioned_addresses_([A-Z0-9]+)\.json", re.ASCII)
_PATTERN: Final = "sanctioned_addresses_ASSET.json"


def read_addresses(path: Path, id: str | None = None) -> Watchlist:  # noqa: A002 - DESIGN names it
    """The list of one folder or file; its id is `id`, or else "ofac-sdn-wallets".

    Raises:
        WatchlistError: no such file, a file that is not an array of texts without white space, an
            address twice in one file; every defect of every file.
    """
    list_id = id or LIST_ID
    problems: list[Problem] = []
    listings: list[Listing] = []
    for file, asset in _files(path):
        addresses = source.json_value(file)
        found = _defect(addresses)
        if found:
            problems.append(source.problem(file, found))
            continue
        for number, address in enumerate(addresses):
            listings.append(
                Listing(
                    id=f"{asset}:{address}",
                    list_id=list_id,
                    name=address,
                    kind="wallet",
                    identifiers=(Identifier("wallet", address),),
                    remarks=f"Digital Currency Address - {asset}",
                    source=f"{file}: {number}",
                )
            )
    if problems:
        raise WatchlistError(problems)
    if not listings:
        raise source.defect(path, "no address")
    whole = Watchlist(
        id=list_id,
        title="Digital currency addresses of the SDN list",
        publisher="OFAC; extracted by 0xB10C",
        url="https://github.com/0xB10C/ofac-sanctioned-digital-currency-addresses",
        listings=tuple(listings),
        note="addresses alone: who holds one is not in the files",
    )
    return measured(whole, "ofac-sdn-wallets", path)


def _files(path: Path) -> list[tuple[Path, str]]:
    """Each file with its asset, sorted by name."""
    try:
        candidates = sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        raise source.defect(path, error.strerror or str(error)) from error
    found = [(file, name[1]) for file in candidates if (name := _FILE.fullmatch(file.name))]
    if not path.exists():
        raise source.defect(path, "no such file or folder")
    if not found:
        raise source.defect(path, f"no file {_PATTERN}")
    return found


def _defect(addresses: Any) -> str:
    """What is wrong with the content of one file; "" where nothing is."""
    if not isinstance(addresses, list):
        return "not an array of addresses"
    seen: set[str] = set()
    for number, address in enumerate(addresses):
        if not isinstance(address, str) or not re.fullmatch(r"[0-9A-Za-z:]+", address, re.ASCII):
            return f"{number}: {address!r} is not an address"
        if address in seen:
            return f"{number}: {address} a second time"
        seen.add(address)
    return ""
