"""`python -m bench.word_tables DATA`: the word tables that compliance.names reads, made anew.

`rules/data/word_rarity.yaml` counts words in listed names and in every second ordinary name: the
other half is what the calibration measures on. `rules/data/elf_forms.yaml` takes the legal forms of
ISO 20275. Same data, same bytes. A table whose words differ from those of the file is written with
the version that the file has: whoever reviews it raises that, for scores change.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import math
import re
import textwrap
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from bench import name_sets
from bench.name_sets import Listed
from compliance.names import normalize
from compliance.names.lexicon import alternatives, lexicon
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file

RARITY: Final = "word_rarity.yaml"
ELF: Final = "elf_forms.yaml"
FORMS: Final = "legal_forms.yaml"
_ELF_SOURCE: Final = "gleif/elf-codes-1.4.1.csv.gz"

_LEAST_ORDINARY: Final = 3  # names that have a word, below which its share is chance
_LEAST_LISTED: Final = 6
_BEGINS: Final = 4  # times that a listed name of its own begins a name, for once that it does not
_LISTED_SHARE: Final = 0.35  # a name is rarely listed: what is frequent there counts for less
_PLACE: Final = 9.4  # bits, at most
_SHORT: Final = 3  # letters of a word that is nobody's own
_BITS: Final = (3, 13)
_WIDTH: Final = 98

RARITY_HEAD: Final = """\
# How rare a word is among names: bits (minus log2 of the share of names that have it), rounded, the
# larger share of two populations: ordinary companies (half of a sample of {ordinary:,} names of
# Companies House, the SEC and GLEIF), and {share:g} of that among {listed:,} listed names, where
# an organization's own first word is left out, and what listed organizations alone are called. A
# place has {place:g} bits at most, a word that is not here 14. Read by compliance.names; made by
# `python -m bench.word_tables`, reviewed, versioned: a score changes with this file and never
# because a list grew.
schema: 1
version: {version}
bits:
"""
ELF_HEAD: Final = """\
# Legal forms of ISO 20275 (GLEIF, ELF code list 1.4.1, CC0): local names, transliterations and
# abbreviations, as compliance.names spells them, in alphabetical order, divided by ";". Left out:
# what rules/data/legal_forms.yaml already has with its equivalents, abbreviations outside a
# reviewed choice, and forms that consist of frequent words only ("board of trade"). Made by
# `python -m bench.word_tables`.
schema: 1
version: {version}
spellings: >-
"""

_NAMES: Final = (
    "Entity Legal Form name Local name",
    "Entity Legal Form name Transliterated name (per ISO 01-140-10)",
)
_ABBREVIATIONS: Final = ("Abbreviations Local language", "Abbreviations transliterated")
_COUNTRY: Final = "Country Code (ISO 3166-1)"
_BETWEEN_NAMES: Final = re.compile(r"[;|]")
_BETWEEN_ABBREVIATIONS: Final = re.compile(r"[;|]|,(?! ?[sS]\.)")  # "a.s., s.r.o." but "Co., S.A."
_REVIEWED: Final = """
    bvba ehf doo ohf zrt nyrt kht gbr ohg ug eood ood ead sagl snc scs sca sapi asa ans abp scrl
    sprl cvba vof vzw asbl eurl gie selarl ulc pcc clg lda sll slu sal kda ekd kft oyj eirl ltee
    ltda зат оод еад ет ооо одо odo zat доо јп дп ама аат taa таа
"""
_CHOSEN: Final = frozenset(_REVIEWED.split())  # abbreviations: nothing else is written so
_NO_FORMS: Final = frozenset(("企业", "机关", "基金会", "公证处", "その他"))  # words of names
_FREQUENT: Final = 11  # bits: forms of such words only are words of names
_WRITTEN_OUT: Final = 4  # words of a form that is no name, however frequent they are
_LONGEST: Final = 14  # words of a form; longer texts are descriptions
_RARE: Final = 14  # bits of a word that is not in the table


def rarity(
    ordinary: Collection[str], listed: Collection[Listed], *, own: bool = False
) -> dict[str, int]:
    """Bits by word: names are counted that have it, numbers and single letters are not.

    A listed organization's own word, the first that is neither a legal form nor a place, is not
    counted for it: that many names of a list begin with it says whom the list is about, not that
    others are called so; with `own` it is. Nor is a word counted with which listed organizations
    begin four times for each time that they have it elsewhere, and which no ordinary name has: it
    is what they are called. A place is never rare.
    """
    table = lexicon()
    here = _counted(_words(name) for name in ordinary)
    there = _counted(_words(row.name) if own else _listed_words(row) for row in listed)
    if not own:
        everywhere = _counted(_words(row.name) for row in listed)
        for word, count in list(there.items()):
            if not here[word] and everywhere[word] - count >= _BEGINS * count:
                del there[word]
    found = {}
    for word in {*here, *there, *table.places}:
        if not word.isascii() or word.isdecimal() or len(word) < 2:
            continue
        shares = [
            here[word] / len(ordinary) if here[word] >= _LEAST_ORDINARY else 0.0,
            _LISTED_SHARE * there[word] / len(listed) if there[word] >= _LEAST_LISTED else 0.0,
            2**-_PLACE if word in table.places else 0.0,
        ]
        if max(shares):
            found[word] = min(_BITS[1], max(_BITS[0], round(-math.log2(max(shares)))))
    return found


def _words(name: str) -> list[str]:
    return normalize(name).split()


def _listed_words(row: Listed) -> list[str]:
    words = _words(row.name)
    if row.kind != "person":
        table = lexicon()
        for place, word in enumerate(words):
            plain = word in table.particles or word in table.places or word in table.legal_words
            if len(word) > _SHORT and not plain:
                return words[:place] + words[place + 1 :]
    return words


def _counted(names: Iterable[list[str]]) -> Counter[str]:
    found: Counter[str] = Counter()
    for words in names:
        found.update(set(words))
    return found


def rarity_text(bits: Mapping[str, int], *, ordinary: int, listed: int, version: int) -> str:
    """The file of a rarity table."""
    rows: dict[int, list[str]] = defaultdict(list)
    for word, count in bits.items():
        rows[count].append(word)
    text = RARITY_HEAD.format(
        ordinary=ordinary,
        listed=listed,
        share=_LISTED_SHARE,
        place=round(_PLACE),
        version=version,
    )
    for count in sorted(rows):
        text += f'  "{count}": >-\n' + _block(" ".join(sorted(rows[count])), 96, "    ")
    return text


def legal_forms(rows: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Every spelling of the forms that a country is named for, normalized, each once."""
    found: dict[str, None] = {}
    for row in rows:
        if row[_COUNTRY]:
            for columns, between in (
                (_NAMES, _BETWEEN_NAMES),
                (_ABBREVIATIONS, _BETWEEN_ABBREVIATIONS),
            ):
                for column in columns:
                    found.update(dict.fromkeys(map(normalize, between.split(row[column]))))
    yield from (text for text in found if text)


def useful(form: str, known: Collection[str], bits: Mapping[str, int]) -> bool:
    """Whether a spelling is safely a legal form wherever it stands, and is not yet known."""
    words = form.split()
    if (
        form in known
        or form in _NO_FORMS
        or form.isdecimal()
        or len(form) < 2
        or len(words) > _LONGEST
    ):
        return False
    if len(words) == 1:
        if form.isascii() and (len(form) <= 2 or (len(form) > 4 and _bits(form, bits) <= 12)):
            return False
        long = len(form) >= 8 and form not in bits
        return form in _CHOSEN or long or (not form.isascii() and len(form) > 3)
    if all(len(word) <= 2 for word in words) and sum(map(len, words)) < 3:
        return False
    if (
        len(words) < _WRITTEN_OUT
        and all(_bits(word, bits) <= _FREQUENT for word in words)
        and not ({"liability", "limited"} & set(words))
    ):
        return False
    return not (form.isascii() and len(words) == 2 and min(map(len, words)) < 2)


def _bits(word: str, bits: Mapping[str, int]) -> int:
    return bits.get(word, _RARE)


def elf_text(spellings: Iterable[str], *, version: int) -> str:
    """The file of legal forms."""
    return ELF_HEAD.format(version=version) + _block("; ".join(sorted(spellings)), _WIDTH, "  ")


def _block(text: str, width: int, indent: str) -> str:
    lines = textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "".join(f"{line}\n" for line in lines)


def tables(data: Path, folder: Path) -> dict[str, str]:
    """Both files by name, from the data, with the versions that those in the folder have."""
    rows: dict[str, Listed] = {}
    for row in name_sets.listed(data):
        rows.setdefault(row.name, row)
    ordinary = name_sets.ordinary(data, rows)
    counted, listed = name_sets.counted(ordinary), list(rows.values())
    bits = rarity(counted, listed)
    everywhere = rarity(counted, listed, own=True)  # a form may well begin a name
    known = {
        " ".join(words)
        for row in read_file(folder / FORMS).value["legal_forms"]
        for words in alternatives(row["spellings"])
    }
    with gzip.open(data / _ELF_SOURCE, "rt", encoding="utf-8-sig", newline="") as file:
        spellings = [
            form for form in legal_forms(csv.DictReader(file)) if useful(form, known, everywhere)
        ]
    return {
        RARITY: rarity_text(
            bits, ordinary=len(ordinary), listed=len(rows), version=_version(folder / RARITY)
        ),
        ELF: elf_text(spellings, version=_version(folder / ELF)),
    }


def _version(path: Path) -> int:
    return int(read_file(path).value["version"])


def main() -> int:
    """Write the tables that differ and say so; status 1 when one does."""
    parser = argparse.ArgumentParser(prog="python -m bench.word_tables")
    parser.add_argument("data", type=Path, help="folder of the real lists")
    parser.add_argument("--check", action="store_true", help="write nothing")
    options = parser.parse_args()
    if not options.data.is_dir():
        parser.error(f"no folder of data: {options.data}")
    folder = rules_path() / "data"
    status = 0
    for name, text in tables(options.data, folder).items():
        path = folder / name
        if path.read_text(encoding="utf-8") == text:
            print(f"{name}: as it is")
            continue
        status = 1
        print(
            f"{name}: differs" + ("" if options.check else "; written: review, raise its version")
        )
        if not options.check:
            path.write_text(text, encoding="utf-8")
    return status


if __name__ == "__main__":
    raise SystemExit(main())
