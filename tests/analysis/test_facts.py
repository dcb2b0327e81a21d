from __future__ import annotations

from samples import Play

from roleplay.analysis.facts import FactsFound, facts_found
from roleplay.session import commands as c


def test_so_many_of_so_many_facts_came_out() -> None:
    """The partner's ticks are counted over all rounds that the reader may see."""
    play = Play.started()
    for leader, partner, facts in (("ana", "ben", ("ride", "sister")), ("ben", "chen", ("ride",))):
        step = {"ana": "1.2r1", "ben": "1.2r2"}[leader]
        play.go_to(step)
        play.do(c.TickFacts("t1", step, partner, facts))
        play.do(c.WriteLearned("t1", step, leader, play.text("learned")))
    assert facts_found(play.view("facilitator").facts) == FactsFound(3, 4)
    assert facts_found(play.view("ana").facts) == FactsFound(2, 2)


def test_nothing_is_counted_before_the_partner_has_ticked_or_where_it_may_not_be_seen() -> None:
    """Before both have answered the leader has no count; a partner who ticked none makes a zero, and that is one."""
    play = Play.started()
    play.go_to("1.2r1")
    assert facts_found(play.view("ben").facts) is None
    play.do(c.TickFacts("t1", "1.2r1", "ben", ()))
    assert facts_found(play.view("ben").facts) == FactsFound(0, 2)
    assert facts_found(play.view("ana").facts) is None
    play.do(c.WriteLearned("t1", "1.2r1", "ana", play.text("learned")))
    assert facts_found(play.view("ana").facts) == FactsFound(0, 2)
