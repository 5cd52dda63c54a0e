"""A name as the forms in which it is compared.

A name may hold several names of one party ("中文 / Latin", "Name (ABBR)") or add to one ("Name,
Moscow Branch"); `variants` gives the whole first, then its parts. Each becomes a `Form`: words in
order with weights, where legal forms and frequent words weigh little and none is deleted. A name of
another script has a second form in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import fsum
from typing import Final, Literal

from compliance import places
from compliance.names import initials
from compliance.names.additions import Addition, adding_words, may_add, without_additions
from compliance.names.given_names import may_respell, respelled
from compliance.names.lexicon import lexicon
from compliance.names.normalization import LONGEST_REMEMBERED, normalize
from compliance.names.scripts import as_person, is_company_word, latin, script
from compliance.names.tokens import (
    Word,
    joinable,
    letters_together,
    literal_words,
    mended,
    word,
    words_of,
)
from compliance.names.translations import readings
from compliance.names.unspaced import with_forms
from compliance.names.word_distance import BARE, joined_skeleton, skeleton

Kind = Literal["organization", "person", "unknown"]
Part = Addition | Literal["whole", "variant"]
Reading = Literal["as written", "respelled", "literal", "person"]

_PARENTHESIS = re.compile(r"[(（\[]([^()（）\[\]]*)[)）\]]")  # noqa: RUF001 - full width on purpose
_UNSPACED = re.compile(r"[\u2e80-\ufaff]+(?:\s+[\u2e80-\ufaff]+)*")
_SIGNS: Final = re.compile(r"[,;:|/()\[\]{}-]")  # around which a name may be divided
_RARE: Final = 0.6  # a word that says who it is


class Form:
    """One comparable name. `joined` is its words without legal forms and without spaces.

    `script` is "LATIN" for what was written in Latin letters, else the script it was written in;
    `spelled` says that this form is in that script, not its Latin reading. `part` tells what was
    taken away from the name, or that nothing was. `reading` says that a given name is written by
    the usual custom, that a legal form written out is read word by word, or that the form is of a
    person: initials stand apart, and no word is mended.
    `beside` is what the name has in Latin letters, where this form is all of a name in two scripts,
    or its part in the other.
    `total` is the weight of all words. Immutable.
    """

    __slots__ = (
        "_joined",
        "_joins",
        "_numbers",
        "_places",
        "_sounds",
        "beside",
        "part",
        "reading",
        "script",
        "spelled",
        "text",
        "total",
        "words",
    )

    def __init__(
        self,
        text: str,
        words: tuple[Word, ...],
        *,
        part: Part = "whole",
        script: str = "LATIN",
        spelled: bool = True,
        reading: Reading = "as written",
        beside: str = "",
    ) -> None:
        self.text, self.words, self.part = text, words, part
        self.script, self.spelled, self.reading = script, spelled, reading
        self.beside = beside
        self.total = fsum([word.weight for word in words])
        self._joined: str | None = None
        self._places: dict[str, list[int]] | None = None
        self._joins: dict[str, list[int]] | None = None
        self._numbers: tuple[str, ...] | None = None
        self._sounds: frozenset[str] | None = None

    @property
    def whole(self) -> bool:
        """Whether the form is the name as it was written, no part of it."""
        return self.part == "whole"

    @property
    def written(self) -> bool:
        """Whether this is the name as it was written, all of it and in its own script."""
        return self.whole and self.spelled and self.reading == "as written"

    @property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where each word stands."""
        if self._places is None:
            found: dict[str, list[int]] = {}
            for place, word in enumerate(self.words):
                found.setdefault(word.text, []).append(place)
            self._places = found
        return self._places

    @property
    def joins(self) -> Mapping[str, Sequence[int]]:
        """The places of words that may be written as one with the next, by how both sound."""
        if self._joins is None:
            found: dict[str, list[int]] = {}
            for place, (first, second) in enumerate(pairwise(self.words)):
                if joinable(first, second):
                    sound = joined_skeleton(first.text, second.text)
                    found.setdefault(sound, []).append(place)
            self._joins = found
        return self._joins

    @property
    def joined(self) -> str:
        """The words but the legal forms, written as one; all of them where there are no others."""
        if self._joined is None:
            core = [word.text for word in self.words if not word.legal]
            self._joined = "".join(core or self.canonical)
        return self._joined

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers among the words, sorted."""
        if self._numbers is None:
            self._numbers = tuple(sorted([word.text for word in self.words if word.number]))
        return self._numbers

    @property
    def sounds(self) -> frozenset[str]:
        """How the words sound."""
        if self._sounds is None:
            self._sounds = frozenset([skeleton(word.text) for word in self.words])
        return self._sounds

    @property
    def canonical(self) -> tuple[str, ...]:
        """The words' canonical spellings in order."""
        return tuple(word.text for word in self.words)


def variants(name: str) -> tuple[str, ...]:
    """The name as given, then each part of it that is a name of its own, without repetition.

    Parts are what stands around a separator ("/", "a.k.a.", ...), what stands inside and outside a
    parenthesis, where the inside says more than a place, a number or a frequent word, what is
    written in Latin letters and in a script without spaces, and the name without a branch, a
    department, an addressee or a group (`additions`). A text of more than `LONGEST_REMEMBERED`
    characters is no name of several parties and has no parts.
    """
    return tuple(text for text, _ in _parts_of(name))


def _parts_of(name: str) -> tuple[tuple[str, Part], ...]:
    """The variants of a name, each with what part of it that is."""
    if len(name) > LONGEST_REMEMBERED or not has_parts(name):  # most names
        return ((name, "whole"),)
    seen: dict[str, tuple[str, Part]] = {normalize(name): (name, "whole")}
    _take_away(
        name, seen
    )  # first: what is known of a part in brackets says more than that it is one
    several = list(filter(_says_enough, _several(name)))
    for text in several:
        seen.setdefault(normalize(text), (text, "variant"))
    for text in several:
        _take_away(text, seen)
    return tuple(seen.values())


def may_have_parts(name: str, texts: Sequence[str]) -> bool:
    """Whether a name in ASCII of these normalized words may have parts: False is sure.

    Most names with a word of an addition ("Group", "School") have no part, which their words tell.
    """
    return bool(_SIGNS.search(name) or _separators().search(name)) or may_add(name, texts)


def _take_away(name: str, seen: dict[str, tuple[str, Part]]) -> None:
    """Add the names without what a record adds."""
    for kind, less in without_additions(name):
        if _says_enough(less) or _two_words(less):
            seen.setdefault(normalize(less), (less, kind))


def _several(name: str) -> list[str]:
    """What stands around separators, in and around brackets, and in each of two scripts."""
    parts = [piece.strip() for piece in _separators().split(name)]
    found = parts if len(parts) > 1 else []
    for part in parts:
        for match in _PARENTHESIS.finditer(part):
            outside = f"{part[: match.start()]} {part[match.end() :]}".strip()
            if _names_someone(match.group(1)) and _says_enough(outside):
                found += [outside, match.group(1).strip()]
    return [*found, *_by_script(name)]


def _by_script(name: str) -> list[str]:
    """The Latin words and those of a script without spaces, where both name someone."""
    if name.isascii():
        return []
    unspaced = _UNSPACED.findall(name)
    latin_ = " ".join(_UNSPACED.split(name)).strip()
    both = [" ".join(unspaced), latin_]
    told = all(map(_names_someone, both)) and any(not is_company_word(run) for run in unspaced)
    return both if unspaced and told else []


def has_parts(name: str) -> bool:
    """Whether a name may have parts: False is sure."""
    if parting_signs().search(name) or not parting_words().isdisjoint(normalize(name).split()):
        return True
    return not name.isascii() and bool(_UNSPACED.search(name))


@cache
def parting_words() -> frozenset[str]:
    """The first word, normalized, of each separator that has one, and of each addition.

    A separator that begins with a single letter has a sign in it ("f/k/a").
    """
    separators = {normalize(s).split()[0] for s in lexicon().separators if normalize(s)}
    return frozenset({word for word in separators if len(word) > 1} | adding_words())


@cache
def parting_signs() -> re.Pattern[str]:
    """Brackets that open, and the separators that are signs."""
    signs = {s for s in lexicon().separators if len(s) == 1 and not s.isalnum()}
    signs.update("([\uff08/")  # "c/o" and "f/k/a" have the last
    return re.compile(f"[{re.escape(''.join(sorted(signs)))}]")


@cache
def _separators() -> re.Pattern[str]:
    """Words need space around them; "/" and "|" may stand alone, but not inside "f/k/a"."""
    words = [re.escape(s) for s in lexicon().separators if any(c.isalnum() for c in s)]
    signs = [re.escape(s) for s in lexicon().separators if not any(c.isalnum() for c in s)]
    pattern = rf"[\s(,]+(?:{'|'.join(words)})[\s:-]+|\s(?:{'|'.join(signs)})\s"
    return re.compile(pattern, re.IGNORECASE)


def _names_someone(text: str) -> bool:
    """Whether a part is a name of its own: no place; a rare word of three letters, or two Han."""
    return not _is_country(text) and any(
        word.weight >= _RARE
        and not word.number
        and (len(word.text) > 2 or not word.text.isascii())
        and word.text not in lexicon().places
        for word in words_of(normalize(text))
    )


@lru_cache(maxsize=16_384)
def _is_country(text: str) -> bool:
    return places.embedded().is_country(text)


def _says_enough(text: str) -> bool:
    """Whether a part may stand alone: it names someone, or has three words beside its form."""
    return _names_someone(text) or sum(not word.legal for word in words_of(normalize(text))) > 2


def _two_words(text: str) -> bool:
    """Whether a name has two words of its own, however frequent: "Hana Electronics"."""
    own = [w for w in words_of(normalize(text)) if not (w.legal or w.number)]
    own = [w for w in own if w.text not in lexicon().places and w.text not in lexicon().particles]
    return sum(len(w.text) > 1 for w in own) > 1


def form_as_written(name: str) -> Form:
    """The first form of a name in ASCII that is one name."""
    return Form(name, words_of(normalize(name)))


def forms_once(name: str) -> tuple[Form, ...]:
    """The forms of a name, the whole first; empty when it has no letter and no digit."""
    found: list[Form] = []
    apart = _by_script(name)
    beside = dict([apart]) if apart else {}
    for text, part in _parts_of(name):
        normalized = normalize(text if text.isascii() else with_forms(text))
        words = words_of(normalized)
        if not words:
            continue
        if normalized.isascii():
            found.append(Form(text, words, part=part))
            found += _otherwise(text, normalized.split(), part)
            continue
        written = script(normalized)
        other = beside.get(text, "") if part != "whole" else "".join(apart[1:])
        found.append(Form(text, words, part=part, script=written, beside=other))
        if written != "LATIN":
            for read in _latin_words(words):
                found.append(Form(text, read, part=part, script=written, spelled=False))
    return tuple(found)


def _otherwise(text: str, texts: Sequence[str], part: Part) -> Iterator[Form]:
    """The forms of a name in Latin letters as other customs write it."""
    for spelled in respelled(texts, text) if any(map(may_respell, texts)) else ():
        yield Form(text, words_of(" ".join(spelled)), part=part, reading="respelled")
    for literal in literal_words(letters_together(list(texts))):
        yield Form(text, literal, part=part, reading="literal")
    letters = initials.apart(text, texts)
    if letters or any(map(mended, texts)):
        words = letters or tuple(map(word, texts))
        yield Form(text, words, part=part, reading="person")


_remembered = lru_cache(maxsize=65_536)(forms_once)


def forms(name: str) -> tuple[Form, ...]:
    """`forms_once`, remembered unless the name is very long."""
    return (_remembered if len(name) <= LONGEST_REMEMBERED else forms_once)(name)


def _latin_words(words: tuple[Word, ...]) -> tuple[tuple[Word, ...], ...]:
    """The words in Latin letters; then as a person's name, and translated, where these differ."""
    read = readings(words)
    if script("".join([w.text for w in words])) != "ARABIC":  # whose letters alone say too little
        read = (_by_word(words, latin), _by_word(words, as_person), *read)
    found: dict[tuple[Word, ...], None] = {}
    for own in filter(None, read):
        found[own] = None
        texts = [piece.text for piece in own]
        for spelled in respelled(texts) if all(map(str.isascii, texts)) else ():
            found[_respelled_words(spelled)] = None
    return tuple(found)


def _respelled_words(texts: Sequence[str]) -> tuple[Word, ...]:
    """The words of texts; a compound with consonants only is such: "abdul'qdws"."""
    if not any(BARE in text for text in texts):
        return words_of(" ".join(texts))
    return tuple(word(BARE + text.replace(BARE, "") if BARE in text else text) for text in texts)


def _by_word(words: tuple[Word, ...], read: Callable[[str], Iterable[str]]) -> tuple[Word, ...]:
    """The words with each that is not ASCII read by itself."""
    found: list[Word] = []
    for old in words:
        found += [old] if old.text.isascii() else [word(piece) for piece in read(old.text)]
    return tuple(found)
