"""What the state says about people."""

from __future__ import annotations

import pytest
from samples import SELECTION, TRIAD, Play

from roleplay.session.state import FACILITATOR
from roleplay.session.texts import NAME_GONE


def test_who_leads_and_who_watches_changes_with_the_round() -> None:
    """Whoever has the leading role leads; whoever has an extra role watches, and at a larger table that is two."""
    play = Play.opened(TRIAD, 4)
    setting, track = play.state.setting, play.track()
    assert (setting.leaders(track.planned("1.1r1")), setting.observers(track.planned("1.1r1"))) == (
        ("ana",),
        ("chen", "dee"),
    )
    assert (setting.leaders(track.planned("1.1r2")), setting.observers(track.planned("1.1r2"))) == (
        ("ben",),
        ("dee", "ana"),
    )


def test_nobody_watches_where_no_role_is_extra() -> None:
    """Without extra roles everybody takes part, and in a step without a cast nobody leads."""
    play = Play.opened(SELECTION, 4)
    assert play.state.setting.observers(play.track().planned("1")) == ()
    triad = Play.opened(TRIAD)
    assert triad.state.setting.leaders(triad.track().planned("0")) == ()


def test_a_name_is_read_from_the_words() -> None:
    """The facilitator has no name here, and a name that was erased is said to be."""
    play = Play.opened(TRIAD)
    assert [play.state.name(person, play.words) for person in ("ana", FACILITATOR)] == ["ana", "The facilitator"]
    assert play.state.name("ana", {}) == NAME_GONE
    with pytest.raises(KeyError):
        play.state.name("zoe", play.words)
