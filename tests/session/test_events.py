"""Events as lines of a journal."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from chance import Turn, begin, sessions, turns
from hypothesis import given, settings
from pydantic import ValidationError
from samples import TRIAD, Play

from roleplay.session import commands as c
from roleplay.session import events as e


@given(sessions, turns)
@settings(max_examples=30)
def test_an_event_is_read_back_as_it_was_written(session: tuple[dict[str, Any], int], turns: list[Turn]) -> None:
    """Every event comes back equal, and is written again letter for letter: the chain of hashes depends on it."""
    chance = begin(session)
    for turn in turns:
        chance.turn(turn)
    for event in chance.play.events:
        line = e.dump_event(event)
        assert "\n" not in line
        assert e.load_event(line) == event
        assert e.dump_event(e.load_event(line)) == line


@pytest.mark.parametrize(
    ("value", "line"), [(True, '"value":true'), (1, '"value":1'), (0, '"value":0'), (None, "null")]
)
def test_seen_and_one_time_stay_apart(value: int | bool | None, line: str) -> None:
    """A tick and a number look alike to the language, not to a journal."""
    sent = e.FormSent(at=1, track="t1", form="f", answers={"c": e.Answer(value=value)})
    read = e.load_event(e.dump_event(sent))
    assert isinstance(read, e.FormSent)
    assert read.answers["c"].value is value
    assert line in e.dump_event(sent)


def test_events_hold_no_words() -> None:
    """Of what people are called, said and wrote, no journal line holds a letter."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.send("1.2r1/form/listening/chen/ana", level=4, said="SECRET")
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("SECRET")))
    play.go_to("2")
    play.do(c.WriteJournal("t1", "2", "ana", {0: play.text("SECRET")}))
    referred = {ref.id for event in play.events for ref in e.texts_in(event)}
    assert referred == set(play.words)
    assert not any("SECRET" in e.dump_event(event) for event in play.events)


def test_what_is_no_event_is_refused() -> None:
    """A line with a kind or a key that is not known raises, so that a journal is never half understood."""
    for line in ("{}", '{"kind":"nap","at":1}', '{"kind":"session-ended","at":1,"by":"ana"}', "x"):
        with pytest.raises(ValidationError):
            e.load_event(line)


def test_every_kind_of_event_has_its_own_name() -> None:
    """The union tells events apart by `kind`, so no two share one."""
    union = get_args(get_args(e.Event)[0])
    assert len({event.model_fields["kind"].default for event in union}) == len(union)
