"""Fitting lengths to the time there is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from roleplay.planning.fit import Weight, fit, shortest

weights = st.lists(
    st.builds(Weight.of, st.integers(1, 3600), st.none() | st.integers(0, 3600), st.integers(1, 8)),
    min_size=1,
    max_size=12,
)


@given(weights, st.integers(0, 30_000))
def test_a_fitted_script_takes_no_more_than_there_is(weights: list[Weight], budget: int) -> None:
    """The sum stays within the time and no step falls below its least; it fails where even the least is longer."""
    lengths = fit(weights, budget)
    if lengths is None:
        assert shortest(weights) > budget
        return
    assert sum(n * w.times for n, w in zip(lengths, weights, strict=True)) <= budget
    assert all(n >= w.least for n, w in zip(lengths, weights, strict=True))


@given(weights, st.integers(0, 30_000))
def test_hardly_any_time_is_left_over(weights: list[Weight], budget: int) -> None:
    """Unless every step has its least, what is left is less than it takes to give each five seconds more."""
    lengths = fit(weights, budget)
    if lengths is not None and any(n > w.least for n, w in zip(lengths, weights, strict=True)):
        spent = sum(n * w.times for n, w in zip(lengths, weights, strict=True))
        assert budget - spent < 5 * max(w.times for w in weights)


@given(weights)
def test_the_usual_time_gives_the_usual_lengths(weights: list[Weight]) -> None:
    """With exactly the time that the script takes, every step keeps its length to within the rounding."""
    lengths = fit(weights, sum(w.length * w.times for w in weights))
    assert lengths is not None
    assert all(n > w.length - 5 for n, w in zip(lengths, weights, strict=True))


def test_lengths_keep_their_proportions() -> None:
    """Half the time makes each step half as long, where its least allows."""
    assert fit([Weight.of(600, None), Weight.of(300, None)], 450) == [300, 150]
    assert fit([Weight.of(600, None), Weight.of(300, 240)], 450) == [210, 240]
    assert fit([Weight.of(600, None), Weight.of(300, None)], 1800) == [1200, 600]


def test_a_step_without_a_least_keeps_a_third() -> None:
    """A third of its length, rounded up; a least longer than the length is the length."""
    assert Weight.of(100, None).least == 34
    assert Weight.of(100, 500).least == 100
    assert fit([Weight.of(100, None)], 33) is None
