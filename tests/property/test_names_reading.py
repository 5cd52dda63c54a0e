"""What is read many at once is what is read one by one: words, sounds, hashes, listed forms."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.names.index import name_table as index
from compliance.names.index.fuzzy_postings import Partners
from compliance.names.index.hashing import Sieve, Texts, mixed
from compliance.names.index.inverted_index import Vocabulary
from compliance.names.index.name_table import NameTable
from compliance.names.index.query_tokenizer import Reader
from compliance.names.index.symmetric_deletes import Neighbors
from compliance.names.index.variant_cache import Listed
from compliance.names.tokens import key, word
from compliance.names.variants import forms_once
from compliance.names.word_distance import consonants, consonants_of, skeleton, skeletons
from strange_names import ANY_NAMES, NAMES

WORDS = st.lists(st.text(st.characters(exclude_characters="\n"), max_size=12), max_size=6)


def reader_of(listed: list[str]) -> Reader:
    vocabulary = Vocabulary.build(listed)
    near = Neighbors.build(vocabulary.words, vocabulary.sounds)
    return Reader(Partners(vocabulary, near))


def as_keys(names: list[str], *, person: bool) -> list[tuple[int, tuple[str, ...]]]:
    """The forms of each name, by its place, as the keys of their words."""
    found = [
        (n, form)
        for n, name in enumerate(names)
        for form in forms_once(name)
        if person or form.reading != "person"
    ]
    return sorted((place, tuple(key(word) for word in form.words)) for place, form in found)


@given(st.lists(ANY_NAMES, max_size=4), st.lists(ANY_NAMES, max_size=6))
# a form at the end, in the middle, alone; a form glued, misspelled, split; a word split across it
@example(
    [], ["Qorvex Pty Ltd", "Qorvex Ltd Nord", "Ltd", "SA Nord", "Qorvexlimited", "Qorvex Limted"]
)
@example(
    [],
    ["Qorvex Lim ited", "Tech nology Qorvex", "Qorvex a.k.a. Zenthor", "A / B", "", "...", "R&D"],
)
@example(
    ["forty four"], ["Qorvex Co lim ited", "44", "1st Qorvex", "Formerly Qorvex", "Trading House"]
)
# a form glued behind another form, which a person's name keeps whole
@example([], ["huawei ltd ztecorporation"])
def test_rows_have_the_words_of_the_forms(listed: list[str], queries: list[str]) -> None:
    reader = reader_of(listed)
    for person in (False, True, False):  # once new, then known
        rows = reader.rows(queries, person=person)
        ends = np.cumsum(rows.lengths).tolist()
        names = [reader.partners.names[number] for number in rows.numbers.tolist()]
        found = [
            (owner, tuple(names[start:end]))
            for owner, start, end in zip(rows.queries, [0, *ends], ends, strict=False)
        ]
        assert sorted(found) == as_keys(queries, person=person)


@given(st.lists(NAMES, max_size=6))
def test_what_is_learned_ahead_and_recalled_is_what_is_learned(listed: list[str]) -> None:
    first, again = reader_of(listed), reader_of(listed)
    first.learn_ahead()
    again.recall(first.arrays())
    queries = [*listed, *(f"{name} Limited" for name in listed)]
    one, other = (reader.rows(queries, person=True) for reader in (first, again))
    assert (one.queries, one.numbers.tolist()) == (other.queries, other.numbers.tolist())
    stored = again.arrays()
    for name, array in first.arrays().items():
        assert (name, array.tolist()) == (name, stored[name].tolist())


@given(st.lists(ANY_NAMES, min_size=1, max_size=6))
def test_a_listed_form_is_the_form_of_the_name(names: list[str]) -> None:
    vocabulary = Vocabulary.build(names)
    listed = Listed(names, vocabulary)
    expected = [(n, form) for n, name in enumerate(names) for form in forms_once(name)]
    for number, (owner, form) in enumerate(expected):
        found_owner, found = listed.form(number)
        assert found_owner == owner
        assert (found.words, found.total, found.joined) == (form.words, form.total, form.joined)
        assert (found.whole, found.script, found.spelled) == (form.whole, form.script, form.spelled)


@given(WORDS)
def test_sounds_and_consonants_of_many_are_those_of_each(words: list[str]) -> None:
    assert skeletons(words) == [skeleton(word) for word in words]
    assert consonants_of(skeletons(words)) == [consonants(word) for word in words]


@given(WORDS.filter(bool))
def test_the_hash_of_texts_as_one_follows_from_theirs(words: list[str]) -> None:
    joined = Texts.of(["".join(words)]).hashes.tolist()
    assert Texts.of(words).runs(np.array([0])).tolist() == joined
    first, second = Texts.of(words[:1]), Texts.of(words[-1:])
    assert first.with_next(second, once=False).tolist() == (
        Texts.of([words[0] + words[-1]]).hashes.tolist()
    )
    meets = words[0] and words[0][-1:] == words[-1][:1]
    once = words[0] + words[-1][1:] if meets else words[0] + words[-1]
    assert first.with_next(second, once=True).tolist() == Texts.of([once]).hashes.tolist()


@given(WORDS, WORDS)
def test_a_sieve_never_denies_what_it_holds(held: list[str], others: list[str]) -> None:
    sieve = Sieve(mixed(Texts.of(held).hashes), 10)
    assert sieve.may_have(mixed(Texts.of(held).hashes)).all()
    found = sieve.may_have(mixed(Texts.of(others).hashes)).tolist()
    assert all(yes for text, yes in zip(others, found, strict=True) if text in held)


def test_a_full_memory_is_begun_anew_with_what_was_learned_ahead() -> None:
    table = NameTable(["Qorvex Zenthor Ltd"])
    before = table.matches("Qorvex Zentor", "organization", 0.7)
    table.forget()
    assert table.matches("Qorvex Zentor", "organization", 0.7) == before


def test_what_was_learned_ahead_is_not_forgotten_for_being_much(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(index, "_REMEMBERED", 3)
    table = NameTable(["Qorvex Zenthor Ltd", "Volna Galaxy Holding"])
    kept = table._reader
    table.matches("Qorvex Galaxy", "organization", 0.7)
    assert table._reader is kept
    for query in ("Abcd Efgh", "Ijkl Mnop"):  # more than three new words
        table.matches(query, "organization", 0.7)
    assert table._reader is not kept


def test_pairs_of_words_are_remembered_words_too() -> None:
    reader = reader_of(["Sensetime"])
    reader.partners.learn({text: word(text) for text in ("sense", "time")})
    before = reader.taught
    reader.partners.together([(0, 1)])
    assert reader.taught == before + 2  # the pair, and the word that it may be
