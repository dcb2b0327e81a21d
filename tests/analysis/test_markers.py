from __future__ import annotations

from roleplay.analysis.markers import marker_counts, marks_in_order
from roleplay.session.state import Mark


def mark(marker: str, into: float, about: str = "ana", step: str = "talk", taken_back: bool = False) -> Mark:
    return Mark(f"{marker}{into}", "listening", marker, "chen", about, step, 100 - into, into, taken_back=taken_back)


MARKS = (
    mark("asks", 9),
    mark("asks", 3),
    mark("fixes", 6, "ben"),
    mark("asks", 1, taken_back=True),
    mark("asks", 2, step="2"),
)


def test_markers_are_counted_in_all_and_by_person() -> None:
    """A mark that was taken back is none; a marker that was never tapped is not listed."""
    assert marker_counts(MARKS) == {("listening", "asks"): 3, ("listening", "fixes"): 1}
    assert marker_counts(MARKS, "ben") == {("listening", "fixes"): 1}
    assert marker_counts((), "ben") == {}


def test_a_timeline_is_in_the_order_of_the_conversation() -> None:
    """By seconds into the step, of one person and one step."""
    assert [one.into for one in marks_in_order(MARKS, "talk", "ana")] == [3, 9]
