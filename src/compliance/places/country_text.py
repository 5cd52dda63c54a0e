"""Reading a text that was given as a country into what it says, and no more than that.

The order is: a region of the reviewed table, a country, an ambiguous name, a region written with
its country, a code of ISO 3166-2; whatever is left is unknown, with near spellings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from compliance.places.countries import Countries, iso_region, subdivision_names
from compliance.places.folding import LONGEST, fold, parts
from compliance.places.regions import Regions


class AddressTexts(NamedTuple):
    """The texts of an address that say where it lies; None where it has none.

    `country` is a code or a name; `region` a code ("UA-43", "QLD" with country AU) or a name;
    `text` the address as one line or several.
    """

    country: str | None = None
    region: str | None = None
    city: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class CountryReading:
    """What a text given as a country says.

    `code` is the ISO 3166-1 alpha-2 code, None where the text names no country or several;
    `region` an ISO 3166-2 code where the text is narrower than a country ("Crimea" is UA, UA-43);
    `near` up to three names to choose from, only where `code` is None; `note` says why the answer
    is not simply the code.
    """

    text: str
    code: str | None
    region: str | None = None
    near: tuple[str, ...] = ()
    note: str = ""


def read_country(text: str, countries: Countries, regions: Regions) -> CountryReading:
    """What `text` names: a country, a region of the table or of ISO 3166-2, several, or nothing."""
    if len(text) > LONGEST:
        return CountryReading(text, None, note=f"longer than {LONGEST} characters")
    folded = fold(text)
    if not folded:
        return CountryReading(text, None, note="no country is given")
    narrower = regions.named.get(folded) or regions.code(text)
    if narrower is None and (code := countries.code(text)):
        return CountryReading(text, code)
    if candidates := countries.candidates(text):
        note = f"names more than one country: {', '.join(candidates)}"
        return CountryReading(text, None, near=candidates, note=note)
    if narrower := narrower or _region_within(text, countries, regions):
        region = regions.regions[narrower]
        note = f"{region.name} is part of {countries.names[region.country]}"
        return CountryReading(text, region.country, narrower, note=note)
    return _iso_region_reading(text, countries) or CountryReading(
        text, None, near=countries.near(text), note="not the name or code of a country"
    )


def read_logged(text: str, countries: Countries, regions: Regions) -> CountryReading:
    """What a place in a log names: as an address would be read, by the same tables.

    Besides what is read as a country: a town of a reviewed region ("Donetsk"), and any place that
    is written with its country ("Moscow, Russia", "UA/43", "US-CA, US"). Where two countries are
    named and neither is a subdivision of the other, it is not known.
    """
    reading = read_country(text, countries, regions)
    if reading.code is not None or len(text) > LONGEST or countries.candidates(text):
        return reading
    pieces = parts(_JOINTS.sub(",", text))
    named = {code: piece for piece in pieces if (code := countries.code(piece))}
    country = next(iter(named), None) if len(named) == 1 else _wider(named)
    if named and country is None:
        return reading
    region = regions.find(country, (",".join(pieces),), countries.code) or next(
        filter(None, (regions.code(piece, country) for piece in pieces)), None
    )
    if region is not None:
        found = regions.regions[region]
        note = f"{found.name} is part of {countries.names[found.country]}"
        return CountryReading(text, found.country, region, note=note)
    if country is None:
        return reading
    return CountryReading(text, country, note=f"{text!r} is in {countries.names[country]}")


def read_address(
    countries: Countries, stated: str | None, region: str | None, city: str | None, text: str | None
) -> str | None:
    """The country that an address names besides the `stated` code, by its ends; or None.

    "Azadi Street, Tehran, Iran 11369" is in Iran, "Iran, Tehran" too. Where no country is stated
    the last words do as well ("Tehran Iran"). Codes are not read in a text (GA is Gabon, and
    Georgia in the US), nor a name that a subdivision has too ("Atlanta, Georgia"); of `region` only
    the ISO 3166-2 code is ("IR-23"), and a `city` alone is none (Cuba in Missouri).
    """
    if region is not None and (reading := _iso_region_reading(region, countries)):
        return reading.code if reading.code != stated else None
    texts = [parts(each) for each in (text, city) if each and len(each) <= _LONGEST_ADDRESS]
    if city and len(parts(city)) == 1:
        texts = texts[:-1]
    for pieces in texts:
        if stated is not None and any(countries.code(piece) == stated for piece in pieces):
            continue  # "Taipei, Taiwan, China" is where it is stated to be
        found = _named_at_end(pieces[-1], countries, whole=stated is not None) if pieces else None
        found = found or (_named_at_end(pieces[0], countries, whole=True) if pieces else None)
        if found is not None and found != stated:
            return found
    return None


def _named_at_end(piece: str, countries: Countries, *, whole: bool) -> str | None:
    """The country that a piece of an address is, but for a postcode, or (not `whole`) ends with."""
    words = [word for word in fold(piece).split() if not any(map(str.isdigit, word))]
    for start in range(1 if whole else len(words)):
        name = " ".join(words[start:])
        if not _CODE.fullmatch(name) and (code := countries.code(name)):
            return None if name in subdivision_names() else code
    return None


_CODE = re.compile("[a-z]{2}")
_LONGEST_ADDRESS = 2000  # characters beyond which the text of an address is not read
_JOINTS = re.compile(r"[()\[\]:>\u2013\u2014]+|\s-\s")


def _wider(named: dict[str, str]) -> str | None:
    """The one of two named countries of which the other text is a subdivision: CA in US-CA."""
    for country in named:
        others = [code for code in named if code != country]
        if all(iso_region(f"{country}-{named[code].strip().upper()}") for code in others):
            return country
    return None


def _region_within(text: str, countries: Countries, regions: Regions) -> str | None:
    """A reviewed region written with its country: "Sevastopol, Ukraine"."""
    *places, last = parts(text) or ("",)
    country = countries.code(last)
    if country is None:
        return None
    return regions.find(country, (", ".join(places),), countries.code)


def _iso_region_reading(text: str, countries: Countries) -> CountryReading | None:
    code = text.strip().upper()
    country = code.partition("-")[0]
    if country not in countries.names or (name := iso_region(code)) is None:
        return None
    note = f"{name} is part of {countries.names[country]}"
    return CountryReading(text, country, code, note=note)
