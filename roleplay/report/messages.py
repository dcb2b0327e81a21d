"""Cards as messages: plain text to paste into a private chat, one message for each moment, and who gets which file."""

from __future__ import annotations

from collections.abc import Iterator

from roleplay.content.durations import say_clock
from roleplay.content.words import paragraphs
from roleplay.report.deck import Card, Cue, Deck, Hand
from roleplay.report.templating import markdown_line

LIST = "who-gets-what.md"


def messages(title: str, hand: Hand) -> Iterator[tuple[str, str]]:
    """When to send what to whoever holds a hand: the card of each round, then what unfolds on the way."""
    for held in hand.rounds:
        if held.card is None:
            continue
        where = " · ".join(part for part in (title, hand.table, held.title) if part)
        yield (
            f"Before {held.title[:1].lower()}{held.title[1:]}" if held.title else "To begin with",
            "\n\n".join([where, *_card(held.card)]),
        )
        for cue in held.card.cues:
            into = f"{held.title}, {_moment(cue)}" if held.title else _moment(cue)
            said = [f"{cue.source}:", _flow(cue.say)] if cue.source else [_flow(cue.say)]
            yield into[:1].upper() + into[1:], "\n\n".join(said)


def _card(card: Card) -> Iterator[str]:
    yield f"You are: {card.role}"
    if card.plays:
        yield f"You play {card.plays}."
    if card.also:
        yield f"You also speak as: {card.also}."
    if card.about:
        yield _flow(card.about)
    if card.everyone:
        yield f"What everybody knows:\n{_flow(card.everyone)}"
    if card.text:
        yield f"For you alone:\n{_flow(card.text)}"
    if card.facts:
        yield "What you know and may let out:\n" + "\n".join(f"• {fact}" for fact in card.facts)
    for cue in card.says:
        source = f", as {cue.source}" if cue.source != card.role else ""
        yield f"For you to say {_moment(cue)}{source}, to {cue.to}:\n{_flow(cue.say)}"


def _moment(cue: Cue) -> str:
    return "when the facilitator says so" if cue.at is None else f"at {say_clock(cue.at)} of the conversation"


def _flow(text: str) -> str:
    return "\n".join(paragraphs(text))


def messages_as_text(title: str, hand: Hand) -> str:
    """The messages for one person, each below a line that says when to send it."""
    parts = [f"Messages for {' '.join(hand.title.split())}. Send each one privately, when its moment comes."]
    parts += [f"======== {when} ========\n\n{text}" for when, text in messages(title, hand)]
    return "\n\n".join(parts) + "\n"


def each_as_text(deck: Deck) -> dict[str, str]:
    """File name to messages, for each hand that has a card, and the list of who gets which file."""
    files = {
        f"{hand.file}.txt": messages_as_text(deck.title, hand)
        for hand in deck.hands
        if any(held.card for held in hand.rounds)
    }
    return files | {LIST: _who_gets_what(deck, files)}


def _who_gets_what(deck: Deck, files: dict[str, str]) -> str:
    lines = [f"# {markdown_line(deck.title)}: who gets which file", ""]
    lines += ["Send the page, or paste the text message by message; each is for this person alone.", ""]
    lines += ["| Table, or breakout room | For | Page | Text |", "|---|---|---|---|"]
    for hand in deck.hands:
        text = f"{hand.file}.txt"
        cells = (hand.table or "–", hand.title, f"{hand.file}.html", text if text in files else "–")
        lines.append("| " + " | ".join(markdown_line(cell) for cell in cells) + " |")
    return "\n".join(lines) + "\n"
