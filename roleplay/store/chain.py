"""The hash chain over a journal: each link covers an event, its number, and the link before it.

Words are checked against the salted hashes in the events, contents against their own hash; words that
were erased are no damage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from pydantic import ValidationError

from roleplay.session.events import Event, SessionOpened, load_event, texts_in
from roleplay.store.protocol import JournalBroken


def sha256(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def first_link(session: str) -> str:
    """What the first event is chained to, so that no event can be moved to another session."""
    return sha256(session)


def link(previous: str, seq: int, body: str) -> str:
    """The link of event `seq`, whose JSON is `body`."""
    return sha256(f"{previous}\n{seq}\n{body}")


def load(session: str, seq: int, body: str) -> Event:
    """The event that a row holds; raises JournalBroken for anything else."""
    try:
        return load_event(body)
    except ValidationError as error:
        raise JournalBroken(session, seq, "this roleplay cannot read it.") from error


def check(
    session: str,
    rows: Iterable[tuple[int, str, str]],
    last: int,
    words: Mapping[str, str],
    contents: Mapping[str, str],
) -> None:
    """Raise JournalBroken at the first event that does not hold.

    `rows` are number, JSON and link of each event; `last` is how many there should be; `words` maps text ids to
    salted hashes computed from what is kept, `contents` the hashes under which bodies are kept to those bodies.
    """
    previous, expected = first_link(session), 1
    for seq, body, stored in rows:
        if seq != expected:
            break
        previous = link(previous, seq, body)
        if previous != stored:
            raise JournalBroken(session, seq, "it is not what was written.")
        event = load(session, seq, body)
        if any(words.get(ref.id, ref.hash) != ref.hash for ref in texts_in(event)):
            raise JournalBroken(session, seq, "its words are not what was written.")
        if isinstance(event, SessionOpened) and any(
            named not in contents or sha256(contents[named]) != named for named in (event.scenario, event.plan)
        ):
            raise JournalBroken(session, seq, "its scenario or its plan is not what was written.")
        expected += 1
    if expected <= last:
        raise JournalBroken(session, expected, "it is missing.")
