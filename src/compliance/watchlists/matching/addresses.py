"""An address as its house numbers, the streets they stand in, its units, town and country.

Text in any order and most scripts is read by the words of `rules/data/addresses.yaml`: "No. 220,
Handan Rd." and "220 Handan Lu" are number 220 of the street "handan". Kinds of road are dropped,
rooms, floors and buildings stand apart, postcodes are no house numbers. Nothing is looked up: a
town is known where the table knows it. An address without a house number or a box is no address
here: it is a town.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from compliance.model.party import Address
from compliance.places import country as country_code
from compliance.watchlists.matching.address_spelling import respelled
from compliance.watchlists.matching.address_table import AddressWords, words

_LONGEST: Final = 2_000
_SEGMENTS = re.compile(r"[,;()\n\r\t|]+")
_TOKEN = re.compile(
    r"\d+eme\b|\d+[a-z]{0,2}(?:[-/](?:\d+[a-z]?|[a-z]))*(?![a-z0-9])|[a-z]+\d[a-z0-9]*|[a-z]+|\d+|#"
)
_FLOOR = re.compile(r"\b(?:(\d+)\s*/?\s*f|f/(\d+))\b")
_BOX = re.compile(r"\bp\.?\s*o\.?\s*(?:box\b|b\.)|\ba\.\s?a\.(?=\s*\d)|\bp\.\s?o\.(?=\s*\d)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|eme)")
_RANGE = re.compile(r"(\d+)-(\d+)")
# Postcodes with letters in them: British ("SW1H 0NE") and Canadian ("L5A 3P2").
_LETTERED = re.compile(r"\b(?:[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}|[a-z]\d[a-z] ?\d[a-z]\d)\b")
# Postcodes of two parts: behind a house "841 04" and "172 001", "00-950", "100-0001", "75081-1234".
_SPACED = re.compile(r"(?<=[\s,])\d{3} \d{2,3}\b")
_HYPHENED = re.compile(r"\d{2}-\d{3}|\d{3}-\d{4}|\d{5}-\d{3,5}")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_INITIALS = re.compile(r"\b([a-z])\.(?=[a-z]\.)")
_POSTCODE: Final = 5  # digits from which a bare number is a postcode
_TOWN_CODE: Final = 4  # the same behind a house, where no street is named


@dataclass(frozen=True, slots=True)
class ParsedAddress:
    """What an address says.

    `streets` maps a house number to the words of its street, in order. `units` are kind and number
    ("room", "801"). `cities` are towns that the table knows, `places` the other words around.
    `country` is ISO 3166 alpha-2 or None. `written` are all its letters and digits, "" where they
    are too few to mean a place.
    """

    text: str
    streets: tuple[tuple[str, tuple[str, ...]], ...]
    boxes: frozenset[str] = frozenset()
    units: frozenset[tuple[str, str]] = frozenset()
    cities: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    country: str | None = None
    written: str = ""


@dataclass(slots=True)
class _Segment:
    """What stands between two commas."""

    words: list[str]
    names: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    road: bool = False
    district: bool = False


def parse(address: Address | str, country: str | None = None) -> ParsedAddress:
    """Read an address; `country` is its ISO code where it is known from elsewhere.

    A structured address is read from its text, city, region (where it is a name) and country.
    """
    if isinstance(address, Address):
        region = None if _REGION.fullmatch(address.region or "") else address.region
        fields = (address.text, address.city, region, address.country)
        given = country_code(address.country) if address.country else None
        return _parsed(", ".join(filter(None, fields))[:_LONGEST], given or country)
    return _parsed(address[:_LONGEST], country)


@lru_cache(65_536)
def _country(text: str) -> str | None:
    return country_code(text)


@lru_cache(4096)
def _parsed(text: str, country: str | None) -> ParsedAddress:
    table = words()
    last = text.rstrip(" .").rpartition(",")[2].strip()
    unnumbered = " ".join(word for word in last.split() if not any(map(str.isdigit, word)))
    named = _country(unnumbered.strip(" .")) if unnumbered else None
    country = country or named
    if not any(map(str.isdigit, text)):
        return ParsedAddress(text, (), country=country)
    reading = _Reading(table)
    plain = _plain(text, table)
    segments = [_Segment(_TOKEN.findall(part)) for part in _SEGMENTS.split(plain)]
    segments = [segment for segment in segments if segment.words]
    for index, segment in enumerate(segments):
        reading.take(segment, first=index == 0)
    if named and len(segments) > 1:
        segments.pop()
    found = reading.settled(text, segments, country)
    written = "".join(filter(str.isalnum, plain))
    known = found.streets or found.boxes
    return (
        replace(found, written=written)
        if known and len(written) >= table.limits.alike_letters
        else found
    )


def _plain(text: str, table: AddressWords) -> str:
    """Small ASCII letters, with boxes, floors and abbreviations in one spelling each."""
    if not text.isascii():
        from anyascii import anyascii  # noqa: PLC0415 - most addresses are ASCII

        for sign, word in table.chinese_parts.items():
            if sign in text:
                text = re.sub(rf"(\d+(?:-\d+)?)\s*{sign}", rf" {word} \1 ", text)
                text = text.replace(sign, f" {word} ")
        text = anyascii(text)
    text = text.lower().replace("'", "").replace("`", "")
    text = table.cities_of_words.sub(_joined, _BOX.sub(" box ", text))
    text = _LETTERED.sub(" ", _SPACED.sub(" ", _INITIALS.sub(r"\1", text)))
    text = respelled(text, table)
    return _FLOOR.sub(lambda found: f" floor {found[1] or found[2]} ", text)


def _joined(found: re.Match[str]) -> str:
    return re.sub(r"\W", "", found[0])


class _Reading:
    """The state of reading one address from left to right."""

    def __init__(self, table: AddressWords) -> None:
        self.table = table
        self.boxes: set[str] = set()
        self.units: set[tuple[str, str]] = set()
        self.houses = False

    def take(self, segment: _Segment, *, first: bool) -> None:
        """Give each word of a segment its part; what is left are names and house numbers."""
        table, words_ = self.table, segment.words
        segment.road = any(w in table.roads or w.endswith(table.road_suffixes) for w in words_)
        segment.district = words_[-1] in table.districts
        at = 0
        while at < len(words_):
            word = words_[at]
            following = words_[at + 1] if at + 1 < len(words_) else ""
            first_word = at == 0
            at += 1
            if following and self._pair(segment, word, following, first=first_word):
                at += 1
            elif word in table.units:
                self._unit_behind(segment, word)
            elif word[0].isdigit():
                self._number(segment, word, following, first=first and first_word)
            elif word not in table.dropped:
                segment.names.append(sys.intern(word))
        self.houses = self.houses or bool(segment.numbers)

    def _pair(self, segment: _Segment, word: str, number: str, *, first: bool) -> bool:
        """Whether a word and what follows it are one thing: "Box 12", "No. 5", "Calle 78"."""
        table = self.table
        if word in table.units:
            return self._unit(segment, word, number)
        if word[0].isdigit() and number in table.months:
            segment.names.append(f"{number}{word}")
            return True
        if not number[0].isdigit():
            return False
        if word in table.boxes:
            self.boxes.add(number)
        elif word in table.second_numbers and (self.houses or segment.numbers):
            self.units.add((table.second_numbers[word], number))
        elif _ORDINAL.fullmatch(number) and word in table.numbers:
            return False
        elif word in table.numbers:
            plain = len(word) > 1 or word == "#" or len(number) < _POSTCODE  # "D-65451" is a town
            segment.numbers += [number] if plain else []
        elif self._numbered(segment, word, first=first):
            segment.names.append(f"{table.numbered_roads.get(word, word[:2])}{number}")
        else:
            return word in table.not_houses
        return True

    def _numbered(self, segment: _Segment, word: str, *, first: bool) -> bool:
        """Whether the number that follows is the road's name: "Calle 78", "Street 27"."""
        table = self.table
        return word in table.numbered_roads or (
            word in table.roads and word not in table.second_numbers and first and not segment.names
        )

    def _unit(self, segment: _Segment, word: str, following: str) -> bool:
        """Whether the unit's number follows: "Room 801", "Building C"."""
        single = len(following) == 1 or any(map(str.isdigit, following))
        postcode = following.isdigit() and len(following) >= _POSTCODE
        if not single or postcode or (segment.road and _ORDINAL.fullmatch(following)):
            return False
        self.units.add((self.table.units[word], following))
        return True

    def _unit_behind(self, segment: _Segment, word: str) -> None:
        """Take "10th Floor", "Second Floor": the number stands before its word."""
        if self.table.units[word] != "floor":
            return
        before = segment.names[-1] if segment.names else ""
        ordinal = _ORDINAL.fullmatch(before)
        if ordinal or before in self.table.ordinals:
            self.units.add(("floor", ordinal[1] if ordinal else segment.names[-1]))
            segment.names.pop()
        elif segment.numbers:
            self.units.add(("floor", segment.numbers.pop()))

    def _number(self, segment: _Segment, number: str, following: str, *, first: bool) -> None:
        """Take a bare number: of a house, of a street ("10th"), or a postcode, which is dropped."""
        if _ORDINAL.fullmatch(number):
            segment.names.append(number)
        elif following in self.table.roads and segment.numbers:
            segment.names.append(
                f"{self.table.numbered_roads.get(following, following[:2])}{number}"
            )
        elif _HYPHENED.fullmatch(number) and self.houses:
            return
        elif not number.isdigit():
            segment.numbers.append(number)
        elif len(number) < _POSTCODE or (len(number) == _POSTCODE and first and following):
            town_code = len(number) == _TOWN_CODE and self.houses and not segment.road
            segment.numbers += [] if town_code else [number]

    def settled(self, text: str, segments: list[_Segment], country: str | None) -> ParsedAddress:
        """The whole address, each house number with its street."""
        streets: dict[str, tuple[str, ...]] = {}
        used: set[str] = set()
        for index, segment in enumerate(segments):
            if not segment.numbers:
                continue
            names = self._street(segments, index)
            used |= set(names)
            for number in segment.numbers:
                for each in self._spelled(number):
                    streets[each] = tuple(dict.fromkeys((*streets.get(each, ()), *names)))
        around = [name for segment in segments for name in segment.names if name not in used]
        if not streets:
            streets = self._by_building(segments)
        cities = {self.table.cities[name] for name in around if name in self.table.cities}
        if state := self.table.city_states.get(country or ""):
            cities.add(state)
        places = {name for name in around if self._is_place(name)}
        return ParsedAddress(
            text=text,
            streets=tuple(streets.items()),
            boxes=frozenset(self.boxes),
            units=frozenset(self.units),
            cities=frozenset(cities),
            places=frozenset(places),
            country=country,
        )

    def _is_place(self, name: str) -> bool:
        """Whether a word around the street may be a town: it tells, and is no country."""
        distinctive = self.table.weight(name) == self.table.amounts["distinctive"]
        return distinctive and name not in self.table.not_places

    def _street(self, segments: list[_Segment], index: int) -> list[str]:
        """The names of the street that the numbers of a segment stand in."""
        own = segments[index]
        mine = self._names(own)
        if own.road and mine:
            return mine
        found: list[str] = []
        for distance in range(1, self.table.limits.reach + 1):
            for at in (index - distance, index + distance):
                if 0 <= at < len(segments) and segments[at].road and not segments[at].numbers:
                    found += self._names(segments[at])
            if self._tell(found):
                return found
        if found or mine:
            return found or mine
        near = [segments[at] for at in (index - 1, index + 1) if 0 <= at < len(segments)]
        return [n for s in near if not s.district and not s.numbers for n in self._names(s)]

    def _names(self, segment: _Segment) -> list[str]:
        """Its names without towns; a road may be named after a town."""
        towns, districts = self.table.cities, self.table.districts
        found = [name for name in segment.names if name not in towns and name not in districts]
        return segment.names if segment.road and not self._tell(found) else found

    def _tell(self, names: list[str]) -> bool:
        """Whether some word tells one street from another."""
        return any(self.table.weight(name) >= self.table.amounts["common"] for name in names)

    def _spelled(self, number: str) -> Iterator[str]:
        """The number, and the ends of a short range: "162-164"."""
        yield (number.replace("-", "") if number[-1].isalpha() else number).lstrip("0") or "0"
        if found := _RANGE.fullmatch(number):
            low, high = int(found[1][:9]), int(found[2][:9])
            if low < high <= low + self.table.limits.span and (high - low) % 2 == 0:
                yield from (str(low), str(high))

    def _by_building(self, segments: list[_Segment]) -> dict[str, tuple[str, ...]]:
        """Without a house number the building has it: "Avenue Leninsky, Building 30"."""
        numbers = sorted(n for kind, n in self.units if kind == "building" and n[0].isdigit())
        roads = [segment for segment in segments if segment.road]
        names = tuple(dict.fromkeys(n for segment in roads for n in self._names(segment)))
        return dict.fromkeys(numbers, names) if names else {}
