"""One whole session, from the welcome to the end, as three people live it."""

from __future__ import annotations

from samples import TRIAD, Play

from roleplay.session import commands as c
from roleplay.session.evolve import fold
from roleplay.session.state import FACILITATOR
from roleplay.session.visible import ROOM


def test_three_people_play_a_whole_session() -> None:
    """Each leads once; cards, marks, forms and quotes reach the right people at the right time; and it adds up."""
    play = Play.opened(TRIAD, ("ana", "ben", "chen"))

    # The facilitator welcomes everybody, a little longer than planned, and goes on by hand.
    play.do(c.Start())
    play.tick(150)
    assert (play.step, play.remaining()) == ("0", -30)
    play.do(c.Next())

    for round, (leader, parent, observer) in enumerate(
        (("ana", "ben", "chen"), ("ben", "chen", "ana"), ("chen", "ana", "ben")), start=1
    ):
        prepare, conversation, feedback = (f"1.{n}r{round}" for n in range(3))
        case = "map" if round == 2 else "farm"

        # They read their cards; the leader says how it will go; the conversation begins by itself.
        assert play.step == prepare
        assert f"card/{case}/parent" in {card.text for card in play.view(parent).cards}
        play.send(f"{prepare}/forecast/listening/{leader}/{leader}", level=3)
        play.tick(60)

        # The observer marks a moment. Nobody else sees it. Then the parent needs a break.
        assert play.step == conversation
        play.do(c.TapMarker("t1", f"tap-{round}", "names-feeling", observer, leader), after=100)
        for somebody in (leader, parent, FACILITATOR):
            assert f"tap-{round}" not in {mark.tap for _, mark in play.view(somebody).marks}
        play.do(c.Pause("t1", "safety"))
        play.do(c.Resume("t1"), after=40)
        play.tick(200)

        # Time is up. Now the leader hears how it was, from both.
        assert play.step == feedback
        assert f"tap-{round}" in {mark.tap for _, mark in play.view(leader).marks}
        form = f"{feedback}/form/listening/{observer}/{leader}"
        play.send(form, level=4, said=f"You named it, {leader}.", share=round == 1)
        play.send(f"{feedback}/form/felt-heard/{parent}/{leader}", level=2)
        play.do(c.TickFacts("t1", feedback, parent, ("ride",)))
        play.do(c.WriteLearned("t1", feedback, leader, play.text("There was no ride.")))
        assert f"You named it, {leader}." in play.seen(leader)
        assert f"You named it, {leader}." not in play.seen(parent) or round == 1
        play.do(c.Next(), after=240)

    # Everybody writes, two here and one on paper.
    assert play.step == "2"
    for person in ("ana", "ben"):
        play.do(c.WriteJournal("t1", "2", person, {0: play.text(f"{person}'s own")}), after=60)
    play.do(c.WriteJournal("t1", "2", "chen", on_paper=True), after=60)
    play.do(c.Next())

    # The debrief has what was shared, and nothing else.
    assert play.step == "3"
    assert play.seen(ROOM) == {"You named it, ana."}
    play.do(c.Next(), after=300)
    assert play.state.phase("t1") == "finished"
    play.do(c.End())

    # A session takes what its steps took, with its pauses; and the journal tells it all again.
    assert play.now == 150 + 3 * (60 + 300 + 40 + 240) + 180 + 300
    assert fold(play.state.setting, play.events) == play.state
