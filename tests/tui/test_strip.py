"""The picture of who spoke when, with the markers on it."""

from __future__ import annotations

from roleplay.tui.strip import Lane, Sign, Strip, draw, plain

ANA = Lane("Ana", ((0.0, 30.0),))
BEN = Lane("Ben", ((30.0, 60.0),))


def rows(strip: Strip, width: int = 34, at: float | None = None) -> list[str]:
    """The picture as text."""
    return plain(draw(strip, width, at))


def test_each_voice_has_a_lane_on_which_its_time_is_filled() -> None:
    """Half a minute each, one after the other: the first half of one lane, and the second half of the other."""
    ana, ben, _ = rows(Strip(60, (ANA, BEN), ((0.0, 60.0),)))
    assert ana == "Ana " + "█" * 15 + " " * 15
    assert ben == "Ben " + " " * 15 + "█" * 15


def test_a_word_that_is_shorter_than_a_column_is_seen() -> None:
    """Two tenths of two seconds are the smallest block, and a second and a half a tall one."""
    lane, _ = rows(Strip(60, (Lane("Ana", ((10.0, 10.2), (20.0, 21.5))),), ((0.0, 60.0),)))
    assert lane[4:].strip() == "▁    ▆"


def test_what_was_not_recorded_is_hatched_unless_somebody_noted_who_spoke_then() -> None:
    """The microphone was gone for ten seconds; with no recording at all, nothing is hatched."""
    with_gap, _ = rows(Strip(60, (ANA,), ((0.0, 40.0), (50.0, 60.0))))
    assert with_gap[4:] == "█" * 15 + " " * 5 + "░" * 5 + " " * 5
    noted, _ = rows(Strip(60, (ANA,), (), heard=False))
    assert "░" not in noted


def test_markers_stand_with_their_letters_in_the_row_of_what_they_did() -> None:
    """What helped and what made it harder are told apart without colours; two at once stand side by side, three as a
    plus."""
    signs = (Sign(10, "f", "helps"), Sign(10, "o", "helps"), Sign(11, "r", "helps"), Sign(30, "s", "hinders"))
    helped, harder, _ = rows(Strip(60, (), (), signs))
    assert helped.split() == ["●", "helped", "+o"]
    assert harder.split() == ["■", "harder", "s"]
    assert harder.index("s", 8) == 9 + int(30 / 60 * 25)


def test_the_moment_one_listens_to_has_a_sign_and_minutes_stand_below() -> None:
    """The arrow stands below its column."""
    axis = rows(Strip(120, (ANA,), ((0.0, 120.0),)), at=60.0)[-1]
    assert axis.index("▲") == 4 + 15
    assert axis.split()[0] == "0:00"


def test_names_and_windows_of_any_width_do_not_break_it() -> None:
    """A long name is cut, one in wide letters takes its cells, and all rows are as wide as the window."""
    from rich.cells import cell_len

    strip = Strip(60, (Lane("Wolfeschlegelsteinhausen", ()), Lane("日本語", ((0.0, 1.0),))), ((0.0, 60.0),))
    for width in (24, 40, 80, 200):
        assert {cell_len(row.ljust(0)) for row in rows(strip, width)} == {width}
    assert rows(strip, 10) == []
    assert rows(Strip(0)) == []
