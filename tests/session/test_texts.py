"""Words, apart from the events that point at them."""

from __future__ import annotations

from samples import TRIAD, Play

from roleplay.session import commands as c
from roleplay.session import events as e
from roleplay.session.evolve import fold
from roleplay.session.texts import GONE, Text, hash_of, read


def test_a_session_whose_words_were_erased_can_still_be_read() -> None:
    """With every text deleted the journal folds to the same state, and where words stood it says that they are gone."""
    play = Play.started(TRIAD)
    play.go_to("1.2r1")
    play.send("1.2r1/form/listening/chen/ana", level=4, said="private", share=True)
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("private")))
    play.words.clear()
    state = fold(play.state.setting, [e.load_event(e.dump_event(event)) for event in play.events])
    assert state == play.state
    refs = [ref for event in play.events for ref in e.texts_in(event)]
    assert len(refs) > 5
    assert {read(play.words, ref) for ref in refs} == {GONE}


def test_words_that_were_never_there_are_not_gone() -> None:
    """Where nobody wrote anything there is nothing to say."""
    assert read({}, None) == ""
    text = Text(id="1", salt="s", text="hello")
    assert read({"1": "hello"}, text.ref) == "hello"


def test_a_hash_says_nothing_without_its_salt() -> None:
    """The same words with another salt have another hash, and salt and words cannot be shifted against each other."""
    assert Text(id="1", salt="a", text="yes").ref.hash != Text(id="1", salt="b", text="yes").ref.hash
    assert hash_of("ab", "c") != hash_of("a", "bc")
