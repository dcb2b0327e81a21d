"""Open and closed questions in what somebody said.

An open question asks for an answer in one's own words; a closed one for yes or no, for one of the things it names, or
for a single fact (as in Moyers, Manuel & Ernst 2014, Motivational Interviewing Treatment Integrity 4.2). It goes by how
a question opens, so it can be wrong; each question comes with its line, where a person can read and correct it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

QuestionKind = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line that somebody said."""

    line: int
    """Its number, to find it again."""
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and in which line it begins."""

    line: int
    kind: QuestionKind
    text: str


@dataclass(frozen=True, slots=True)
class Openers:
    """How questions begin and end in one language, in small letters, as regular expressions of whole words."""

    before: str
    """Words that may stand before a question without changing it."""
    open: str
    """Openers of open questions."""
    fact: str
    """Openers of questions for a single fact; they go before those of open questions."""
    number: str
    """The same, where nothing else can follow but a question: “how many”."""
    invites: str
    """Openers that are made like yes-or-no questions and invite to tell."""
    asks: str
    """What follows a question word where it asks and does not relate: “what did”, but not “what I did”."""
    yes_no: str
    """Openers of questions that can be answered with yes or no, with whom they are about."""
    tag: str
    """What turns a sentence into a question at its end."""
    assent: str
    """What does so after a comma only."""
    either: str
    """What stands between the things of which one is to be chosen."""


_VERB = (
    r"(?:am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|shall|should|may|might|must"
    r"|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|haven't|hasn't|hadn't|can't|couldn't|won't|wouldn't|shouldn't)"
)

OPENERS: Mapping[str, Openers] = {
    "en": Openers(
        before=r"(?:and|but|so|well|okay|ok|oh|um|uh|er|now|then|right|yes|yeah|no|mhm|hm|because|or|also|just)",
        open=r"(?:what|how|why|in what way|to what extent)",
        fact=r"(?:when|where|who|whose|whom|which)",
        number=(
            r"(?:how (?:many|much|old|long|often|far|soon|big|late|early)"
            r"|what (?:time|day|date|year|month|grade|class|age|number|color|colour)"
            r"|what(?:'s| is| was) (?:his|her|your|their|its|the) (?:\w+ )?(?:name|age|address|number))"
        ),
        invites=(
            r"(?:can|could|will|would) (?:you|we) (?:please )?(?:just )?(?:tell|describe|explain|say more|share"
            r"|help me understand|walk|talk me through|give me an idea)"
        ),
        asks=rf"(?:{_VERB}|about|else|happened|happens|makes|made|brings|brought|if|come|kind|sort|'s|'re|'d)",
        yes_no=rf"(?:{_VERB} (?:i|you|he|she|it|we|they|there)|(?:is|was|does|did|isn't|wasn't) (?:that|this))",
        tag=rf"{_VERB} (?:i|you|he|she|it|we|they|there)(?: not)?",
        assent=r"(?:right|okay|ok|yes|no|yeah|correct|huh|eh)",
        either=r"or",
    ),
}
"""The tables by language, as ISO 639-1; another language is another entry."""

_SENTENCE = re.compile(r"[^.?!…]*(?:[.?!…]+[\"'”’)]*|$)")
_ENDS = re.compile(r"[.?!…]")


def questions(lines: Sequence[Spoken], language: str = "en") -> tuple[Question, ...] | None:
    """The questions in what one person said, in order, or None where the language is not known here.

    A question is a sentence with a question mark. Where an engine wrote no such marks at all, it is a line that opens
    as a question does. One that runs over several lines counts once, where it begins.
    """
    openers = OPENERS.get(language[:2].lower())
    if openers is None:
        return None
    marked = any(_ENDS.search(line.text) for line in lines)
    sentences = _sentences(lines) if marked else ((line.line, line.text) for line in lines)
    asked = ((n, text.strip()) for n, text in sentences if (_is_marked(text) if marked else _opens(text, openers)))
    return tuple(Question(n, _kind(text, openers), text) for n, text in asked)


def _sentences(lines: Sequence[Spoken]) -> Iterator[tuple[int, str]]:
    """Sentences with the line in which each begins."""
    begun, line = "", 0
    for one in lines:
        for match in _SENTENCE.finditer(one.text):
            if not match[0].strip():
                continue
            if not begun:
                line = one.line
            begun = f"{begun} {match[0].strip()}".strip()
            if _ENDS.search(match[0]):
                yield line, begun
                begun = ""
    if begun:
        yield line, begun


def _is_marked(text: str) -> bool:
    return "?" in text


def _plain(text: str, openers: Openers) -> str:
    """The words of a sentence from where it opens."""
    words = re.sub(r"[^\w',\s]", " ", text.lower().replace("’", "'"))
    words = " ".join(words.split()).strip(" ,")
    return re.sub(rf"^(?:{openers.before}\b[ ,]*)+", "", words) or words


def _opens(text: str, openers: Openers) -> bool:
    """Whether a sentence without marks is made as a question."""
    plain = _plain(text, openers)
    return bool(
        _is_worded(text, openers)
        or re.match(rf"(?:{openers.invites}|{openers.yes_no})\b", plain)
        or re.search(rf" {openers.tag}$", plain)
    )


def _is_worded(text: str, openers: Openers) -> bool:
    """Whether it opens with a question word."""
    asked = rf"(?:{openers.open}|{openers.fact}) ?{openers.asks}"
    return bool(re.match(rf"(?:{asked}|{openers.number})\b", _plain(text, openers)))


def _kind(text: str, openers: Openers) -> QuestionKind:
    clauses = [clause.strip() for clause in _plain(text, openers).split(",") if clause.strip()] or [""]
    if len(clauses) > 1 and re.fullmatch(rf"{openers.tag}|{openers.assent}", clauses[-1]):
        return "closed"
    # “When he came home, what did he say?”: what is asked stands in the last part that opens as a question.
    worded = [n for n, one in enumerate(clauses) if _is_worded(one, openers)]
    opening = worded or [n for n, one in enumerate(clauses) if _opens(one, openers)]
    asks = opening[-1] if opening else 0
    clause = _plain(clauses[asks], openers)
    if any(re.search(rf"\b{openers.either}\b", rest) for rest in clauses[asks + 1 :]):
        return "closed"
    if re.match(rf"{openers.invites}\b", clause):
        return "open"
    if re.match(rf"(?:{openers.fact}|{openers.number})\b", clause) or re.search(rf" {openers.tag}$", clause):
        return "closed"
    return "open" if re.match(rf"{openers.open}\b", clause) else "closed"
