"""The index of a rule folder as a page: every policy by subject, by citation and by definition.

Law (with guidance and proposed law) and house rules stand apart. A subject is a folder of the
rules; a citation of several places, joined by ";", stands under each of them. A policy is cited
for what its definitions cite, too. The page has no clock: it tells the last state of a timeline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from compliance.errors import Problem, RuleError
from compliance.policies.definitions import (
    Definitions,
    DefinitionsFile,
    definition_files,
    load_definitions,
)
from compliance.policies.fields import FieldSchema
from compliance.policies.loading import id_of, policy_files
from compliance.policies.policy import Policy
from compliance.tables.yaml import read_file

_HOUSE: Final = "house"
_SPECIAL: Final = re.compile(r"[\\|<*_\[\]]")
_NUMBER: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Definition:
    """A set, condition or exception: its kind, its file, what it cites, all that it reads."""

    kind: str
    place: str
    cites: frozenset[str]
    uses: frozenset[str]


@dataclass(frozen=True, slots=True)
class Index:
    """What the page tells: policies with their places, definitions, the number of cases."""

    policies: Sequence[Policy]
    places: Mapping[str, str]
    """The file of each policy, from the rule folder."""
    definitions: Mapping[str, Definition]
    cases: Mapping[str, int]

    def page(self, folder: str) -> str:
        """The page, in Markdown; `folder` is the rule folder as links of the page reach it."""
        return "".join(f"{line}\n" for line in _Page(self, folder).lines())


def index_of(
    rules: Path, policies: Iterable[Policy], cases: Mapping[str, int], fields: FieldSchema
) -> Index:
    """The index of a rule folder whose policies have been loaded.

    Raises:
        RuleError: a definition file that does not load.
    """
    places = {
        id_of(path.relative_to(rules)): path.relative_to(rules).as_posix()
        for path in policy_files(rules)
    }
    ordered = sorted(policies, key=lambda policy: policy.id)
    return Index(ordered, places, _definitions(rules, fields), cases)


def _definitions(rules: Path, fields: FieldSchema) -> Mapping[str, Definition]:
    problems: list[Problem] = []
    loaded = load_definitions(rules, fields, problems)
    if problems:
        raise RuleError(problems)
    found: dict[str, Definition] = {}
    for path in definition_files(rules):
        file = DefinitionsFile.model_validate(read_file(path).value)
        place = path.relative_to(rules).as_posix()
        cited: dict[tuple[str, str], Iterable[str | None]] = {
            ("set", name): [value.cite for value in values] for name, values in file.sets.items()
        }
        cited |= {("condition", name): [part.cite] for name, part in file.conditions.items()}
        cited |= {("exception", name): [part.cite] for name, part in file.exceptions.items()}
        for (kind, name), cites in cited.items():
            texts = frozenset(file.citations[cite].cite for cite in cites if cite)
            found[name] = Definition(kind, place, texts, frozenset(_reach(loaded, name)))
    return found


def _reach(definitions: Definitions, name: str) -> set[str]:
    """Every definition that one reads, directly or through others."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        new = definitions.used_by(waiting.pop()) - seen
        seen |= new
        waiting += new
    return seen


class _Page:
    """Lays out one index."""

    def __init__(self, index: Index, folder: str) -> None:
        self.index = index
        self.folder = folder
        self.law = [policy for policy in index.policies if policy.basis != _HOUSE]
        self.house = [policy for policy in index.policies if policy.basis == _HOUSE]

    def lines(self) -> Iterator[str]:
        yield "# The rules"
        yield ""
        yield "Written by `compliance policy index --write docs/rules.md`, not by hand."
        yield (
            f"{len(self.law)} policies of law, guidance and proposed law, "
            f"{len(self.house)} house rules; {sum(self.index.cases.values())} cases of theirs."
        )
        yield ""
        yield (
            "[Law by subject](#law-by-subject) · [House rules by subject](#house-rules-by-subject)"
            " · [By citation](#by-citation) · [By definition](#by-definition)"
        )
        yield from self._subjects("Law by subject", self.law)
        yield from self._subjects("House rules by subject", self.house)
        yield from self._citations()
        yield from self._definitions()

    def _subjects(self, title: str, policies: Sequence[Policy]) -> Iterator[str]:
        yield from ("", f"## {title}")
        subjects: defaultdict[str, list[Policy]] = defaultdict(list)
        for policy in policies:
            subjects[self.index.places[policy.id].rpartition("/")[0]].append(policy)
        for subject in sorted(subjects):
            yield from ("", f"### {subject}", "")
            yield "| policy | title | basis | status | since | last state | cases |"
            yield "|---|---|---|---|---|---|---|"
            for policy in subjects[subject]:
                first, last = policy.timeline[0], policy.timeline[-1]
                yield (
                    f"| {self._link(policy.id)} | {_plain(policy.title)} | {policy.basis} | "
                    f"{policy.status} | {first.since} | {last.state.value} ({last.since}) | "
                    f"{self.index.cases.get(policy.id, 0)} |"
                )

    def _citations(self) -> Iterator[str]:
        yield from ("", "## By citation", "")
        yield "| citation | law | house rules |"
        yield "|---|---|---|"
        law, house = self._cited(self.law), self._cited(self.house)
        for text in sorted({*law, *house}, key=_natural):
            yield (
                f"| {_plain(text)} | {self._links(law.get(text, ()))} | "
                f"{self._links(house.get(text, ()))} |"
            )

    def _cited(self, policies: Sequence[Policy]) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for policy in policies:
            texts = {citation.cite for citation in policy.citations.values()}
            for name in self._used(policy):
                texts |= self.index.definitions[name].cites
            for part in {part.strip() for text in texts for part in text.split(";")}:
                found[part].append(policy.id)
        return found

    def _definitions(self) -> Iterator[str]:
        yield from ("", "## By definition", "")
        if not self.index.definitions:
            yield "None."
            return
        yield "| definition | kind | citations | law | house rules |"
        yield "|---|---|---|---|---|"
        for name, definition in sorted(self.index.definitions.items()):
            law = [policy.id for policy in self.law if name in self._used(policy)]
            house = [policy.id for policy in self.house if name in self._used(policy)]
            cites = _plain("; ".join(sorted(definition.cites, key=_natural)))
            yield (
                f"| [{name}]({self.folder}/{definition.place}) | {definition.kind} | {cites} | "
                f"{self._links(law)} | {self._links(house)} |"
            )

    def _used(self, policy: Policy) -> frozenset[str]:
        """Every definition that a policy reads, directly or through others."""
        direct = policy.definitions()
        return direct.union(*(self.index.definitions[name].uses for name in direct))

    def _links(self, ids: Iterable[str]) -> str:
        return ", ".join(map(self._link, ids))

    def _link(self, policy_id: str) -> str:
        return f"[{policy_id}]({self.folder}/{self.index.places[policy_id]})"


def _plain(text: str) -> str:
    """A text that Markdown prints as it is."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _natural(text: str) -> tuple[list[tuple[int, int, str]], str]:
    """Numbers in a text by their size: "15 CFR 740.8" before "15 CFR 740.10"."""
    parts = [part for part in _NUMBER.split(text) if part]
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts], text
