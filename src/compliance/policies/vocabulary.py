"""The words that conditions may use: every field, its kind, its scope and what would settle it.

A field is `party.*` (the bound party), `item.*` (the bound item) or `contract.*`; `lessee.*` and
`provider.*` read the same words as `party.*` for that party of the contract. What a field means for
a contract is computed in `screening`; this table is the contract between the two rooms, and a test
holds them equal.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from compliance.model.conduct import Observations
from compliance.policies.contract_words import CONTRACT
from compliance.policies.item_words import ITEM
from compliance.policies.party_words import PARTY
from compliance.policies.word import ROLES, Word

__all__ = ["ROLES", "VOCABULARY", "Word"]


def _words() -> dict[str, Word]:
    words = {word.name: word for word in (*PARTY, *ITEM, *CONTRACT, *_observed())}
    for word in PARTY:
        rest = word.name.removeprefix("party.")
        for fixed in ("lessee", "provider"):
            words[f"{fixed}.{rest}"] = replace(word, name=f"{fixed}.{rest}")
    return words


def _observed() -> tuple[Word, ...]:
    """One flag for each yes-or-no key of the observations."""
    return tuple(
        Word(f"contract.observations.{key}", "flag", f"observed: {key.replace('_', ' ')}")
        for key, field in sorted(Observations.model_fields.items())
        if "bool" in str(field.annotation)
    )


VOCABULARY: Final[dict[str, Word]] = _words()
