"""A text that says nothing is as if left out, however it is written and wherever it stands."""

from __future__ import annotations

import copy
import unicodedata
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.says_nothing import said, says_nothing
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file
from sampling import examples
from screeners import screener

DAY = date(2026, 9, 1)
_TABLE = read_file(rules_path() / "data" / "says_nothing.yaml").value
PHRASES = st.sampled_from([*_TABLE["left_out"], *_TABLE["unknown"]])
ABOUT = st.sampled_from(["", " company", " customer", " (user)", " name"])
UNSEEN = st.sampled_from(["", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u200d"])
AROUND = st.sampled_from(["", " ", "-", "(", "...", "\u200b", "?", "[", "<", "*"])
FIELDS = (
    "lessee.name",
    "lessee.incorporation",
    "lessee.headquarters",
    "end_users.0.name",
    "items.0.chip",
    "items.0.site.country",
)


@st.composite
def nothings(draw: st.DrawFn) -> str:
    """A phrase of the table as people write it: in any case, with signs, some of them unseen."""
    phrase = draw(PHRASES)
    cased = draw(st.sampled_from((phrase, phrase.lower(), phrase.upper(), phrase.title())))
    place = draw(st.integers(0, len(cased)))
    written = cased[:place] + draw(UNSEEN) + cased[place:] + draw(ABOUT)
    return f"{draw(AROUND)}{written}{draw(AROUND)}"


@given(nothings())
def test_however_it_is_written_it_says_nothing(text: str) -> None:
    assert says_nothing(text)
    assert said(text, "value")


@given(st.text(alphabet=st.characters(categories=("P", "S", "Z", "Cf", "Mn")), min_size=1))
def test_without_a_letter_or_a_digit_a_text_says_nothing(text: str) -> None:
    if not any(each.isalnum() for each in unicodedata.normalize("NFKC", text)):
        assert says_nothing(text, "value")


@given(st.text(min_size=1), st.text(alphabet="bcdfghjklmpqrstvw", min_size=6, max_size=12))
def test_with_a_word_that_says_something_it_is_a_name(text: str, word: str) -> None:
    assert not says_nothing(f"{text} {word.title()}ovich")


def _contract() -> dict[str, Any]:
    company = {"kind": "organization", "incorporation": "DK", "headquarters": "DK"}
    return {
        "id": "C-1",
        "provider": {**company, "id": "provider", "name": "Bluewattle Cloud"},
        "lessee": {**company, "id": "lessee", "name": "Fjordlys", "exchange_listing": "XCSE"},
        "end_users": [{**company, "name": "Fjordlys Biologi"}],
        "items": [
            {"chip": "H100 SXM5", "count": 16, "access": "remote", "site": {"country": "AU"}}
        ],
        "payment": {"method": "bank_transfer"},
    }


@pytest.mark.parametrize("field", FIELDS)
@settings(max_examples=examples(15), deadline=None)
@given(text=nothings())
def test_a_decision_is_that_of_the_contract_without_it(field: str, text: str) -> None:
    written, left_out = _contract(), _contract()
    assert str(screener().screen(written, DAY).outcome) == "clear"
    for contract, value in ((written, text), (left_out, None)):
        holder: Any = contract
        *way, last = field.split(".")
        for step in way:
            holder = holder[int(step)] if step.isdecimal() else holder[step]
        if value is None:
            del holder[last]
        else:
            holder[last] = copy.copy(value)
    found, wanted = (screener().screen(each, DAY) for each in (written, left_out))
    assert str(found.outcome) == str(wanted.outcome) != "clear"
    # Where it says that it is not known, a rule may ask that is silent where nobody was asked.
    assert {flag.policy_id for flag in found.flags} >= {flag.policy_id for flag in wanted.flags}
    assert set(found.missing) >= set(wanted.missing)
