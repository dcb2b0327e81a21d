"""The big clock and its bar."""

from __future__ import annotations

from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.widget import Widget

from roleplay.content.durations import face
from roleplay.tui.widgets.clock import BigClock, TimeBar, draw, largest


@pytest.mark.parametrize(
    ("left", "shown"),
    [
        (300.0, "05:00"),
        (299.9, "05:00"),
        (299.0, "04:59"),
        (0.1, "00:01"),
        (0.0, "00:00"),
        (-0.9, "00:00"),
        (-1.0, "+00:01"),
        (-42.7, "+00:42"),
        (3661.0, "1:01:01"),
        (None, "--:--"),
    ],
)
def test_the_face_counts_down_to_zero_and_then_up(left: float | None, shown: str) -> None:
    """It shows zero at the moment the time is up, not a second before."""
    assert face(left) == shown


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_every_row_of_a_face_is_equally_wide(scale: int) -> None:
    """And it is five blocks high."""
    for text in ("01:23", "+45:67", "--:--", "1:08:09"):
        rows = draw(text, scale)
        assert len(rows) == 5 * scale
        assert len({len(row) for row in rows}) == 1


def test_the_largest_face_fits_and_the_next_would_not() -> None:
    """In both directions; in the narrowest place it is still drawn."""
    wide = len(draw("00:00", 1)[0])
    assert largest(wide * 2, 10, "00:00") == 2
    assert largest(wide * 2 - 1, 10, "00:00") == 1
    assert largest(wide * 9, 14, "00:00") == 2
    assert largest(3, 1, "00:00") == 1


class Clocks(App[None]):
    """A clock and a bar, and how often each was painted."""

    def compose(self) -> ComposeResult:
        yield BigClock(room_for="+00:00")
        yield TimeBar()


async def test_it_is_repainted_only_when_something_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten looks a second paint once a second; the bar, when another cell fills."""
    app = Clocks()
    async with app.run_test(size=(80, 24)) as pilot:
        clock, bar = app.query_one(BigClock), app.query_one(TimeBar)
        clock.text = "05:00"
        await pilot.pause()
        painted: list[Widget] = []
        refresh = Widget.refresh

        def counted(widget: Widget, *args: Any, **kwargs: Any) -> Widget:
            painted.append(widget)
            return refresh(widget, *args, **kwargs)

        monkeypatch.setattr(Widget, "refresh", counted)
        for tenth in range(9):
            clock.text = face(299.9 - tenth / 10)
            bar.show(tenth / 10, 300)
        assert painted == []
        clock.text = face(298.9)
        bar.show(4, 300)
        assert painted == [clock, bar]
        assert clock.region.width == len(draw("+00:00", 1)[0]), "nothing beside it moves when overtime comes"
