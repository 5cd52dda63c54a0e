"""Properties of names of organizations: what a record adds, and how a legal form is written."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.name_sets import listed
from bench.organization_changes import CHANGES
from bench.word_tables import legal_forms
from compliance.names import REVIEW_THRESHOLD, normalize, similarity
from compliance.names.index.name_table import NameTable
from compliance.names.lexicon import lexicon
from compliance.names.normalization import normalize as normalized
from sampling import size

NAME, ONE_WORD = "Qorvexa Zembliru", "Qorvexazembliru"
ADDED = (
    "{} Singapore Branch", "{} - Moscow Representative Office", "Branch of {}", "c/o {}",
    "{}, Procurement Department", "{} c/o Accounts Payable", "{} and its subsidiaries",
    "Department of Physics, {}", "{}有限公司", "株式会社{}",
)  # fmt: skip
WORDS = st.sampled_from(
    ("qorvex", "fjordlys", "zentrumsk", "volnagrad", "trading", "services", "electronic", "ltd")
)
SHORT = {"trading": "trdg", "services": "svcs", "electronic": "elec"}


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(ADDED))
def test_a_listed_name_with_what_a_record_adds_reaches_review(words: list[str], added: str) -> None:
    name = " ".join(["Qorvexa", *words])
    assert similarity(added.format(name), name, "organization") >= REVIEW_THRESHOLD


@given(st.lists(WORDS, min_size=1, max_size=4, unique=True))
def test_a_word_written_short_never_says_more_than_written_out(words: list[str]) -> None:
    name = " ".join(["Qorvexa", *words])
    short = " ".join(["Qorvexa", *(SHORT.get(word, word) for word in words)])
    assert similarity(short, name) <= similarity(name, name) == 1.0
    assert similarity(short, name) >= REVIEW_THRESHOLD


@given(st.lists(WORDS, min_size=1, max_size=4, unique=True), WORDS)
def test_a_word_more_that_agrees_never_lowers_a_score(words: list[str], more: str) -> None:
    listed_name = " ".join(["Qorvexa", *words, more])
    for count in range(len(words) + 1):
        before = similarity(" ".join(["Qorvexa", *words[:count]]), listed_name, "organization")
        after = similarity(" ".join(["Qorvexa", *words[: count + 1]]), listed_name, "organization")
        assert after >= before - 1e-9


@pytest.mark.shared
def test_every_form_of_iso_20275_is_alike_glued_and_spaced(shared: Path) -> None:
    """Forms of other scripts; those that the table knows, written against a Latin name."""
    path = shared / "gleif/elf-codes-1.4.1.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        forms = list(legal_forms(csv.DictReader(file)))
    known = [form for form in forms if tuple(form.split()) in lexicon().legal_forms]
    assert len(known) > 2_000
    foreign = [form for form in known if not form.isascii() and form[0] > "\u0370" < form[-1]]
    assert len(foreign) > 200
    different = [
        form
        for form in foreign
        for glued, spaced in (
            (f"{ONE_WORD}{form}", f"{ONE_WORD} {form}"),
            (f"{form}{ONE_WORD}", f"{form} {ONE_WORD}"),
        )
        if similarity(glued, ONE_WORD) != similarity(spaced, ONE_WORD)
    ]
    assert different == []


@pytest.mark.shared
def test_every_known_form_behind_a_name_changes_next_to_nothing(shared: Path) -> None:
    path = shared / "gleif/elf-codes-1.4.1.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        forms = list(legal_forms(csv.DictReader(file)))
    lowered = [
        form
        for form in forms
        if tuple(normalized(form).split()) in lexicon().legal_forms
        and similarity(f"{NAME} {form}", NAME, "organization") < 0.95
    ]
    assert lowered == []


@pytest.mark.shared
def test_listed_organizations_written_as_records_do_are_found(shared: Path) -> None:
    """Of each kind of change on the real lists, more than 93 of 100."""
    pool = sorted(
        {
            row.name: row
            for row in listed(shared)
            if row.kind not in ("person", "vessel", "aircraft")
            and row.name.isascii()
            and len(normalize(row.name).split()) > 1
        }.items()
    )
    chance = random.Random(14)  # noqa: S311 - a fixed sample
    for change, write in CHANGES.items():
        chosen = [row for _, row in chance.sample(pool, 2_000)]
        cases = [(text, row.name) for row in chosen if (text := write(chance, row))]
        cases = cases[: size(100, 30)]
        table = NameTable([name for _, name in cases])
        asked = [text for text, _ in cases]
        found = list(table.matches_many(asked, "organization", REVIEW_THRESHOLD))
        missed = [text for place, text in enumerate(asked) if place not in found[place]]
        assert len(missed) < size(7, 10) / 100 * len(cases), (change, missed)
