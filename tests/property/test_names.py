"""Properties of names and of their likeness; those of the index are in test_names_index.py."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.names import Kind, explain, normalize, similarity
from compliance.names.scoring import FEATURES
from compliance.names.variants import forms, variants
from sampling import examples
from strange_names import ANY_NAMES, KINDS, NAMES

TRANSLATED = ("ltd", "limited", "co ltd", "Co., Ltd.", "有限公司", "lhimited", "lim ited")
PLAIN = st.lists(
    st.sampled_from(
        ("huawei", "qorvex", "sense", "time", "technologies", "shanghai", "12", "волна", "al", "x")
    ),
    max_size=6,
).map(" ".join)


@given(st.one_of(ANY_NAMES, st.text(max_size=60)))
def test_normalizing_is_idempotent(name: str) -> None:
    assert normalize(normalize(name)) == normalize(name)


@given(st.text(alphabet=st.characters(categories=("Ll", "Lo", "Nd")), min_size=1, max_size=20))
def test_a_name_with_letters_or_digits_never_becomes_empty(name: str) -> None:
    assert normalize(name) != ""


@given(st.one_of(ANY_NAMES, st.text(max_size=60)))
def test_the_first_variant_is_the_name_itself_and_none_comes_twice(name: str) -> None:
    found = variants(name)
    assert found[0] == name
    assert len({normalize(text) for text in found}) == len(found)


@given(ANY_NAMES)
def test_no_word_of_a_name_is_lost_or_weighs_nothing(name: str) -> None:
    found = forms(name)
    assert bool(found) == bool(normalize(name))
    for form in found:
        assert form.words
        assert all(word.text and 0 < word.weight <= 1 for word in form.words)
        assert form.total == pytest.approx(sum(word.weight for word in form.words))


@settings(max_examples=examples(300))
@given(ANY_NAMES, ANY_NAMES, KINDS)
def test_similarity_is_symmetric_and_within_bounds(a: str, b: str, kind: Kind) -> None:
    score = similarity(a, b, kind)
    assert score == similarity(b, a, kind)
    assert 0.0 <= score <= 1.0


@given(ANY_NAMES, KINDS)
def test_a_name_with_a_word_is_identical_to_itself(name: str, kind: Kind) -> None:
    assert similarity(name, name, kind) == (1.0 if normalize(name) else 0.0)


@given(ANY_NAMES, KINDS)
def test_case_and_invisible_marks_change_nothing(name: str, kind: Kind) -> None:
    dressed = f"\u202e  {name}\u200b "
    assert similarity(name, dressed, kind) == (1.0 if normalize(name) else 0.0)


@settings(max_examples=examples(300))
@given(ANY_NAMES, ANY_NAMES, KINDS)
def test_an_explanation_adds_up_to_the_score(a: str, b: str, kind: Kind) -> None:
    found = explain(a, b, kind)
    moved = sum(change for _, change in found.contributions)
    assert found.score == similarity(a, b, kind)
    assert found.agreement + moved == pytest.approx(found.score, abs=1e-9)
    assert found.notes == tuple(name for name, _ in found.contributions)
    assert set(found.notes) <= FEATURES.keys()


@given(ANY_NAMES, ANY_NAMES, KINDS)
def test_an_explanation_shows_every_word_once(a: str, b: str, kind: Kind) -> None:
    found = explain(a, b, kind)
    if not found.pairs:
        return
    shown = [
        sorted(" ".join([*texts, *(word for word, _ in rest)]).split())
        for texts, rest in (
            ([pair.left for pair in found.pairs], found.unmatched_left),
            ([pair.right for pair in found.pairs], found.unmatched_right),
        )
    ]
    for name, words in zip((a, b), shown, strict=True):
        spelled = [sorted(" ".join(form.canonical).split()) for form in forms(name)]
        assert words in spelled


@given(PLAIN, PLAIN)
def test_a_person_may_be_written_in_any_order(a: str, b: str) -> None:
    backwards = " ".join(reversed(normalize(a).split()))
    forwards = " ".join(normalize(a).split())
    assert similarity(backwards, b, "person") == similarity(forwards, b, "person") or (
        # the one feature that reads the order: the same letters, split differently
        "joined" in explain(backwards, b, "person").notes + explain(forwards, b, "person").notes
    )


@given(st.sampled_from(TRANSLATED), st.sampled_from(TRANSLATED), KINDS)
def test_a_translated_legal_form_changes_nothing(first: str, second: str, kind: Kind) -> None:
    assert similarity(f"qorvex {first}", f"qorvex {second}", kind) == 1.0


@given(NAMES, NAMES, KINDS)
def test_a_name_of_two_parts_is_at_least_as_like_as_the_variant_factor_of_each(
    a: str, b: str, kind: Kind
) -> None:
    for part in variants(f"{a} / {b}")[1:]:
        assert similarity(f"{a} / {b}", part, kind) >= 0.8
