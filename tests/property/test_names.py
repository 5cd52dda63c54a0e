"""Properties of names and of the index over them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.names import Kind, explain, normalize, similarity, variants
from compliance.names.index import NameTable

KINDS: st.SearchStrategy[Kind] = st.sampled_from(("organization", "person", "unknown"))
VOCABULARY = (
    "huawei huawai hauwei fudan cambricon cambrycon cambicon sensetime sense time technologies "
    "tecnologies technology shanghai beijing university institute of ltd limited co gmbh ooo 12 21 "
    "smic s m i c galaxy 有限公司 科大讯飞 волна dr al x inc group (hk) / (nudt)"
)
WORDS = st.sampled_from(VOCABULARY.split())
NAMES = st.lists(WORDS, min_size=0, max_size=6).map(" ".join)


@given(st.text(max_size=60))
def test_normalizing_is_idempotent(name: str) -> None:
    assert normalize(normalize(name)) == normalize(name)


@given(st.text(alphabet=st.characters(categories=("Ll", "Lo", "Nd")), min_size=1, max_size=20))
def test_a_name_with_letters_or_digits_never_becomes_empty(name: str) -> None:
    assert normalize(name) != ""


@given(st.text(max_size=60))
def test_the_first_variant_is_the_name_itself(name: str) -> None:
    assert variants(name)[0] == name


@given(st.one_of(NAMES, st.text(max_size=30)), st.one_of(NAMES, st.text(max_size=30)), KINDS)
def test_similarity_is_symmetric_and_within_bounds(a: str, b: str, kind: Kind) -> None:
    score = similarity(a, b, kind)
    assert score == similarity(b, a, kind)
    assert 0.0 <= score <= 1.0


@given(st.one_of(NAMES, st.text(max_size=30)), KINDS)
def test_a_name_with_a_word_is_identical_to_itself(name: str, kind: Kind) -> None:
    assert similarity(name, name, kind) == (1.0 if normalize(name) else 0.0)


@given(NAMES, NAMES, KINDS)
def test_an_explanation_says_the_same_score(a: str, b: str, kind: Kind) -> None:
    assert explain(a, b, kind).score == similarity(a, b, kind)


@settings(max_examples=150)
@given(
    st.lists(NAMES, max_size=8),
    NAMES,
    KINDS,
    st.floats(min_value=0.05, max_value=1.0),
)
def test_an_indexed_search_equals_the_exhaustive_one(
    listed: list[str], query: str, kind: Kind, threshold: float
) -> None:
    everything = {i: similarity(query, name, kind) for i, name in enumerate(listed)}
    expected = {i: score for i, score in everything.items() if score >= threshold}
    assert NameTable(listed).matches(query, kind, threshold) == expected


@settings(max_examples=60)
@given(st.lists(NAMES, min_size=1, max_size=6), NAMES, KINDS)
def test_another_listed_name_never_changes_a_score(
    listed: list[str], query: str, kind: Kind
) -> None:
    fewer = NameTable(listed[:-1]).matches(query, kind, 0.5)
    more = NameTable(listed).matches(query, kind, 0.5)
    assert {position: more[position] for position in fewer} == fewer
    assert more.keys() - fewer.keys() <= {len(listed) - 1}


@given(NAMES, NAMES)
def test_a_person_may_be_written_in_any_order(a: str, b: str) -> None:
    backwards = " ".join(reversed(normalize(a).split()))
    forwards = " ".join(normalize(a).split())
    assert similarity(backwards, b, "person") == similarity(forwards, b, "person") or (
        # the one feature that reads the order: the same letters, split differently
        "joined" in explain(backwards, b, "person").notes + explain(forwards, b, "person").notes
    )


@given(st.lists(st.sampled_from(("ltd", "limited", "co ltd", "有限公司")), min_size=1, max_size=1))
def test_a_translated_legal_form_changes_nothing(form: list[str]) -> None:
    assert similarity(f"qorvex {form[0]}", "qorvex ltd", "organization") == 1.0
