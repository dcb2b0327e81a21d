"""What could be better in a file that can be played as it stands: words that read hard, cards that take too long to
read, levels that say the same. Advice is a finding like any other; whoever reads the file shows it as a warning.

Reading is measured by LIX, from Carl-Hugo Björnsson, "Läsbarhet", Liber, 1968: words per sentence, plus the share of
words with more than six letters in percent. It needs no list of words, so it serves every language that has spaces and
capitals. Of silent reading Marc Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109,
2019, found 238 words a minute for English non-fiction; 200 leaves room for nerves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations, takewhile

from roleplay.content.durations import say_duration
from roleplay.content.findings import Finding, step_path
from roleplay.content.rubric import Criterion, Rubric
from roleplay.content.scenario import Case, Scenario
from roleplay.content.series import Series
from roleplay.content.steps import DebriefStep, PlayStep, PrepareStep, Rotate, Step
from roleplay.content.yaml_tree import Path

MAX_LIX = 50
WORDS_A_MINUTE = 200
_FEWEST_WORDS = 40
"""Of fewer words the measure says little."""
_LONG = 6
_ONE_OF = 6
"""Two levels say nearly the same where they differ in one word, or in no more than one of so many."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.:!?…]+[\"'”’»)\]]*(?:\s|$)|\n")

Text = tuple[Path, str]


def advise_scenario(scenario: Scenario) -> Iterator[Finding]:
    """What could be better in a scenario, its rubrics left aside."""
    yield from _hard(_texts_of_scenario(scenario))
    for i, case in enumerate(scenario.cases):
        for role in scenario.roles:
            sentence = _too_long(scenario, case, role)
            if sentence:
                yield ("cases", i, "cards", role if role in case.cards else "everyone"), sentence


def advise_rubric(rubric: Rubric) -> Iterator[Finding]:
    """What could be better in a rubric."""
    yield from _hard(_texts_of_rubric(rubric))
    for i, criterion in enumerate(rubric.criteria):
        for low, high in _alike(criterion):
            yield ("criteria", i, "levels", high), f"says nearly the same as level {low}: say what one sees only here"


def advise_series(series: Series) -> Iterator[Finding]:
    """What could be better in a series, its scenarios left aside."""
    yield from _hard([(("about",), series.about or "")])


def lix(text: str) -> float:
    """How hard a text is to read, from some 20 for a picture book to 60 for a statute; 0 where it cannot be said."""
    letters = [letter for letter in text if letter.isalpha()]
    cased = sum(letter.lower() != letter.upper() for letter in letters)
    words = _WORD.findall(text)
    if not words or cased * 2 < len(letters):
        return 0.0
    sentences = sum(bool(_WORD.search(sentence)) for sentence in _SENTENCE_END.split(text))
    long = sum(sum(map(str.isalpha, word)) > _LONG for word in words)
    return len(words) / sentences + 100 * long / len(words)


def _hard(texts: Iterator[Text] | list[Text]) -> Iterator[Finding]:
    for path, text in texts:
        if len(_WORD.findall(text)) >= _FEWEST_WORDS and (level := lix(text)) > MAX_LIX:
            yield path, f"reads hard: LIX {level:.0f}, where 40 is plain; shorter sentences and shorter words help"


def _texts_of_scenario(scenario: Scenario) -> Iterator[Text]:
    yield ("about",), scenario.about
    for id, role in scenario.roles.items():
        yield ("roles", id, "about"), role.about or ""
    for i, case in enumerate(scenario.cases):
        yield from ((("cases", i, "cards", role), card) for role, card in case.cards.items())
        yield ("cases", i, "hidden"), "\n".join(fact.fact for fact in case.hidden)
        yield from ((("cases", i, "injects", n, "say"), inject.say) for n, inject in enumerate(case.injects))
    for source, step in scenario.steps.items():
        path = step_path(source)
        yield (*path, "prompts"), "\n".join(step.prompts)
        if isinstance(step, PlayStep):
            yield from (((*path, "injects", n, "say"), inject.say) for n, inject in enumerate(step.injects))
        if isinstance(step, DebriefStep):
            yield (*path, "guide"), "\n".join(item.ask for item in step.guide)


def _texts_of_rubric(rubric: Rubric) -> Iterator[Text]:
    yield ("about",), rubric.about or ""
    for i, criterion in enumerate(rubric.criteria):
        yield ("criteria", i, "about"), criterion.about or ""
        yield ("criteria", i, "look_for"), "\n".join(criterion.look_for)
        yield ("criteria", i, "levels"), "\n".join(criterion.levels.values())
    yield ("prompts",), "\n".join(prompt.ask for prompt in rubric.prompts)


def _too_long(scenario: Scenario, case: Case, role: str) -> str:
    """That a card takes longer to read than there is time before the conversation, or nothing."""
    prepared = [steps for steps in _preparations(scenario, role) if steps]
    if not prepared:
        return ""
    steps = min(prepared, key=_length)
    facts = [fact.fact for fact in case.hidden if scenario.knows_hidden(case, fact) == role]
    words = " ".join([case.cards.get("everyone", ""), case.cards.get(role, ""), *facts]).split()
    seconds = len(words) * 60 / WORDS_A_MINUTE
    if seconds <= _length(steps):
        return ""
    names = " and ".join(f"“{step.name}”" for step in steps)
    return (
        f"takes {scenario.roles[role].title} {say_duration(seconds)} to read, at {WORDS_A_MINUTE} words a minute"
        f"; there is {say_duration(_length(steps))} for it, in {names}"
    )


def _preparations(scenario: Scenario, role: str) -> Iterator[list[Step]]:
    """The steps in which somebody of a role can read a card before a conversation, for every time cards are dealt."""
    dealt: list[tuple[Step, ...]] = [tuple(scenario.steps.values())]
    if scenario.rotates:
        dealt = [item.steps for item in scenario.script if isinstance(item, Rotate)]
    for steps in dealt:
        if any(isinstance(step, PlayStep) for step in steps):
            before = takewhile(lambda step: not isinstance(step, PlayStep), steps)
            yield [step for step in before if isinstance(step, PrepareStep) and (not step.for_ or role in step.for_)]


def _length(steps: list[Step]) -> int:
    return sum(step.length for step in steps)


def _alike(criterion: Criterion) -> Iterator[tuple[int, int]]:
    """Pairs of levels that say nearly the same words in the same order."""
    said = {level: [word.lower() for word in _WORD.findall(words)] for level, words in criterion.levels.items()}
    for low, high in combinations(sorted(said), 2):
        changes = SequenceMatcher(None, said[low], said[high], autojunk=False).get_opcodes()
        other = sum(max(i2 - i1, j2 - j1) for change, i1, i2, j1, j2 in changes if change != "equal")
        words = max(len(said[low]), len(said[high]))
        # Of one or two words, a single other one says something else.
        if words > 2 and other <= max(1, words // _ONE_OF):
            yield low, high
