"""The words that conditions may use: every field, its kind, its scope and what would settle it.

A field is `party.*` (the bound party), `item.*` (the bound item) or `contract.*`; `lessee.*` and
`provider.*` read the same words as `party.*` for that party of the contract. What a field means for
a contract is computed in `screening`; this table is the contract between the two rooms, and a test
holds them equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from compliance.model.conduct import SIGNS, Observations
from compliance.policies.contract_words import CONTRACT
from compliance.policies.item_words import ITEM
from compliance.policies.party_words import PARTY
from compliance.policies.received_words import RECEIVED
from compliance.policies.word import ROLES, Word

__all__ = ["ROLES", "VOCABULARY", "Word"]


def _words() -> dict[str, Word]:
    words = {word.name: word for word in (*PARTY, *ITEM, *CONTRACT, *RECEIVED, *_observed())}
    for word in PARTY:
        rest = word.name.removeprefix("party.")
        for fixed in ("lessee", "provider"):
            words[f"{fixed}.{rest}"] = replace(word, name=f"{fixed}.{rest}")
    return words


def _observed() -> Iterator[Word]:
    """One flag for each yes-or-no key of the observations; for every key whether it is open."""
    for key in sorted(Observations.model_fields):
        what = key.replace("_", " ")
        if key in SIGNS:
            yield Word(f"contract.observations.{key}", "flag", f"observed: {what}")
        yield Word(
            f"contract.observations.{key}.open",
            "flag",
            f"observed, and no evidence on file answers it: {what}",
            "the number, issuer and day of the evidence",
        )


VOCABULARY: Final[dict[str, Word]] = _words()


def is_sign(name: str) -> bool:
    """Whether a field tells of conduct, which nothing but evidence takes back (`NAME.open`)."""
    return f"{name}.open" in VOCABULARY
