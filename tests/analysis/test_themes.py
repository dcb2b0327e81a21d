from __future__ import annotations

from collections import Counter
from random import Random

from roleplay.analysis.themes import MOST_PER_THEME, Theme, themes
from roleplay.session.sharing import Shareable
from roleplay.session.texts import TextRef, hash_of

NOTICED = "What did you notice?"


class Box:
    """Answers and their words."""

    def __init__(self) -> None:
        self.answers: list[Shareable] = []
        self.words: dict[str, str] = {}

    def put(
        self, by: str, said: str, table: str = "t1", ask: str = "What did you notice?", shared: bool = True
    ) -> None:
        ref = TextRef(id=f"text-{len(self.words)}", hash=hash_of("salt", f"{by}{said}{ask}"))
        self.words[ref.id] = said
        self.answers.append(Shareable(ref, ask, "form", table, by, shared))

    def themes(self) -> tuple[Theme, ...]:
        return themes(self.answers, self.words)


def a_class(tables: int = 8) -> Box:
    """Three people at each table, each of whom answers two questions."""
    box = Box()
    for table in range(tables):
        for person in range(3):
            for ask in ("What did you notice?", "What next?"):
                box.put(f"p{table}{person}", f"{ask} {table}/{person}", f"t{table}", ask)
    return box


def test_at_most_three_on_a_theme_from_as_many_tables_and_writers_as_there_are() -> None:
    """Of 24 people at 8 tables the six who are quoted are six, and no table is heard twice before each was once."""
    box = a_class()
    found = box.themes()
    assert [(theme.ask, len(theme.words), theme.more) for theme in found] == [
        ("What did you notice?", 3, 21),
        ("What next?", 3, 21),
    ]
    who = [words.split("? ")[1] for theme in found for words in theme.words]
    assert len(set(who)) == 6
    assert max(Counter(one.split("/")[0] for one in who).values()) == 1


def test_the_choice_is_the_same_each_time_and_does_not_follow_the_order_of_writing() -> None:
    """However the answers come in, the same words are chosen, in the same order."""
    box = a_class()
    once = box.themes()
    Random(1).shuffle(box.answers)
    assert {(t.ask, t.words) for t in box.themes()} == {(t.ask, t.words) for t in once}
    places = [[t.words.index(w) for w in t.words] for t in once]
    assert all(place == sorted(place) for place in places)


def test_only_what_was_shared_is_quoted_and_each_wording_once() -> None:
    """Silent answers, empty ones, erased ones and repetitions are not among the words."""
    box = Box()
    for n, said in enumerate(("Good pause.", "good  pause.", "  ", "kept back", "gone")):
        box.put(f"p{n}", said, shared=said != "kept back")
    del box.words["text-4"]
    (theme,) = box.themes()
    assert [words.casefold().split() for words in theme.words] == [["good", "pause."]]
    assert theme.more == 0


def test_a_question_that_few_answered_is_not_named() -> None:
    """Where two people alone wrote on a question, it would say who wrote; their words stand among others."""
    box = Box()
    for n in range(3):
        box.put(f"p{n}", f"noticed {n}", shared=n == 0)
    box.put("p7", "alone", ask="What did the rater see?")
    box.put("p8", "alone, too", ask="What did the rater hear?")
    assert [(theme.ask, set(theme.words)) for theme in box.themes()] == [
        ("What did you notice?", {"noticed 0"}),
        ("", {"alone", "alone, too"}),
    ]


def test_what_is_read_at_a_glance_comes_before_long_words() -> None:
    """Long words are chosen only where there are no others."""
    box = Box()
    box.put("p0", "long " * 50)
    for n in range(1, MOST_PER_THEME + 1):
        box.put(f"p{n}", f"short {n}")
    (theme,) = box.themes()
    assert all(words.startswith("short") for words in theme.words)
    assert theme.more == 1
