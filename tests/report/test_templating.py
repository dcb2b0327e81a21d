from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from roleplay.report.feedback import Moment, Tone
from roleplay.report.templating import by_marker, markdown_block, markdown_line, place, rows, ticks


def moment(at: float, tone: Tone = "helps", marker: str = "Names it") -> Moment:
    return Moment(marker=marker, key="n", tone=tone, at=at)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_stay_one_paragraph(before: str, words: str) -> None:
    """Whatever somebody wrote, a line of it is one paragraph or nothing, with no link, picture, code or HTML in it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown_line(f"{before}\n{words}"))
    assert [token.type for token in tokens] in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert {c.type for token in tokens for c in token.children or ()} <= {"text", "text_special", "softbreak"}


OPENINGS = ("#", "-", ">", "1.", "```", "|a|", "===", "    x", "", "<b>", "* *", "~~~")


@given(st.lists(st.sampled_from(OPENINGS), max_size=8))
def test_any_lines_stay_in_their_quotation(lines: list[str]) -> None:
    """A quotation holds paragraphs and nothing else, and what follows it is outside."""
    words = "\n".join(lines)
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown_block(words) + "\n\nafter")
    kinds = [token.type for token in tokens]
    assert set(kinds) <= {"blockquote_open", "blockquote_close", "paragraph_open", "paragraph_close", "inline"}
    assert tokens[-2].content == "after"
    assert kinds[-3:] == ["paragraph_open", "inline", "paragraph_close"]


@pytest.mark.parametrize("words", ["plain words, with a full stop.", "Ana asked: “What was that like?” (twice)"])
def test_plain_words_stay_as_they_are(words: str) -> None:
    """Escaping is not seen where there is nothing to escape."""
    assert markdown_line(words) == words


@given(st.lists(st.floats(0, 300), max_size=12))
def test_no_two_signs_overlap_on_a_timeline(times: list[float]) -> None:
    """In a row two signs stand at least a sign's width apart, and none is outside the line."""
    placed = place([moment(at) for at in times], 300, ["helps"])
    assert len(placed) == len(times)
    assert all(0 <= one.x <= 1 for one in placed)
    for row in range(rows(placed)):
        xs = sorted(one.x for one in placed if one.row == row)
        assert all(right - left >= 0.06 for left, right in pairwise(xs))


def test_a_timeline_of_no_length_is_still_a_timeline() -> None:
    """A mark in a conversation that has lasted no time stands at its beginning."""
    assert [one.x for one in place([moment(0), moment(5)], 0, ["helps"])] == [0, 0]
    assert ticks(0) == [0]


@pytest.mark.parametrize(("seconds", "expected"), [(75, [0, 15, 30, 45, 60, 75]), (300, [0, 60, 120, 180, 240, 300])])
def test_ticks_are_round_and_few(seconds: float, expected: list[int]) -> None:
    """Seconds for a short conversation, minutes for a long one."""
    assert ticks(seconds) == expected
    assert len(ticks(24 * 60 * 60)) <= 49


def test_moments_of_one_behaviour_stand_together() -> None:
    """In the order in which each behaviour was first marked."""
    groups = by_marker([moment(1, marker="a"), moment(2, "hinders", "b"), moment(3, marker="a")])
    assert [(group.marker, [one.at for one in group.moments]) for group in groups] == [("a", [1, 3]), ("b", [2])]
