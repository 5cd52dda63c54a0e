"""What `make calibration` measures: the scores of changed, listed and ordinary names.

Changed names are drawn with a seed of their own, not the one that the score was made with, and the
ordinary ones are those whose words the rarity table never counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

from bench import name_sets
from bench.name_scores import Found, Searched, Stopped, found, not_the_alias_itself, stopped
from bench.name_sets import Listed
from compliance.names import normalize
from compliance.names.scripts import script

SEED: Final = name_sets.SEED + 1
EACH: Final = 240
EACH_OF_A_LIST: Final = 25
PERSONS: Final = 6_000

# The lists by name; two of one publisher are one, an older copy of another is none of its own.
LISTS: Final = {
    "ofac/sdn_2021-07": "OFAC SDN",
    "ofac/cons_2025-12": "OFAC consolidated",
    "csl/consolidated_2022-05.csv.gz": "Consolidated Screening List",
    "un/UN_consolidated_2026-02-27.xml.gz": "UN Security Council",
    "us_lists_2026-07/bis_entity_list.json.gz": "BIS Entity List",
    "us_lists_2026-07/bis_dpl.json": "BIS Denied Persons",
    "us_lists_2026-07/state_debarred_statutory.json": "State, debarred",
    "us_lists_2026-07/state_nonproliferation.json": "State, nonproliferation",
    "eu": "EU Official Journal",
}
REST: Final = "other lists of the US"
_COPIES: Final = ("un/UN_consolidated_2020.xml.gz", "bis/dpl_2022.txt")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything measured. The names of `names` are distinct; `sizes` counts them by list."""

    names: int
    entries: int
    ordinary: int
    by_change: Mapping[str, Sequence[Found]]
    by_list: Mapping[str, Sequence[Found]]
    sizes: Mapping[str, int]
    companies: Sequence[Stopped]
    persons: Sequence[Stopped]

    @property
    def written(self) -> tuple[Found, ...]:
        """The changed names that the generator wrote, of all kinds: no aliases, no scripts."""
        kinds = (self.by_change[change] for change in name_sets.CHANGES)
        return tuple(chain.from_iterable(kinds))


def measure(data: Path, say: Callable[[str], None]) -> Calibration:
    """The scores of every set, telling on the way what is done."""
    rows = name_sets.listed(data)
    searched = Searched.of(rows)
    names = searched.table.names
    ordinary = name_sets.ordinary(data, names)
    say(f"{len(names):,} distinct listed names")
    by_change = _grouped(found(searched, name_sets.changed(rows, EACH, SEED)))
    by_change |= _grouped(
        found(searched, name_sets.aliases(rows, EACH, SEED), not_the_alias_itself)
    )
    latin = Searched.of(row for row in rows if script(normalize(row.name)) == "LATIN")
    by_change |= _grouped(found(latin, name_sets.originals(rows, EACH, SEED)))
    say(f"{sum(map(len, by_change.values())):,} changed names")
    lists: dict[str, list[Listed]] = {}
    for row in rows:
        if row.list_id not in _COPIES:
            lists.setdefault(LISTS.get(row.list_id, REST), []).append(row)
    by_list = {
        name: found(searched, name_sets.changed(lists[name], EACH_OF_A_LIST, SEED))
        for name in (*LISTS.values(), REST)
    }
    say(f"{sum(map(len, by_list.values())):,} changed names by list")
    companies = stopped(searched, name_sets.unseen(ordinary), "organization")
    say(f"{len(companies):,} ordinary companies")
    persons = stopped(searched, name_sets.recombined_persons(rows, PERSONS), "person")
    say(f"{len(persons):,} recombined persons")
    return Calibration(
        names=len(names),
        entries=len({row.entry for row in rows}),
        ordinary=len(ordinary),
        by_change=by_change,
        by_list=by_list,
        sizes={name: len({row.name for row in part}) for name, part in lists.items()},
        companies=[_by_name_of_list(row) for row in companies],
        persons=persons,
    )


def _grouped(results: Iterable[Found]) -> dict[str, list[Found]]:
    groups: dict[str, list[Found]] = {}
    for result in results:
        groups.setdefault(result.case.change, []).append(result)
    return groups


def _by_name_of_list(row: Stopped) -> Stopped:
    scores: dict[str, float] = {}
    for list_id, score in row.by_list.items():
        if list_id not in _COPIES:
            name = LISTS.get(list_id, REST)
            scores[name] = max(score, scores.get(name, 0.0))
    return replace(row, by_list=scores)
