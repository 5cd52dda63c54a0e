"""Members of a JSON object, with a defect taken down where one is not what it should be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from compliance.ownership.readers.nationalities import nationality
from compliance.ownership.readers.spelled_values import StatedDay, beginning, end, moment
from compliance.ownership.readers.statements import Gathering, Place
from compliance.places import country

_NEVER: Final = datetime.min.replace(tzinfo=UTC)
ROUNDED: Final = "a day stated as a month or a year is read in its widest sense"


@dataclass(frozen=True, slots=True)
class Fields:
    """An object of a record and the place where it stands."""

    values: Mapping[str, Any]
    place: Place
    gathering: Gathering

    def text(self, key: str, *, required: bool = False) -> str | None:
        """The text under a key, without blanks around it; None where there is none."""
        value = self.values.get(key)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                self.fault(key, "missing: a text that is not empty is expected")
            return None
        if not isinstance(value, str):
            self.fault(key, f"a text is expected, not {_shown(value)}")
            return None
        return value.strip()

    def one_of(self, key: str, known: Collection[str], *, required: bool = False) -> str | None:
        """The text under a key, which is one of the known; None where there is none."""
        text = self.text(key, required=required)
        if text is not None and text not in known:
            self.fault(key, f"{text!r} is none of {', '.join(sorted(known))}")
            return None
        return text

    def flag(self, key: str) -> bool:
        """Whether true stands under a key; false where nothing does."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"true or false is expected, not {_shown(value)}")
            return False
        return value

    def inside(self, key: str, *, required: bool = False) -> Fields | None:
        """The object under a key; None where there is none."""
        value = self.values.get(key)
        if value is None:
            if required:
                self.fault(key, "missing: an object is expected")
            return None
        if not isinstance(value, Mapping):
            self.fault(key, f"an object is expected, not {_shown(value)}")
            return None
        return Fields(value, self.place.at(key), self.gathering)

    def each(self, key: str) -> Iterator[Fields]:
        """Each object of the list under a key."""
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            self.fault(key, f"a list is expected, not {_shown(value)}")
            return
        place = self.place.at(key)
        for index, item in enumerate(value):
            if isinstance(item, Mapping):
                yield Fields(item, place.at(index), self.gathering)
            else:
                self.gathering.fault(place.at(index), f"an object is expected, not {_shown(item)}")

    def texts(self, key: str) -> tuple[str, ...]:
        """Each text of the list under a key, once."""
        value = self.values.get(key)
        if value is None:
            return ()
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            self.fault(key, f"a list of texts is expected, not {_shown(value)}")
            return ()
        return tuple(dict.fromkeys(item.strip() for item in value if item.strip()))

    def since(self, key: str) -> date | None:
        """The beginning under a key."""
        return self._day(key, beginning)

    def until(self, key: str) -> date | None:
        """The end under a key."""
        return self._day(key, end)

    def moment(self, key: str) -> datetime:
        """The moment under a key; before all others where there is none."""
        text = self.text(key)
        if text is None:
            return _NEVER
        found = moment(text)
        if found is None:
            self.fault(key, f"a moment written as 2024-06-15T08:00:00Z is expected, not {text!r}")
        return found or _NEVER

    def country(self, key: str) -> str | None:
        """The code of the country under a key; a text that names no one country is remarked on."""
        text = self.text(key)
        return None if text is None else country_code(text, self.place, self.gathering)

    def fault(self, key: str, message: str, *, hint: str = "") -> None:
        """Take down a defect of the member under a key."""
        self.gathering.fault(self.place.at(key), message, hint=hint)

    def _day(self, key: str, read: Callable[[str], StatedDay | None]) -> date | None:
        text = self.text(key)
        if text is None:
            return None
        found = read(text)
        if found is None:
            self.fault(key, f"a day written as 2024-06-15 is expected, not {text!r}")
            return None
        if found.rounded:
            self.gathering.remark("rounded_day", ROUNDED, self.place)
        return found.day


def country_code(text: str, place: Place, gathering: Gathering) -> str | None:
    """The code of the country that a text names; None, with a remark, where it names no one."""
    code = country(text)
    if code is None:
        gathering.remark("country", f"{text!r} names no one country: left open", place)
    return code


def nationality_code(text: str, place: Place, gathering: Gathering) -> str | None:
    """The code of the country of a nationality in words; None, with a remark, of no one country."""
    code = nationality(text)
    if code is None:
        gathering.remark("nationality", f"{text!r} is no one nationality: left open", place)
    return code


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:60]}..."
