"""The gazetteer: countries, regions and dated country groups behind one look-up.

It reads texts into codes, never by likeness; it answers membership as true, false or unknown; and
it is built once from the reviewed tables of a rule set. Immutable and safe to share by threads;
its caches are bounded and change no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Self

from compliance.errors import Problem, UnknownNameError, did_you_mean
from compliance.memo import Memo
from compliance.model.truth import Truth
from compliance.places.countries import Countries, CountriesTable, iso_region
from compliance.places.country_text import (
    AddressTexts,
    CountryReading,
    read_address,
    read_country,
    read_logged,
)
from compliance.places.folding import parts
from compliance.places.group_table import GroupsTable
from compliance.places.groups import Groups, Membership
from compliance.places.regions import Regions, RegionsTable
from compliance.places.territorial_control import Control, ControlTable
from compliance.tables import Findings
from compliance.tables.embedded import rules_path


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Countries, regions and groups of one rule set. Build it with `load`."""

    rules: Path
    _countries: Countries = field(repr=False)
    _regions: Regions = field(repr=False)
    _groups: Groups = field(repr=False)
    _control: Control = field(repr=False)
    _readings: Memo[str, CountryReading] = field(default_factory=Memo, init=False, repr=False)
    _in_logs: Memo[str, CountryReading] = field(default_factory=Memo, init=False, repr=False)
    _members: Memo[tuple[str, date], Membership] = field(
        default_factory=Memo, init=False, repr=False
    )

    @classmethod
    def load(cls, rules: Path | None = None) -> Self:
        """Read countries, regions, groups and control.yaml in data/ of `rules` (embedded if None).

        Raises:
            ReferenceDataError: every defect of the tables, with file, line and column.
        """
        root = rules_path() if rules is None else rules
        findings = Findings()
        tables = (
            findings.read(root / "data" / "countries.yaml", CountriesTable),
            findings.read(root / "data" / "regions.yaml", RegionsTable),
            findings.read(root / "data" / "groups.yaml", GroupsTable),
            findings.read(root / "data" / "control.yaml", ControlTable),
        )
        if tables[0] is None:
            findings.settle()
            raise AssertionError  # unreachable: a table that cannot be read leaves a finding
        countries = Countries.of(*tables[0], findings)
        regions = Regions.of(*tables[1], countries, findings) if tables[1] else None
        groups = Groups.of(*tables[2], countries, findings) if tables[2] else None
        control = Control.of(*tables[3], regions, findings) if tables[3] and regions else None
        findings.settle()
        assert control is not None  # noqa: S101 - settled: every table was read
        assert regions is not None  # noqa: S101 - settled: every table was read
        assert groups is not None  # noqa: S101 - as above
        return cls(
            root,
            countries,
            regions,
            groups,
            control,
        )

    def __reduce__(self) -> tuple[Callable[[Path], Gazetteer], tuple[Path]]:
        return type(self).load, (self.rules,)

    def check(self) -> None:
        """Hold the country table against ISO 3166-1, which loading leaves out for speed.

        Raises:
            ReferenceDataError: a code that ISO does not have, a code without a row, a spelling
                that ISO gives to another country.
        """
        findings = Findings()
        self._countries.check(findings)
        findings.settle()

    def read(self, text: str) -> CountryReading:
        """Read a text given as a country: a code, a name, or a region of the table."""
        try:
            return self._readings[text]
        except KeyError:
            return self._readings.keep(text, read_country(text, self._countries, self._regions))

    def logged(self, text: str) -> CountryReading:
        """Read a place in a log: as `read`, and towns and regions as an address gives them."""
        try:
            return self._in_logs[text]
        except KeyError:
            return self._in_logs.keep(text, read_logged(text, self._countries, self._regions))

    def region_of_postcode(self, postcode: str, country: str | None) -> str | None:
        """The reviewed region of a postcode; `country` is a code or name, of whose post it is."""
        code = None if country is None else self.read(country).code
        return None if code is None else self._regions.of_postcode(postcode, code)

    def is_country(self, text: str) -> bool:
        """Whether `text` is the name or code of one country; quick where it is not."""
        return self._countries.code(text) is not None

    def country(self, text: str) -> str | None:
        """The ISO 3166-1 alpha-2 code that `text` names, or None."""
        return self.read(text).code

    def region(self, address: AddressTexts) -> str | None:
        """The ISO 3166-2 region of an address, or None where nothing in it shows one.

        A code of the reviewed table stands; a region of that table named by city, region or text
        comes next and outweighs any other code, unless a homonym of the table explains it; then any
        code that ISO 3166-2 has. Names are known for reviewed regions only.
        """
        country, region, city, text = address
        said = CountryReading("", None) if country is None else self.read(country)
        if region is not None and (reviewed := self._regions.code(region, said.code)):
            return reviewed
        found = self._regions.find(said.code, (city, region, text), self.country) or said.region
        found = found or self._at_the_end(text)
        return found if found or region is None else _iso_code(region, said.code)

    def _at_the_end(self, text: str | None) -> str | None:
        """The reviewed region that the last piece of an address is, whichever country is stated."""
        pieces = parts(text) if text else ()
        return self.read(pieces[-1]).region if len(pieces) > 1 else None

    def country_of_address(self, address: AddressTexts) -> str | None:
        """The country that an address names in its text, city or region, beside `country`; or None.

        None as well where it names the same one as `country`.
        """
        country, region, city, text = address
        stated = None if country is None else self.read(country).code
        return read_address(self._countries, stated, region, city, text)

    def occupied(self, code: str, address: AddressTexts, *, as_of: date) -> Truth:
        """Whether an address of the region `code` lies where its government has no control.

        True of every address of a region that is held by none of its parts (Crimea). Unknown where
        the region is held in part and the address does not say certainly where ("Donetsk Oblast",
        a town that is held, or not in the table): the line moves, and somebody has to be asked.
        """
        return self._control.occupied(code, self._spelled(code, address), as_of)

    def is_reviewed(self, region: str) -> bool:
        """Whether the region is of the reviewed table."""
        return region in self._regions.regions

    def control_told(self, code: str, address: AddressTexts) -> str:
        """What the table says of who holds the place of an address, in words."""
        return self._control.told(code, self._spelled(code, address))

    def _spelled(self, code: str, address: AddressTexts) -> tuple[str, ...]:
        """The spellings of one region in an address; a town given as region may be its oblast."""
        regions, (said, region, *texts) = self._regions, address
        country = None if said is None else self.read(said).code
        found = [s for hits in regions.spelled_in(country, texts, self.country) for s in hits]
        found += [
            spelling
            for hits in regions.spelled_in(country, (region,), self.country)
            for spelling in hits
            if spelling not in regions.towns
        ]
        return tuple(spelling for spelling in found if regions.spelled[spelling] == code)

    def in_group(self, code: str | None, group: str, *, as_of: date) -> Truth:
        """Whether the country `code` is in `group` on a day; unknown for None or no known code.

        A group is one of `groups()`, or a country code: that country and those that follow it.

        Raises:
            UnknownNameError: there is no such group.
        """
        membership = self.members(group, as_of)
        if code is None or code not in self._countries.names:
            return Truth.UNKNOWN
        return membership.holds(code)

    def members(self, group: str, as_of: date) -> Membership:
        """Who is certainly and who is possibly in `group` on a day.

        Raises:
            UnknownNameError: there is no such group.
        """
        if group not in self._groups.rows and group not in self._countries.names:
            raise _unknown("country group", group, self.groups())
        try:
            return self._members[group, as_of]
        except KeyError:
            return self._members.keep((group, as_of), self._groups.membership(group, as_of))

    def change_dates(self) -> tuple[date, ...]:
        """Every day, in order, on which the answer of `in_group` may change for some country."""
        return self._groups.change_dates()

    def groups(self) -> tuple[str, ...]:
        """The names of the groups, sorted; country codes are groups besides."""
        return tuple(sorted(self._groups.rows))

    def name(self, code: str) -> str:
        """The short English name of a country ("South Korea") or region ("Crimea").

        Raises:
            UnknownNameError: no country of the table and no ISO 3166-2 region has this code.
        """
        if code in self._countries.names:
            return self._countries.names[code]
        if code in self._regions.regions:
            return self._regions.regions[code].name
        name = iso_region(code)
        if name is None:
            raise _unknown("country or region", code, self._countries.names)
        return name


def _iso_code(text: str, country: str | None) -> str | None:
    """The ISO 3166-2 code that `text` is, with or without its country's prefix, or None."""
    code = text.strip().upper()
    if "-" not in code and country is not None:
        code = f"{country}-{code}"
    return code if iso_region(code) else None


def _unknown(what: str, name: str, known: Iterable[str]) -> UnknownNameError:
    hint = did_you_mean(name.upper(), known, most=3)
    return UnknownNameError(
        Problem.at(f"no {what} is called {name!r}", hint=hint, code=UnknownNameError.code)
    )
