"""Instance types of cloud providers: which chip, and how many, or that there is none.

Three answers stay apart: a chip, with its number or a number that is not established; no
accelerator, of a family that is known to have none; and unknown. A type is looked for in
instances.csv, where it may hold "*" for any letters, digits and hyphens, and then among the forms
of instance_rules.yaml. Where a provider does not disclose the chip, it is unknown, never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Annotated, Final, NamedTuple

from pydantic import Field
from pydantic import Strict as Strictly

from compliance.chips.canonical_key import LONGEST
from compliance.chips.chip import Chip
from compliance.chips.instance_rules import Counted, InstanceRules, folded, read_rules
from compliance.chips.suggestions import offered
from compliance.errors import Problem, UnknownNameError, nearest
from compliance.tables import Findings, Strict

_LABEL: Final = re.compile(
    r"^(?:(?:[a-z0-9.\-]+/)?instance[ _\-]?type\s*[= ]\s*"
    r"|(?:[a-z0-9]{2,6}-)?(?:box|spot|dedicated|reserved)usage[: ]\s*"  # bills of AWS
    r"|(?:[a-z0-9.:\-]+/)*machinetypes/)"  # addresses of Google Cloud
)
_MANY: Final = "instances?|machines?|nodes?|vms?"
_OF: Final = rf"(?:(?:{_MANY}) (?:of )?)?"
_COUNTED: Final = (
    re.compile(
        rf"^(?P<n>[1-9]\d{{0,4}})(?:\s*[x\u00d7*]\s*|\s){_OF}"
        rf"(?P<rest>.*?[a-z].*?)(?: (?:{_MANY}))?$"
    ),
    re.compile(r"^(?P<rest>.+?)(?:\s+x|\s*[\u00d7*])\s*(?P<n>[1-9]\d{0,4})$"),
    re.compile(r"^(?P<rest>.+?)\s*\(\s*[x\u00d7*]\s*(?P<n>[1-9]\d{0,4})\s*\)$"),
)
_AFTER_PROVIDER: Final = " :/-"
_TELLING: Final = 3  # letters and digits of a name that is no size: "a2", "m4" are sizes
_ALONE: Final = 5  # those of a plain word that is no chip where it is a type of the table: "gex44"


_Text = Annotated[str, Field(min_length=1)]


class Instance(NamedTuple):
    """What one instance of a type computes on.

    `chip` is None where the type has no accelerator, and `number` is then 0; `number` is None where
    nobody has established how many chips there are. Compares as the tuple: `(chip, 8)`.
    """

    chip: Chip | None
    number: int | None


@dataclass(frozen=True, slots=True)
class InstanceType:
    """One type: `chip` is a model of the catalogue, "" where none is disclosed or there is none.

    `share` is the number of chips, a fraction where a slice of one chip is rented, 0 where the type
    has no accelerator, None where the number is not established.
    """

    provider: str
    type: str
    chip: str
    share: Decimal | None
    source: str
    doubt: str

    @property
    def accelerated(self) -> bool:
        """Whether it computes on any accelerator; an undisclosed one is one."""
        return self.share != 0

    @property
    def count(self) -> int | None:
        """How many physical chips the instance computes on: a slice of one is one."""
        return None if self.share is None else ceil(self.share)


class InstanceRow(Strict):
    """One row of instances.csv."""

    provider: _Text
    type: _Text
    chip: str = ""
    count: Annotated[Decimal, Strictly(strict=False), Field(gt=0, le=10_000)] | None = None
    source: _Text
    doubt: str = ""


class Named(NamedTuple):
    """A type that a text names, and how many instances of it the text counts."""

    type: InstanceType
    times: int = 1


@dataclass(frozen=True, slots=True)
class Instances:
    """All instance types, by folded provider and type. Build it with `read_instances`.

    `_find` reads the name of a chip that stands in a type: the catalogue does, which has these.
    """

    rows: tuple[InstanceType, ...]
    _exact: Mapping[tuple[str, str], InstanceType]
    _patterns: tuple[tuple[str, re.Pattern[str], InstanceType], ...]
    _rules: InstanceRules
    _providers: Mapping[str, str]
    _owners: frozenset[str]
    _spoken: tuple[re.Pattern[str], ...]
    _find: Callable[[str], Chip]

    def find(self, provider: str, name: str) -> InstanceType:
        """The instance type that a provider calls `name`; case does not matter.

        Raises:
            UnknownNameError: no such provider or type, or a chip that is not disclosed.
        """
        if max(len(provider), len(name)) > LONGEST:
            raise UnknownNameError(
                Problem.at(f"longer than {LONGEST} characters", code=UnknownNameError.code)
            )
        said = " ".join(unicodedata.normalize("NFKC", provider).casefold().split())
        known = self._providers.get(said, said)
        shown = unicodedata.normalize("NFKC", name)
        row = next(self._found(known, folded(shown), shown.strip()), None)
        if row is None:
            raise self._unknown(provider, known, name)
        if row.accelerated and not row.chip:
            message = f"{provider} does not disclose the chip of {name}"
            raise UnknownNameError(Problem.at(message, hint=row.doubt, code=UnknownNameError.code))
        return row

    def named(self, text: str) -> Named | None:
        """The type that a text names without its provider, or with it; None if not one.

        Types of one name with several providers are one where chip and number are the same; one
        that has chips goes before one that has none. A plain word or number is no type without its
        provider ("c5") unless the table has it as one that computes ("gex44"), nor is a form of a
        marketplace that says little beside its chip. Instances may be counted ("8x p5.48xlarge").
        The key of a Kubernetes label is taken off ("node.kubernetes.io/instance-type=p5.48xlarge").
        """
        if len(text) > LONGEST:
            return None
        shown = unicodedata.normalize("NFKC", text)
        for said in dict.fromkeys((folded(shown), folded(shown.replace(":", " ")))):
            for name, times in _counted(_LABEL.sub("", said)):
                ways = dict.fromkeys((name, self._rules.bare(name)))
                row = next(filter(None, map(self._named, ways)), None)
                if row is not None:
                    return Named(row, times)
        return None

    def _named(self, said: str) -> InstanceType | None:
        found: list[InstanceType] = []
        for provider in self._owners:
            found += islice(self._alone(provider, said), 1)
        if not found:
            for provider, rest in self.without_provider(said):
                try:
                    found += islice(self._found(provider, rest, rest), 1)
                except UnknownNameError:
                    continue  # a marketplace's form, but not of a chip
        found = [row for row in found if row.accelerated] or found
        alike = len({(row.chip, row.share) for row in found}) == 1
        row = min(found, key=lambda each: each.provider) if alike else None
        return None if row is None or (row.accelerated and not row.chip) else row

    def _alone(self, provider: str, said: str) -> Iterator[InstanceType]:
        """What a name without its provider may be with one."""
        if not said.isalnum():
            yield from self._found(provider, said, said, alone=True)
        elif len(said) >= _ALONE and (provider, said) in self._exact:
            yield self._exact[provider, said]

    def without_provider(self, text: str) -> Iterator[tuple[str, str]]:
        """Providers that a text names before or behind what is left of it."""
        said = folded(unicodedata.normalize("NFKC", text))
        for pattern in self._spoken:
            found = pattern.match(said)
            if found:
                name = found["name"] or found["other"]
                yield self._providers.get(name, name), found["rest"].strip(_AFTER_PROVIDER)

    def _found(
        self, provider: str, wanted: str, shown: str, *, alone: bool = False
    ) -> Iterator[InstanceType]:
        """What the tables say of a folded name, the most particular first.

        `alone`: without the forms that tell nothing where their provider is not named.
        """
        names = self._rules.names(provider, wanted)
        yield from (
            self._exact[provider, name] for name in names if (provider, name) in self._exact
        )
        for name in names:
            for owner, pattern, row in self._patterns:
                if owner == provider and pattern.fullmatch(name):
                    yield row
        yield from self._by_rule(provider, names, shown, alone=alone)

    def _by_rule(
        self, provider: str, names: tuple[str, ...], shown: str, *, alone: bool
    ) -> Iterator[InstanceType]:
        unread: list[UnknownNameError] = []
        for rule, n, text in (
            each for name in names for each in self._rules.matches(provider, name)
        ):
            row = InstanceType(provider, shown, "", Decimal(0), rule.source, rule.doubt)
            if isinstance(rule, Counted):
                if alone and not rule.told:
                    continue
                try:
                    chip = rule.chip if text is None else self._find(text).model
                except UnknownNameError as error:
                    unread.append(error)
                    continue
                row = replace(row, chip=chip, share=rule.share(n))
            elif self._computes(names[0], rule.families):
                continue  # a new type may have anything in it: "vhp-h100" is not one of vhp-*
            yield row
        if unread and not alone:
            raise unread[0]

    def _computes(self, name: str, families: tuple[str, ...]) -> bool:
        """Whether a word of a type speaks of GPUs, or names a chip of a data center, no family."""
        for word in set(re.split(r"[^a-z0-9]+", name)).difference(families):
            if "gpu" in word or "tpu" in word:
                return True
            if len(word) >= _TELLING and not word.isdecimal():
                try:
                    chip = self._find(word)
                except UnknownNameError:
                    continue
                if chip.specification.market == "datacenter":
                    return True
        return False

    def _unknown(self, provider: str, known: str, name: str) -> UnknownNameError:
        types = [row.type for row in self.rows if row.provider == known]
        what = f"{provider} instance type is called {name!r}"
        if known not in self._owners:
            types = sorted(self._owners)
            what, name = f"provider is called {provider!r}", provider
        hint = offered(nearest(name, types, most=3))
        return UnknownNameError(Problem.at(f"no {what}", hint=hint, code=UnknownNameError.code))


def read_instances(
    folder: Path,
    models: Mapping[str, Chip],
    providers: Mapping[str, str],
    find: Callable[[str], Chip],
) -> Instances:
    """The types of instances.csv and the rules beside it.

    `models` are the chips that exist, `find` reads the name of a chip that stands in a type.

    Raises:
        ReferenceDataError: every defect of one of the two, with file and line.
    """
    rules = read_rules(folder / "instance_rules.yaml", models)
    findings = Findings()
    document, table = findings.read_only(folder / "instances.csv", list[InstanceRow])
    rows: list[InstanceType] = []
    exact: dict[tuple[str, str], InstanceType] = {}
    patterns: list[tuple[str, re.Pattern[str], InstanceType]] = []
    for index, given in enumerate(table):
        if given.chip and given.chip not in models:
            findings.report(document, (index, "chip"), f"no chip is called {given.chip!r}")
        provider, name = given.provider.casefold(), folded(given.type)
        if (provider, name) in exact:
            findings.report(document, (index, "type"), f"{provider} {given.type} twice")
        row = InstanceType(provider, given.type, given.chip, given.count, given.source, given.doubt)
        rows.append(row)
        spellings = rules.names(provider, name)
        exact.update(((provider, spelling), row) for spelling in spellings)
        if "*" in name:
            any_word = "[a-z0-9-]+".join(map(re.escape, name.split("*")))
            patterns.append((provider, re.compile(any_word), row))
    findings.settle()
    owners = frozenset({row.provider for row in rows} | set(rules.forms))
    names = "|".join(map(re.escape, sorted({*owners, *providers}, key=len, reverse=True)))
    spoken = (
        re.compile(rf"(?P<name>{names})(?P<other>)[{_AFTER_PROVIDER}](?P<rest>.+)"),
        re.compile(rf"(?P<rest>.+) (?:on (?P<name>{names})|[(\[](?P<other>{names})[)\]])$"),
    )
    return Instances(tuple(rows), exact, tuple(patterns), rules, providers, owners, spoken, find)


def _counted(said: str) -> Iterator[tuple[str, int]]:
    """A text as it is, then without a number that counts what it names."""
    yield said, 1
    for pattern in _COUNTED:
        found = pattern.match(said)
        if found:
            yield found["rest"], int(found["n"])
