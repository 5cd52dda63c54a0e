"""Three-valued truth: strong Kleene tables, written out."""

import copy
import pickle
from itertools import permutations, product

import pytest

from compliance.model.truth import Truth, all_of, any_of

T, F, U = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (T, T, T, T),
        (T, U, U, T),
        (T, F, F, T),
        (U, T, U, T),
        (U, U, U, U),
        (U, F, F, U),
        (F, T, F, T),
        (F, U, F, U),
        (F, F, F, F),
    ],
)
def test_the_tables_of_and_and_or(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert all_of([left, right]) is both
    assert any_of([left, right]) is either


@pytest.mark.parametrize(("truth", "negation"), [(T, F), (F, T), (U, U)])
def test_the_table_of_not(truth: Truth, negation: Truth) -> None:
    assert truth.negated() is negation


def test_all_of_nothing_is_true_and_any_of_nothing_is_false() -> None:
    assert all_of([]) is T
    assert any_of([]) is F
    assert all_of(iter(())) is T


def test_three_or_more_answer_as_their_worst_or_best_in_any_order() -> None:
    worst = {T: 2, U: 1, F: 0}
    for truths in product(Truth, repeat=4):
        low = min(truths, key=lambda truth: worst[truth])
        high = max(truths, key=lambda truth: worst[truth])
        for order in permutations(truths):
            assert all_of(iter(order)) is low
            assert any_of(iter(order)) is high


def test_de_morgan_holds_for_three_values() -> None:
    for truths in product(Truth, repeat=3):
        negations = [truth.negated() for truth in truths]
        assert all_of(truths).negated() is any_of(negations)
        assert any_of(truths).negated() is all_of(negations)


@pytest.mark.parametrize(("value", "truth"), [(True, T), (False, F), (None, U)])
def test_a_bool_or_none_becomes_a_truth(value: bool | None, truth: Truth) -> None:
    assert Truth.of(value) is truth


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_not_a_bool(truth: Truth) -> None:
    with pytest.raises(TypeError, match=r"compare it with `is Truth\.TRUE`"):
        bool(truth)
    with pytest.raises(TypeError):
        _ = not truth
    with pytest.raises(TypeError):
        _ = truth and True
    with pytest.raises(TypeError):
        assert all([truth])


@pytest.mark.parametrize(("truth", "text"), [(T, "true"), (F, "false"), (U, "unknown")])
def test_a_truth_is_spelled_as_its_word(truth: Truth, text: str) -> None:
    assert str(truth) == text
    assert f"{truth}" == text
    assert Truth(text) is truth


@pytest.mark.parametrize("text", ["", "True", "yes", "none", "maybe"])
def test_no_other_word_is_a_truth(text: str) -> None:
    with pytest.raises(ValueError, match="is not a valid Truth"):
        Truth(text)


@pytest.mark.parametrize("truth", list(Truth))
def test_a_truth_is_the_same_after_pickling_and_copying(truth: Truth) -> None:
    assert pickle.loads(pickle.dumps(truth)) is truth  # noqa: S301 - our own bytes
    assert copy.deepcopy(truth) is truth
