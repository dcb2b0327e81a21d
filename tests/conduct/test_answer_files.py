"""Files of answers: read as they were saved, and found out where they were not."""

from __future__ import annotations

import base64
import json
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.conduct.answer_files import AnswerFile, NotAnswers, Written, dump_answers, parse_answers, texts_of

words = st.text(st.characters(blacklist_categories=["Cs"]))
drafts = st.dictionaries(
    words, st.recursive(st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words, st.lists, max_leaves=4)
)
written = st.builds(
    Written, track=words, key=words, title=words, at=st.integers(0, 2**53), fixed=st.booleans(), answer=drafts
)
files = st.builds(
    AnswerFile,
    session=words,
    scenario=words,
    person=words,
    name=words,
    saved=st.integers(0, 2**53),
    answers=st.lists(written, max_size=3).map(tuple),
    checksum=st.just(""),
)

FILE = AnswerFile(
    session="s",
    scenario="x",
    person="p1",
    name="Ana",
    saved=5,
    answers=(Written(track="t1", key="journal/2/p1", at=4, answer={"answers": {"0": "Ask “why” – 日本語"}}),),
)


def packed(file: AnswerFile) -> str:
    letters = base64.b64encode(json.dumps(json.loads(dump_answers(file))).encode()).decode()
    return f"BEGIN ROLEPLAY ANSWERS\n{textwrap.fill(letters, 64)}\nEND ROLEPLAY ANSWERS\n"


@given(files)
def test_a_file_is_read_as_it_was_written(file: AnswerFile) -> None:
    """Whatever people write, from one program to the next and packed as text; spaces between do not count."""
    for text in (dump_answers(file), packed(file), json.dumps(json.loads(dump_answers(file)))):
        assert parse_answers(text).model_copy(update={"checksum": ""}) == file


@given(st.data())
def test_a_file_that_was_changed_is_noticed(data: st.DataObject) -> None:
    """Cut off anywhere, or with another letter in the place of one, it is never taken for whole."""
    text = dump_answers(FILE).rstrip()
    n = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.characters(blacklist_categories=["Cs"]).filter(lambda sign: sign != text[n]))
    try:
        read = parse_answers(text[:n] + sign + text[n + 1 :])
    except NotAnswers:
        pass
    else:
        assert read == parse_answers(text), "a space that does not count"
    with pytest.raises(NotAnswers):
        parse_answers(text[:n])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "It is no file of answers."),
        ("Dear all", "It is no file of answers."),
        ("[]", "It is no file of answers."),
        ('{"format": 1}', "It is no file of answers."),
        ('{"roleplay": "answers", "format": 7}', "It was saved by a page of a newer program."),
        ('{"roleplay": "answers", "format": 1}', "It was changed or damaged after it was saved."),
        (dump_answers(FILE)[:200], "It is damaged or cut off."),
        (dump_answers(FILE).replace("why", "who"), "It was changed or damaged after it was saved."),
        (packed(FILE)[:150], "The text is cut off: its last line, END ROLEPLAY ANSWERS, is missing."),
        (packed(FILE).replace("eyJ", "!"), "It is damaged or cut off."),
        ("[" * 100_000, "It is no file of answers."),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, sentence: str) -> None:
    """In a sentence, with what to do."""
    with pytest.raises(NotAnswers) as found:
        parse_answers(text)
    assert found.value.sentence == sentence
    assert found.value.mend


def test_several_texts_that_were_pasted_are_told_apart() -> None:
    """With whatever stands between them."""
    two = FILE.model_copy(update={"person": "p2"})
    pasted = f"Hi, mine:\n{packed(FILE)}\nand Ben's\n" + textwrap.indent(packed(two), "> ")
    assert [parse_answers(text).person for text in texts_of(pasted)] == ["p1", "p2"]
