"""Files of third parties say through a mapping what readers of their own said before.

third_parties.json has, for each list, what those readers made of the same files: the numbers of
entries and names, and the beginning of a SHA-256 for
each field over all entries. `remarks` are left out: there the
same words stand in another order. `BETTER` are the entries of which the mapping says more, or the
same without a repetition.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import pytest

from compliance.watchlists import Watchlist
from sampling import size
from unit.watchlists.readers.third_parties import MAPPED, US_LISTS, mapped, meti, us_list

pytestmark = pytest.mark.shared
BEFORE: Final[Mapping[str, Any]] = json.loads(
    (Path(__file__).parent / "third_parties.json").read_text("utf-8")
)
METI: Final = "other_lists/jp_meti_ru_250912.txt"
# List and field -> entries that are not as before, with what they say now.
BETTER: Final[Mapping[tuple[str, str], Mapping[str, Any]]] = {
    # One address was there twice; a blank stood behind a citation; a day was there twice.
    ("bis_entity_list.json.gz", "addresses"): {"83313771a6abafc9": 14},
    ("bis_meu.json", "citation"): {"386d8eb67661b1ae": "85 FR 83799, 12/23/2020"},
    ("state_nonproliferation.json", "dates"): {"fd447090ecc918e1": 3},
    # Births that were not read. A range is as wide as the words.
    ("eu-journal", "birth_dates"): {
        "32002R0881:I:c427075e004953a6": ("1963-04-11", "1960-04-11"),
        "32012R0036:II.A:150": ("1940/1947",),
        "32013R0401:IV.A:97": ("1960/1979",),
        "32024R1485:IV.A:77": ("1980/1980",),
    },
    # An LEI with wrong check digits is the number that the register prints.
    ("gleif", "id"): {"549300FX7K9QRXDE7E94": "549300FX7K9QRXDE7E94"},
}
TRIED: Final = [n for n in sorted(BEFORE) if BEFORE[n]["entries"] < size(100_000, 1_000)]
US: Final = sorted(name for name in BEFORE if name.endswith((".json", ".gz")))


def digest(entries: Sequence[Mapping[str, Any]], field: str, without: frozenset[str]) -> str:
    said = [(entry["id"], entry[field]) for entry in entries if entry["id"] not in without]
    return hashlib.sha256(json.dumps(sorted(said), default=str).encode()).hexdigest()[:16]


def listed(name: str, shared: Path, folder: Path) -> Watchlist:
    if name in US:
        return us_list(shared / US_LISTS / name)
    return meti(shared / METI, folder) if name not in MAPPED else mapped(name, shared, folder)


@pytest.mark.parametrize("name", TRIED)
def test_every_field_is_as_the_reader_had_it(name: str, shared: Path, tmp_path: Path) -> None:
    found = listed(name, shared, tmp_path)
    before = BEFORE[name]
    assert len(found.listings) == before["entries"]
    assert sum(len(entry.names) for entry in found.listings) == before["names"]
    by_id = {entry.id: entry for entry in found.listings}
    as_read = [asdict(entry) for entry in found.listings]
    entirely = frozenset(BETTER.get((name, "id"), ()))
    for field, expected in before["fields"].items():
        better = BETTER.get((name, field), {})
        assert digest(as_read, field, entirely | better.keys()) == expected, field
        for id_, value in better.items():
            now = getattr(by_id[id_], field)
            assert (len(now) if isinstance(value, int) else now) == value
