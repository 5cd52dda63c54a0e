"""Small rule folders for a test: the data that ships, and the policies that the test writes."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from compliance import Screener
from compliance.policies.loading import hash_of, load_policies
from compliance.policies.ruleset import RuleSet, select
from compliance.screening.field_schema import fields_of
from compliance.screening.knowledge import Knowledge
from compliance.tables.embedded import rules_path
from compliance.watchlists import Watchlist

FIELDS = {
    "title": "A sample",
    "status": "stable",
    "timeline": "[{from: 2020-01-01, state: in_force}]",
    "when": "{field: party.headquarters, op: eq, value: CN}",
    "for_each": "{party: [lessee]}",
    "effect": "{outcome: review, severity: medium, factor: conduct}",
    "message": '"{party.name} is led from {party.headquarters}"',
}


def policy(policy_id: str, **fields: str) -> tuple[str, str]:
    """An id and the text of its file; a field given as "" is left out."""
    lines = [f"{key}: {value}" for key, value in {**FIELDS, **fields}.items() if value]
    fixed = (
        "schema: 1", f"id: {policy_id}", "jurisdiction: house", "authority: house", "basis: house",
        "verified_on: 2026-01-01", 'citations: {t: {cite: "a test"}}', "customer_message: none",
    )  # fmt: skip
    return policy_id, "\n".join((*fixed, *lines)) + "\n"


@cache
def data() -> Path:
    """A copy of everything in the rule folder but its policies; made once."""
    folder = Path(mkdtemp()) / "rules"
    for name in ("data", "sets"):
        shutil.copytree(rules_path() / name, folder / name)
    shutil.copy(rules_path() / "scoring.yaml", folder)
    return folder


def folder(tmp_path: Path, *policies: tuple[str, str]) -> Path:
    """A rule folder with these policies."""
    target = tmp_path / "rules"
    shutil.copytree(data(), target, dirs_exist_ok=True)
    return written(target, policies)


def written(target: Path, policies: Iterable[tuple[str, str]]) -> Path:
    """The policies as files of a folder."""
    for policy_id, text in policies:
        file = target / f"{policy_id.replace('.', '/').replace('-', '_')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return target


@cache
def knowledge(*required: str) -> Knowledge:
    """What the data that ships know, without a list; read once."""
    return Knowledge.load(rules_path(), (), required)


def screener(
    tmp_path: Path,
    *policies: tuple[str, str],
    watchlists: Sequence[Watchlist] = (),
    rule_set: str = "default",
    required_lists: Sequence[str] = (),
) -> Screener:
    """A screener that judges by these policies alone."""
    target = written(tmp_path / "rules", policies)
    know = knowledge(*required_lists)
    read = load_policies(target, know.gazetteer, fields_of(know))
    chosen, does_not_see = select(rules_path(), rule_set, read)
    known = know.consulting(watchlists) if watchlists else know
    return Screener(chosen, known, RuleSet(rule_set, hash_of(target), does_not_see))
