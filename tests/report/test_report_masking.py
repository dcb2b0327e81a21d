"""A report in which nobody is called by name."""

from __future__ import annotations

import pytest
from played import complete, play_on, viewers
from samples import FISHBOWL, SELECTION, Play
from spoken import spoken

from roleplay.report.build import build_report
from roleplay.report.masking import labels, mask_for, mask_report
from roleplay.report.render import render
from roleplay.session.visible import FACILITATOR_VIEWER

NAMES = {"ana": "Ana Ferreira", "ben": "Bénédict Roux", "chen": "Mary-Jane Cho"}


def named(play: Play) -> Play:
    """The same session, with names that stand nowhere else, and with some of them in what people wrote and said."""
    for person in play.state.people.values():
        play.words[person.name.id] = NAMES.get(person.id, person.id)
    said = iter(["Ana’s plan", "ask BENEDICT", "mary-jane saw it", "Roux, at Lincoln School"] * 200)
    names = {person.name.id for person in play.state.people.values()}
    for id in play.words:
        if id not in names:
            play.words[id] += f" {next(said)}"
    return play


@pytest.mark.parametrize("format", ["html", "md", "json"])
def test_no_name_stands_anywhere(format: str) -> None:
    """Neither in forms, quotes, journals and lists, nor in what was said; ids of the session stay."""
    for play in (named(spoken()), named(complete(3))):
        mask = mask_for(play.state, play.words, True, ["Lincoln School"])
        for viewer in viewers(play):
            report = build_report(play.state, play.words, viewer, "ana-session")
            text = render(mask_report(report, mask), format).replace("ana-session", "").lower()
            text = text.replace("bénédict", "benedict")
            found = [
                name for name in ("ana", "ferreira", "benedict", "roux", "mary", "cho", "lincoln") if _in(name, text)
            ]
            assert found == []


def _in(name: str, text: str) -> bool:
    import re

    return re.search(rf"(?<!\w){name}(?!\w)", text) is not None


def test_people_are_called_by_the_round_they_lead() -> None:
    """Where everybody leads once, that tells them apart."""
    play = named(spoken())
    assert labels(play.state) == {
        "ana": "Leader of round 1",
        "ben": "Leader of round 2",
        "chen": "Leader of round 3",
    }
    report = build_report(play.state, play.words, FACILITATOR_VIEWER, "s")
    masked = mask_report(report, mask_for(play.state, play.words, True))
    assert masked.talks[0].speakers == ("Leader of round 1", "Leader of round 2")
    assert masked.talks[0].said[4].text.startswith("I did, twice, and Leader of round 1’s office said to wait.")


def test_otherwise_by_a_role_that_is_theirs_alone_or_by_a_letter() -> None:
    """At several tables it is said at which; people who share a role get letters."""
    play = play_on(Play.started(FISHBOWL, 4))
    assert sorted(labels(play.state).values()) == [
        "Coach at Table 1", "Coach at Table 2", "Fellow at Table 1", "Fellow at Table 2",
    ]  # fmt: skip
    several = labels(Play.started(SELECTION, 5).state)
    assert len(set(several.values())) == 5
    assert "Person A" in several.values()


def test_words_alone_can_be_masked() -> None:
    """Names stay where nobody asked for more."""
    play = named(spoken())
    masked = mask_report(
        build_report(play.state, play.words, FACILITATOR_VIEWER, "s"),
        mask_for(play.state, play.words, False, ["lincoln school", "the bus"]),
    )
    text = masked.model_dump_json()
    assert "Ana Ferreira" in text
    assert "Lincoln" not in text
    assert "what happened on (left out)?" in text


def test_two_people_of_one_name_are_told_apart_by_nothing() -> None:
    """A name that stands for two is masked as somebody's."""
    play = named(spoken())
    play.words[play.state.people["ben"].name.id] = "Ana Ferreira"
    mask = mask_for(play.state, play.words, True)
    assert mask.hide("Ana Ferreira") == "Somebody"
