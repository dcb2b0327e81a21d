"""Open and closed questions, and the lines in which they stand."""

from __future__ import annotations

import pytest

from roleplay.analysis.questions import OPENERS, Spoken, questions


def kinds(*lines: str) -> list[str]:
    """What kinds of questions stand in some lines."""
    found = questions([Spoken(number, line) for number, line in enumerate(lines)])
    assert found is not None
    return [question.kind for question in found]


@pytest.mark.parametrize(
    "said",
    [
        "What happened at home?",
        "How was that for you?",
        "Why?",
        "How come?",
        "So, um, how are things?",
        "And when he came home, what did he say?",
        "Could you tell me what happened?",
        "What did he say or do?",
        "How is he doing, would you say?",
    ],
)
def test_an_open_question_asks_for_ones_own_words(said: str) -> None:
    """It opens with what, how or why, or invites to tell; words before it and a clause before it change nothing."""
    assert kinds(said) == ["open"]


@pytest.mark.parametrize(
    "said",
    [
        "Did he take the bus?",
        "You called him?",
        "Okay?",
        "How old is he?",
        "How many times did you call?",
        "When was that?",
        "What’s his name?",
        "Is it the bus or the walk?",
        "What helped, the call or the letter?",
        "How did you feel, angry or sad?",
        "You felt alone, didn't you?",
        "What a week that was, right?",
    ],
)
def test_a_closed_question_asks_for_yes_no_one_of_several_or_a_fact(said: str) -> None:
    """Questions with a tag and between alternatives are closed, also where they open with what or how."""
    assert kinds(said) == ["closed"]


def test_what_is_no_question_is_not_counted() -> None:
    """With marks, only a sentence with a question mark is one."""
    assert kinds("What I heard is this. How hard that must be! I see.") == []


def test_several_questions_in_a_line_and_one_over_several_lines() -> None:
    """Each counts once, in the line in which it begins."""
    found = questions(
        [Spoken(3, "I see. How do you"), Spoken(4, "feel about that? And was it"), Spoken(7, "hard? Yes.")]
    )
    assert found is not None
    assert [(one.line, one.kind, one.text) for one in found] == [
        (3, "open", "How do you feel about that?"),
        (4, "closed", "And was it hard?"),
    ]


def test_without_marks_a_line_that_opens_as_a_question_is_one() -> None:
    """An engine that writes no marks leaves the opener; a clause that only begins with the same word is none."""
    assert kinds("so how did that feel for you", "do you take the bus", "how many children do you have") == [
        "open", "closed", "closed",
    ]  # fmt: skip
    assert kinds("he was late wasn't he", "could you tell me more") == ["closed", "open"]
    assert kinds("what i did was wrong", "when i was young we walked", "that's right", "do that") == []


def test_marks_anywhere_are_marks_everywhere() -> None:
    """Where an engine writes them, a line without one is no question."""
    assert kinds("How are you", "I am fine.") == []


def test_a_language_that_is_not_known_is_not_guessed() -> None:
    """Another language is another table, and until then nothing is counted."""
    assert questions([Spoken(0, "Wie geht es dir?")], "de") is None
    assert questions([Spoken(0, "How are you?")], "en-GB")
    assert all(len(language) == 2 for language in OPENERS)
