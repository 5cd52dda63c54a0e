"""Public name sets for measuring name matching, built from the real lists with fixed seeds.

`listed` is every name of the lists under a data folder; `ordinary` are companies that are on none
of them; `changed` writes listed names differently, one kind of change at a time. The same folder
and the same seed give the same sets.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench import organization_changes
from bench.person_changes import PERSON_CHANGES
from bench.script_names import SCRIPTS, UNLIKE_CHANGE, change_of
from compliance.names import Kind, normalize
from compliance.names.lexicon import lexicon
from compliance.names.scripts import script
from compliance.watchlists import read

SEED: Final = 20261125
_LISTS: Final = (
    ("ofac-sdn-csv", "ofac/sdn_2021-07"),
    ("ofac-consolidated-csv", "ofac/cons_2025-12"),
    ("ita-csl-csv", "csl/consolidated_2022-05.csv.gz"),
    ("un-xml", "un/UN_consolidated_2026-02-27.xml.gz"),
    ("un-xml", "un/UN_consolidated_2020.xml.gz"),
    ("bis-dpl-tsv", "bis/dpl_2022.txt"),
)
_EU_NAMES: Final = ("name", "alias", "weakAlias", "previousName")


@dataclass(frozen=True, slots=True)
class Listed:
    """One listed name: the list, the entry (list and id) and what kind of party it is."""

    list_id: str
    entry: str
    name: str
    kind: str

    @property
    def asked_as(self) -> Kind:
        """The kind by which its names are compared."""
        return _KINDS.get(self.kind, "unknown")


_KINDS: Final[dict[str, Kind]] = {
    "organization": "organization",
    "public_body": "organization",
    "person": "person",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """A listed name written differently: the kind of change, what was written, who is meant."""

    change: str
    query: str
    source: Listed


def listed(data: Path) -> list[Listed]:
    """Every name and alias of the lists in the folder, in a fixed order, repetitions included."""
    found: list[Listed] = []
    places = [*_LISTS]
    places += [
        ("us-list-json", f"us_lists_2026-07/{path.name}")
        for path in sorted((data / "us_lists_2026-07").glob("*.json*"))
        if path.name != "lists.json"
    ]
    for form, place in places:
        for listing in read(form, data / place).listings:
            entry = f"{place}:{listing.id}"
            found += [Listed(place, entry, name, listing.kind) for name in listing.names]
    found += _eu(data / "eu" / "journal_sanctions")
    return found


def _eu(folder: Path) -> Iterator[Listed]:
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                kind = "person" if row["schema"] == "Person" else "organization"
                entry = f"eu:{path.name}:{row['recordId']}:{row['name']}"
                for column in _EU_NAMES:
                    for name in (row[column] or "").split(";"):
                        if name.strip():
                            yield Listed("eu", entry, name.strip(), kind)


def ordinary(data: Path, listed_names: Iterable[str]) -> list[str]:
    """Ordinary companies (Companies House, SEC, GLEIF) that equal no listed name, shuffled."""
    names: list[str] = []
    with gzip.open(
        data / "companies/innocent_companies_sample_20k.csv.gz", "rt", encoding="utf-8"
    ) as file:
        names += [row["name"] for row in csv.DictReader(file)]
    path = data / "companies/sec_cik_to_company_name_2025-02.json"
    names += json.loads(path.read_text(encoding="utf-8")).values()
    with gzip.open(data / "gleif/lei_companies_2025-10.csv.gz", "rt", encoding="utf-8") as file:
        names += [row["name"] for row in csv.DictReader(file)]
    known = {normalize(name) for name in listed_names}
    found = [name for name in dict.fromkeys(names) if normalize(name) not in known]
    random.Random(SEED).shuffle(found)
    return found


def counted(names: Sequence[str]) -> list[str]:
    """The half of the ordinary names whose words the rarity table counts."""
    return list(names[::2])


def unseen(names: Sequence[str]) -> list[str]:
    """The other half: what is measured on names the table was not made from."""
    return list(names[1::2])


def recombined_persons(rows: Iterable[Listed], count: int) -> list[str]:
    """Names of nobody listed: the first name of one listed person with the last of another.

    A particle or two letters are no first or last name: "al" with a surname is that surname.
    """
    chance = random.Random(SEED)
    persons = sorted({normalize(row.name) for row in rows if row.kind == "person"})
    whole = [name.split() for name in persons if name.isascii() and 2 <= len(name.split()) <= 3]
    said = ([w for w in words if len(w) > 2 and w not in lexicon().particles] for words in whole)
    split = [words for words in said if len(words) >= 2]
    known = set(persons)
    found: dict[str, None] = {}
    while len(found) < count:
        first, last = chance.choice(split), chance.choice(split)
        name = f"{first[0]} {last[-1]}"
        if name not in known and " ".join(reversed(name.split())) not in known:
            found[name] = None
    return list(found)


def changed(rows: Iterable[Listed], each: int, seed: int = SEED) -> list[Changed]:
    """`each` changed names of every kind of change; what changes nothing is not counted."""
    chance = random.Random(seed)
    pool = sorted(
        {row.name: row for row in rows if _usable(row)}.values(), key=lambda row: row.name
    )
    found: list[Changed] = []
    for change, write in CHANGES.items():
        rest = list(pool)
        chance.shuffle(rest)
        count = 0
        for row in rest:
            text = write(chance, row)
            if text and (text != row.name) and normalize(text):
                found.append(Changed(change, text, row))
                count += 1
                if count == each:
                    break
    return found


def originals(rows: Sequence[Listed], each: int, seed: int = SEED) -> list[Changed]:
    """Names as the UN and the EU write them in another script, `each` of every group of scripts.

    Of entries that have a name in Latin letters too: search them among Latin names only.
    """
    latin = {row.entry for row in rows if script(normalize(row.name)) == "LATIN"}
    groups: dict[str, dict[str, Listed]] = {
        change: {} for change in (*SCRIPTS.values(), UNLIKE_CHANGE)
    }
    for row in rows:
        change = change_of(row.name)
        if change and row.entry in latin:
            groups[change].setdefault(row.name, row)
    chance = random.Random(seed)
    found: list[Changed] = []
    for change, names in groups.items():
        pool = sorted(names.values(), key=lambda row: row.name)
        chance.shuffle(pool)
        found += [Changed(change, row.name, row) for row in pool[:each]]
    return found


def aliases(rows: Sequence[Listed], count: int, seed: int = SEED) -> list[Changed]:
    """Aliases of entries with other names, one an entry: search them with the alias left out."""
    entries: dict[str, list[Listed]] = {}
    for row in rows:
        entries.setdefault(row.entry, []).append(row)
    chance = random.Random(seed)
    several = sorted(entry for entry, names in entries.items() if len(names) > 1)
    chance.shuffle(several)
    found: dict[str, Changed] = {}
    for entry in several:
        first, *rest = entries[entry]
        row = chance.choice(rest)
        spelled = normalize(row.name)
        if _usable(row) and spelled != normalize(first.name):
            found.setdefault(spelled, Changed("alias", row.name, row))
        if len(found) == count:
            break
    return list(found.values())


def _usable(row: Listed) -> bool:
    letters = sum(c.isalpha() for c in row.name)
    return letters >= 6 and row.name.isascii() and len(row.name) < 120


def _words(name: str) -> list[str]:
    return re.findall(r"[A-Za-z0-9'&.\-]+", name)


def _long_word(chance: random.Random, words: list[str], least: int = 4) -> int | None:
    found = [i for i, word in enumerate(words) if len(word) >= least and word.isalpha()]
    return chance.choice(found) if found else None


def _edit(chance: random.Random, word: str) -> str:
    place = chance.randrange(len(word))
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    kind = chance.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + letter + word[place:]
    if kind == 2 or place == len(word) - 1:
        return word[:place] + letter + word[place + 1 :]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _typo(chance: random.Random, row: Listed, count: int = 1) -> str | None:
    words = _words(row.name)
    for _ in range(count):
        place = _long_word(chance, words)
        if place is None:
            return None
        words[place] = _edit(chance, words[place].lower())
    return " ".join(words)


def _case(chance: random.Random, row: Listed) -> str | None:
    return row.name.lower() if chance.random() < 0.5 else row.name.swapcase()


def _accents(chance: random.Random, row: Listed) -> str | None:
    marks = dict(zip("aeiouncsyz", "áéîöüñçšýž", strict=True))
    return "".join(
        marks[c] if c in marks and chance.random() < 0.5 else c for c in row.name.lower()
    )


def _punctuation(chance: random.Random, row: Listed) -> str | None:
    words = _words(row.name)
    if len(words) < 2:
        return row.name + "."
    return words[0] + chance.choice([", ", " - ", ". ", "  ", " / ", "-"]).join(["", *words[1:]])


def _order(chance: random.Random, row: Listed) -> str | None:
    words = _words(row.name)
    if len(words) < 2:
        return None
    if row.kind == "person":
        return ", ".join((words[-1], " ".join(words[:-1])))
    place = chance.randrange(1, len(words))
    return " ".join(words[place:] + words[:place])


_FORMS: Final = (
    "ltd",
    "limited",
    "llc",
    "inc",
    "corp",
    "corporation",
    "co ltd",
    "gmbh",
    "jsc",
    "ooo",
)
_TAIL: Final = re.compile(
    r"[\s,]+(co\.?,? ltd\.?|company limited|co\.?,? limited|limited|ltd\.?|llc|l\.l\.c\."
    r"|inc\.?|corp\.?|corporation|company|gmbh|jsc|ojsc|pjsc|fze|s\.?a\.?)$",
    re.IGNORECASE,
)


def _legal_form(chance: random.Random, row: Listed) -> str | None:
    if row.kind == "person":
        return None
    stem = _TAIL.sub("", row.name)
    if stem == row.name or len(stem) < 4:
        return f"{row.name} {chance.choice(_FORMS)}" if chance.random() < 0.3 else None
    return stem if chance.random() < 0.3 else f"{stem} {chance.choice(_FORMS)}"


_SPELLINGS: Final = (
    ("kh", "h"),
    ("h", "kh"),
    ("ph", "f"),
    ("y", "i"),
    ("i", "y"),
    ("ks", "x"),
    ("x", "ks"),
    ("ou", "u"),
    ("u", "ou"),
    ("ee", "i"),
    ("oo", "u"),
    ("zh", "j"),
    ("j", "dzh"),
    ("ck", "k"),
    ("q", "k"),
    ("k", "q"),
    ("sch", "sh"),
    ("ya", "ia"),
    ("yu", "iu"),
    ("mohammed", "muhammad"),
    ("e", "a"),
    ("w", "v"),
    ("ll", "l"),
    ("ss", "s"),
    ("tt", "t"),
    ("mm", "m"),
    ("nn", "n"),
    ("c", "k"),
)


def _spelling(chance: random.Random, row: Listed) -> str | None:
    text = row.name.lower()
    found = [(a, b) for a, b in _SPELLINGS if a in text]
    if not found:
        return None
    a, b = chance.choice(found)
    return text.replace(a, b, 1)


def _joined(chance: random.Random, row: Listed) -> str | None:
    words = _words(row.name)
    if len(words) < 2:
        return None
    place = chance.randrange(len(words) - 1)
    return " ".join([*words[:place], words[place] + words[place + 1].lower(), *words[place + 2 :]])


def _split(chance: random.Random, row: Listed) -> str | None:
    words = _words(row.name)
    place = _long_word(chance, words, 6)
    if place is None:
        return None
    cut = chance.randrange(2, len(words[place]) - 2)
    return " ".join([*words[:place], words[place][:cut], words[place][cut:], *words[place + 1 :]])


def _missing(chance: random.Random, row: Listed) -> str | None:
    words = _words(row.name)
    if len(words) < 3:
        return None
    place = chance.randrange(len(words))
    return " ".join(words[:place] + words[place + 1 :])


def _initial(chance: random.Random, row: Listed) -> str | None:
    words = _words(row.name)
    if row.kind != "person" or len(words) < 3:
        return None
    place = chance.randrange(1, len(words))
    return " ".join([*words[:place], words[place][0] + ".", *words[place + 1 :]])


def _two_typos(chance: random.Random, row: Listed) -> str | None:
    return _typo(chance, row, 2)


CHANGES: Final[dict[str, Callable[[random.Random, Listed], str | None]]] = {
    "case": _case,
    "accents": _accents,
    "punctuation": _punctuation,
    "order": _order,
    "typo": _typo,
    "two typos": _two_typos,
    "legal form": _legal_form,
    "spelling": _spelling,
    "joined words": _joined,
    "split word": _split,
    "missing word": _missing,
    "initial": _initial,
    **PERSON_CHANGES,
    **organization_changes.CHANGES,
}
SURFACE: Final = frozenset(("case", "accents", "punctuation", "order"))
