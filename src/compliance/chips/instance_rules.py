"""Families of instance types whose name says the number of chips, or that there is none.

instance_rules.yaml gives, for each provider, forms of names with what stands in them:

    #   a number               @   letters, or none            *   letters, digits, dots, hyphens
    {n} the number that counts {chip} the name of a chip       {family}, {size} one of the lists

"v5p-{n}" with two of `n` a chip reads v5p-8 as 4 chips; "{family}.{size}" of the families without
an accelerator reads m5.large as none. A name that no form fits stays unknown: a new family may have
anything in it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from compliance.tables import Findings, Listed, Strict

_PARTS: Final = re.compile(r"\{(\w+)\}|[#@*]")
_SIGNS: Final = {"#": r"\d{1,7}", "@": "[a-z]{0,6}", "*": "[a-z0-9.-]+"}
_NUMBER: Final = r"(?P<n>[1-9]\d{0,4})"
_CHIP: Final = r"(?P<chip>[a-z0-9][a-z0-9 .()/-]*?)"
_Provider = Annotated[str, Field(pattern=r"^[a-z0-9]+$")]
_Forms = Annotated[Listed[str], Field(min_length=1)]


class Variant(Strict):
    """Words around the name of a type that change neither its chip nor its number."""

    provider: _Provider
    prefix: str = ""
    suffix: str = ""
    source: str

    def stripped(self, name: str) -> str | None:
        """The name without them; None where it does not have them, or nothing would be left."""
        if not (name.startswith(self.prefix) and name.endswith(self.suffix)):
            return None
        return name[len(self.prefix) : len(name) - len(self.suffix)].strip() or None


class Counted(Strict):
    """Types that name their chip and how many: `n` over `per` of them.

    `chip` is left out where the form has {chip}; without {n} the number is not established, unless
    `count` says it. `numbers` are those that the provider offers, where others would be an error.
    `alone` says whether the form tells its provider; else it does unless it has {chip}.
    """

    provider: _Provider
    types: _Forms
    chip: str = ""
    per: Annotated[int, Field(strict=True, ge=1)] = 1
    numbers: Listed[Annotated[int, Field(strict=True, ge=1)]] = ()
    slices: bool = False
    count: Annotated[int, Field(strict=True, ge=1)] | None = None
    alone: bool | None = None
    source: str
    doubt: str = ""

    @model_validator(mode="after")
    def _names_a_chip_once(self) -> Counted:
        for form in self.types:
            if ("{chip}" in form) == bool(self.chip):
                raise ValueError("a chip stands either in `chip` or in the form, as {chip}")
            if "{n}" in form and self.count is not None:
                raise ValueError("the number stands either in `count` or in the form, as {n}")
        return self

    @property
    def told(self) -> bool:
        """Whether a type of these forms is known without its provider."""
        return bool(self.chip) if self.alone is None else self.alone

    def share(self, n: str | None) -> Decimal | None:
        """How many chips; None where that is not established."""
        if n is None:
            return None if self.count is None else Decimal(self.count)
        return Decimal(n) / self.per

    def offers(self, n: str | None) -> bool:
        """Whether the provider has the type in this number."""
        if n is None:
            return True
        return (not self.numbers or int(n) in self.numbers) and (
            self.slices or int(n) % self.per == 0
        )


class Unaccelerated(Strict):
    """Types without any accelerator: families by their names and sizes.

    `full_names_only`: the words of a variant may not be left out, where the rest could be a chip.
    """

    provider: _Provider
    types: _Forms
    families: Listed[str] = ()
    sizes: Listed[str] = ()
    full_names_only: bool = False
    source: str
    doubt: str = ""


class RuleTable(Strict):
    """instance_rules.yaml."""

    version: Literal[1] = Field(alias="schema")
    variants: Listed[Variant]
    terms: Listed[str] = ()
    counted: Listed[Counted]
    without_accelerator: Listed[Unaccelerated]


@dataclass(frozen=True, slots=True)
class Form:
    """One form of names, how every one of them begins, and the rule that it stands in."""

    pattern: str
    start: str
    rule: Counted | Unaccelerated


@dataclass(frozen=True, slots=True)
class InstanceRules:
    """The forms of each provider, in the order of the table. Build it with `read_rules`."""

    variants: tuple[Variant, ...]
    terms: tuple[str, ...] = ()
    forms: Mapping[str, tuple[Form, ...]] = field(default_factory=dict)

    def names(self, provider: str, name: str) -> tuple[str, ...]:
        """A folded name, then without the words that say nothing about its chips."""
        found = [name]
        for shown in found:
            for variant in self.variants:
                rest = variant.stripped(shown) if variant.provider == provider else None
                if rest is not None and rest not in found:
                    found.append(rest)
        return tuple(found)

    def bare(self, name: str) -> str:
        """A folded name without the terms of hire behind it ("p5.48xlarge spot")."""
        shown = ""
        while shown != name:
            shown = name
            for term in self.terms:
                for behind in (f" {term}", f" ({term})"):
                    name = name.removesuffix(behind).rstrip(" ,-/")
        return name

    def matches(
        self, provider: str, name: str
    ) -> tuple[tuple[Counted | Unaccelerated, str | None, str | None], ...]:
        """The rules that a folded name fits, with its number and the name of its chip."""
        found = []
        for form in self.forms.get(provider, ()):
            if not name.startswith(form.start):
                continue
            fits = _compiled(form.pattern).fullmatch(name)
            if fits is None:
                continue
            parts = fits.groupdict()
            n, chip = parts.get("n"), parts.get("chip")
            if isinstance(form.rule, Unaccelerated) or form.rule.offers(n):
                found.append((form.rule, n, chip))
        return tuple(found)


def folded(name: str) -> str:
    """A name of a type as it is compared: without case; an underscore is a blank."""
    return " ".join(name.replace("_", " ").casefold().split())


def read_rules(path: Path, models: Collection[str]) -> InstanceRules:
    """The rules of instance_rules.yaml; `models` are the chips that exist.

    Raises:
        ReferenceDataError: every defect, with file, line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, RuleTable)
    for index, rule in enumerate(table.counted):
        if rule.chip and rule.chip not in models:
            findings.report(
                document, ("counted", index, "chip"), f"no chip is called {rule.chip!r}"
            )
    spellings = InstanceRules(table.variants, table.terms)
    forms: dict[str, list[Form]] = {}
    kinds: tuple[tuple[str, tuple[Counted | Unaccelerated, ...]], ...] = (
        ("counted", table.counted),
        ("without_accelerator", table.without_accelerator),
    )
    for kind, rules in kinds:
        for index, each in enumerate(rules):
            for at, text in enumerate(each.types):
                written = spellings.names(each.provider, folded(text))
                if isinstance(each, Unaccelerated) and each.full_names_only:
                    written = written[:1]
                try:
                    forms.setdefault(each.provider, []).extend(
                        Form(_pattern(form, each), _PARTS.split(form, 1)[0], each)
                        for form in written
                    )
                except ValueError as error:
                    findings.report(document, (kind, index, "types", at), str(error))
    findings.settle()
    return InstanceRules(
        table.variants, table.terms, {name: tuple(each) for name, each in forms.items()}
    )


@lru_cache(2048)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a provider is first asked for: compiling them all takes longest."""
    return re.compile(pattern)


def _pattern(form: str, rule: Counted | Unaccelerated) -> str:
    """The regular expression of a form.

    Raises:
        ValueError: something in braces that the rule does not say.
    """
    lists: dict[str, tuple[str, ...]] = {}
    if isinstance(rule, Unaccelerated):
        lists = {"family": rule.families, "size": rule.sizes}
    parts: list[str] = []
    at = 0
    for part in _PARTS.finditer(form):
        parts.append(re.escape(form[at : part.start()]))
        at = part.end()
        name = part[1]
        if name is None:
            parts.append(_SIGNS[part[0]])
        elif lists.get(name):
            parts.append(f"(?:{'|'.join(map(_alternative, lists[name]))})")
        elif isinstance(rule, Counted) and name in {"n", "chip"}:
            parts.append(_NUMBER if name == "n" else _CHIP)
        else:
            raise ValueError(f"nothing is known of {{{name}}} here")
    return "".join((*parts, re.escape(form[at:])))


def _alternative(text: str) -> str:
    return "".join(_SIGNS["#"] if sign == "#" else re.escape(sign) for sign in folded(text))
