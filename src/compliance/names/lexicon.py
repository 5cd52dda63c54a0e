"""The reviewed table of words: legal forms, equivalents, weights and thresholds.

Read once from `rules/data/legal_forms.yaml`. A word's weight depends on the word alone, so a score
never changes because a list grew. Every lookup here works on normalized words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.embedded import rules_path
from compliance.errors import ReferenceDataError
from compliance.names.normalization import normalize
from compliance.yaml import Document, read_file

_FILE: Final = "data/legal_forms.yaml"
_KEYS: Final = frozenset(
    (
        "schema",
        "version",
        "review_threshold",
        "factors",
        "weights",
        "person_weights",
        "legal_forms",
        "equivalents",
        "words",
        "titles",
        "particles",
        "separators",
    )
)
_FACTORS: Final = frozenset(("joined", "reordered", "numbers_differ", "variant", "weak_alias"))
_WEIGHTS: Final = frozenset(
    (
        "legal_form",
        "particle",
        "frequent",
        "place",
        "institution",
        "common",
        "number",
        "letter",
        "pair",
        "distinctive",
    )
)
_PERSON_WEIGHTS: Final = frozenset(("title", "particle", "letter", "name"))
_CLASSES: Final = frozenset(("particle", "frequent", "place", "institution", "common"))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and what they weigh. `legal_forms` maps a spelling (a tuple of words) to its form."""

    version: int
    review_threshold: float
    factors: Mapping[str, float]
    weights: Mapping[str, float]
    person_weights: Mapping[str, float]
    legal_forms: Mapping[tuple[str, ...], str]
    leading_forms: frozenset[str]
    longest_form: int
    suffixes: tuple[str, ...]  # words of unspaced scripts, longest first
    equivalents: Mapping[str, str]
    classes: Mapping[str, str]
    titles: frozenset[str]
    particles: frozenset[str]
    separators: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read(rules_path() / _FILE)


def read(path: Path) -> Lexicon:
    """A table from a file in the layout of `rules/data/legal_forms.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    document = read_file(path)
    content = document.value
    _check(document)
    forms: dict[tuple[str, ...], str] = {}
    for row in content["legal_forms"]:
        for spelling in row["spellings"]:
            forms[tuple(normalize(spelling).split())] = row["form"]
    classes = {
        normalize(word): name
        for name in sorted(content["words"], reverse=True)
        for word in content["words"][name].split()
    }
    unspaced = {word for word in classes if not _is_spaced(word)}
    unspaced |= {words[0] for words in forms if len(words) == 1 and not _is_spaced(words[0])}
    return Lexicon(
        version=content["version"],
        review_threshold=float(content["review_threshold"]),
        factors=_numbers(content["factors"]),
        weights=_numbers(content["weights"]),
        person_weights=_numbers(content["person_weights"]),
        legal_forms=MappingProxyType(forms),
        leading_forms=frozenset(r["form"] for r in content["legal_forms"] if r.get("leading")),
        longest_form=max(map(len, forms)),
        suffixes=tuple(sorted(unspaced, key=lambda word: (-len(word), word))),
        equivalents=MappingProxyType(
            {
                spelling: word
                for word, spellings in content["equivalents"].items()
                for spelling in spellings.split()
            }
        ),
        classes=MappingProxyType(classes),
        titles=frozenset(content["titles"].split()),
        particles=frozenset(content["particles"].split()),
        separators=tuple(sorted(content["separators"], key=lambda s: (-len(s), s))),
    )


def _numbers(mapping: dict[str, Any]) -> Mapping[str, float]:
    return MappingProxyType({name: float(value) for name, value in mapping.items()})


def _is_spaced(word: str) -> bool:
    """Whether the word is of a script that puts spaces between words (below the Han range)."""
    return word[0] < "\u3000"


def _check(document: Document) -> None:
    content = document.value
    if not isinstance(content, dict):
        raise ReferenceDataError(document.problem((), "expected a mapping", code="reference_data"))
    problems = []
    wanted = {
        (): _KEYS,
        ("factors",): _FACTORS,
        ("weights",): _WEIGHTS,
        ("person_weights",): _PERSON_WEIGHTS,
        ("words",): _CLASSES,
    }
    for path, keys in wanted.items():
        part = content if not path else content.get(path[0], {})
        found = frozenset(part) if isinstance(part, dict) else frozenset()
        problems += [
            document.problem((*path, key), f"{complaint} key {key!r}", code="reference_data")
            for complaint, some in (("missing", keys - found), ("unknown", found - keys))
            for key in sorted(some)
        ]
    if not problems:
        problems += _range_problems(document)
    if problems:
        raise ReferenceDataError(problems)


def _range_problems(document: Document) -> list[Any]:
    content = document.value
    numbers: dict[tuple[str, ...], Any] = {("review_threshold",): content["review_threshold"]}
    for section in ("factors", "weights", "person_weights"):
        numbers |= {(section, name): value for name, value in content[section].items()}
    problems = []
    for path, value in numbers.items():
        try:
            within = 0 < float(value) <= 1
        except (TypeError, ValueError):
            within = False
        if not within:
            message = f"expected a number above 0 and up to 1, found {value!r}"
            problems.append(document.problem(path, message, code="reference_data"))
    for index, row in enumerate(content["legal_forms"]):
        if not isinstance(row, dict) or not row.get("form") or not row.get("spellings"):
            message = "expected {form, spellings}"
            problems.append(
                document.problem(("legal_forms", index), message, code="reference_data")
            )
    return problems
