"""A memo gives back what it kept, and never holds more than it may."""

from __future__ import annotations

from compliance.memo import Memo


def test_an_answer_is_kept_and_given_back() -> None:
    memo: Memo[str, int | None] = Memo()
    assert memo.keep("a", None) is None
    assert memo == {"a": None}


def test_a_full_memo_is_emptied_before_it_keeps_another() -> None:
    memo: Memo[int, int] = Memo(most=2)
    for number in range(3):
        assert memo.keep(number, number * 10) == number * 10
        assert len(memo) <= 2
    assert memo == {2: 20}
