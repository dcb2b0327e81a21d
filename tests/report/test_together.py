from __future__ import annotations

from roleplay.report.feedback import Answered, FormPart, Said
from roleplay.report.together import together


def answered(answer: str, criterion: str = "Asks", own_words: bool = False) -> Answered:
    return Answered(criterion=criterion, observed=bool(answer), answer=answer, own_words=own_words)


def form(by: str, *answers: Answered, take: str = "", rubric: str = "Listening", words: bool = False) -> FormPart:
    return FormPart(
        rubric=rubric,
        by=by,
        by_role="Rater",
        about="ana",
        about_self=by == "ana",
        sample=False,
        corrected=0,
        take=take,
        answers=answers,
        words=(Said(ask="Why?", answer="So."),) if words else (),
    )


def test_those_who_gave_the_same_answer_stand_together() -> None:
    """For each criterion every answer is there once, with all who gave it; not observed is one answer, too."""
    (group,) = together([form("ben", answered("3")), form("chen", answered("")), form("ana", answered("3"))])
    (asks,) = group.criteria
    assert [(one.answered.answer, [voice.form.by for voice in one.voices]) for one in asks.answers] == [
        ("3", ["ben", "ana"]),
        ("", ["chen"]),
    ]


def test_own_words_are_nobody_elses() -> None:
    """Two who wrote the same words did not give one answer."""
    (group,) = together([form("ben", answered("So.", own_words=True)), form("chen", answered("So.", own_words=True))])
    assert [len(one.voices) for one in group.criteria[0].answers] == [1, 1]


def test_takes_and_rubrics_stay_apart() -> None:
    """A group holds the forms on one rubric about one take, first take first."""
    forms = [form("ben", take="Take 1"), form("chen", take="Take 2"), form("dee", take="Take 1", rubric="Other")]
    assert [(group.take, group.rubric) for group in together(forms)] == [
        ("Take 1", "Listening"),
        ("Take 1", "Other"),
        ("Take 2", "Listening"),
    ]


def test_a_table_stands_alone_and_words_alone_stand_elsewhere() -> None:
    """Two tables make two groups; what another wrote without any answer is not repeated, what one wrote oneself is."""
    table = form("ben").model_copy(update={"rows": ((answered("x", own_words=True),),)})
    assert [len(group.forms) for group in together([table, table])] == [1, 1]
    assert together([form("ben", words=True)]) == []
    assert [group.forms[0].by for group in together([form("ana", words=True)])] == ["ana"]
