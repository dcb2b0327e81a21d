"""Cards as messages to paste into a private chat, and who gets which file."""

from __future__ import annotations

from played import STRANGE_NAMES
from samples import PEOPLE, REMIX, TRIAD, bundle_of

from roleplay.planning.build import build_plan
from roleplay.report.cards import card_deck, render_each
from roleplay.report.deck import Deck
from roleplay.report.messages import LIST, each_as_text, messages


def deck_of(people: int = 7) -> Deck:
    bundle = bundle_of(TRIAD)
    return card_deck(bundle, build_plan(bundle.scenario, PEOPLE[:people]), dict(zip(PEOPLE, PEOPLE, strict=True)))


def test_a_person_is_sent_the_card_of_each_round_by_itself() -> None:
    """With table and round above it; what unfolds later is a message of its own, with its moment."""
    ben = next(hand for hand in deck_of(3).hands if hand.title == "ben")
    sent = list(messages("A worried parent", ben))
    assert [when for when, _ in sent] == [
        "Before round 1",
        "Round 1, at 02:00 of the conversation",
        "Before round 2",
        "Round 2, when the facilitator says so",
        "Before round 3",
    ]
    assert sent[0][1].startswith("A worried parent · Table 1 · Round 1\n\nYou are: Parent\n\n")
    assert "For you alone:\ncard/farm/parent" in sent[0][1]
    assert "• fact/farm/ride" in sent[0][1]
    assert sent[1][1] == "say/farm/parent"


def test_no_message_holds_what_is_for_somebody_else() -> None:
    """The private words in each text are those of the page of the same person."""
    deck = deck_of()
    pages, texts = render_each(deck), each_as_text(deck)
    tokens = {f"{kind}/{case}/{role}" for kind in ("card", "say", "fact") for case in ("farm", "map", "bell", "note")
              for role in ("leader", "parent", "ride", "sister")}  # fmt: skip
    for name in PEOPLE[:7]:
        assert {t for t in tokens if t in texts[f"{name}.txt"]} == {t for t in tokens if t in pages[f"{name}.html"]}


def test_a_list_says_who_gets_which_file() -> None:
    """Table by table, with the files that there are; what people are called breaks nothing."""
    bundle = bundle_of(REMIX)
    deck = card_deck(bundle, build_plan(bundle.scenario, PEOPLE[:3]), dict(zip(PEOPLE, STRANGE_NAMES, strict=False)))
    files = each_as_text(deck)
    rows = files[LIST].splitlines()[6:]
    assert len(rows) == 3
    for row, hand in zip(rows, deck.hands, strict=True):
        assert f"{hand.file}.html".replace("_", "\\_") in row
        assert row.replace("\\|", "").count("|") == 5
        assert f"{hand.file}.txt" in files


def test_without_people_there_is_a_text_for_each_card() -> None:
    """A hand that holds no card, only pages to write on, has none."""
    files = each_as_text(card_deck(bundle_of(TRIAD)))
    assert "farm-parent.txt" in files
    assert "everyone.txt" not in files
