"""What nobody said is left out, with the reason; what was said stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roleplay.transcription.cleaning import sort_out, words_of
from roleplay.transcription.packing import Piece, Window
from roleplay.transcription.protocol import Segment

WINDOW = Window((Piece(100.0, 110.0, 0.0), Piece(200.0, 210.0, 10.4)))


def segment(
    text: str, start: float = 1.0, end: float = 9.0, log_probability: float = -0.3, no_speech: float = 0.0
) -> Segment:
    return Segment(start, end, text, log_probability, no_speech)


def why(*segments: Segment) -> list[str]:
    return [one.why for one in sort_out(WINDOW, segments).left]


def said(*segments: Segment) -> list[str]:
    return [one.text for one in sort_out(WINDOW, segments).said]


@pytest.mark.parametrize(
    "text",
    [
        "I hear that you are worried about Maya, and I would be, too.",
        "No, no, no, no, no, that is not what I meant.",
        "Yes yes yes yes.",
        "It was really, really, really, really hard for her, you know.",
        "ha ha ha ha ha ha",
    ],
)
def test_what_people_say_stays(text: str) -> None:
    """People stress and stumble: a few words said again are no loop."""
    assert said(segment(text)) == [text]


def test_a_line_is_put_back_to_its_time() -> None:
    """What is kept stands where it was said, with its spaces in order."""
    (one,) = sort_out(WINDOW, [segment("  Good   morning. ", 11.4, 12.9)]).said
    assert (one.start, one.end) == pytest.approx((201.0, 202.5))
    assert one.text == "Good morning."


@pytest.mark.parametrize(
    "text",
    [
        "I don't know. " * 12,
        "so so so so so so so so so so so so so so",
        "and then he said and then he said and then he said and then he said and then he said and then he said",
        "Wir wissen es nicht. " * 8,
    ],
)
def test_a_loop_is_left_out(text: str) -> None:
    """An engine that goes round is not believed."""
    assert why(segment(text, 1, 9)) == ["repeated"]


def test_the_same_line_again_and_again_is_kept_once() -> None:
    """Of a line that comes five times in a row, the first one may have been said."""
    again = [segment("Thank you.", start, start + 1) for start in range(6)]
    assert said(*again) == ["Thank you."]
    assert why(*again) == ["repeated"] * 5
    assert said(*again[:3]) == ["Thank you."] * 3


def test_text_behind_the_last_sound_is_invented() -> None:
    """A window is filled up with silence; words there were said by nobody."""
    outcome = sort_out(WINDOW, [segment("Thanks for watching!", 22.0, 29.0)])
    assert [(one.start, one.end, one.why) for one in outcome.left] == [(210.0, 210.0, "silence")]


def test_text_that_the_engine_itself_does_not_believe_is_left_out() -> None:
    """Where it says that nobody speaks, and is unsure of the words, there were none; a bare guess is none, too."""
    assert why(segment("You", log_probability=-1.2, no_speech=0.9)) == ["silence"]
    assert why(segment("Bridge yellow seven", log_probability=-1.8)) == ["doubtful"]
    assert said(segment("Sure of it", log_probability=-0.2, no_speech=0.9)) == ["Sure of it"]


def test_nobody_speaks_as_fast_as_that() -> None:
    """A paragraph within a second was not heard."""
    text = "We would like to thank everybody who made this possible, above all the teachers and the families."
    assert why(segment(text, 1.0, 1.5)) == ["doubtful"]
    assert said(segment(text, 1.0, 6.0)) == [text]


def test_only_what_another_try_may_mend_has_failed() -> None:
    """A loop, a guess and a long stretch of speech without a word are worth another try; silence is not."""
    everything = segment("All of it was heard.", 0.0, 20.0)
    assert not sort_out(WINDOW, [everything]).failed
    assert not sort_out(WINDOW, [everything, segment("Bye", 25, 29)]).failed
    assert sort_out(WINDOW, [segment("so " * 30, 0, 20)]).failed
    assert sort_out(WINDOW, [segment("Only the beginning.", 0, 5)]).failed
    assert sort_out(WINDOW, [segment("Hardly sure.", 0, 20, log_probability=-1.2)]).failed
    assert sort_out(WINDOW, []).failed


TEXTS = st.sampled_from(["yes", "no no no", "so " * 30, "Thanks for watching!", "  ", "", "...", "I hear you."])


@given(
    st.lists(
        st.builds(
            segment,
            TEXTS,
            st.floats(0, 15),
            st.floats(15, 30),
            st.floats(-3, 0),
            st.floats(0, 1),
        ),
        max_size=12,
    )
)
def test_nothing_disappears_unmarked(segments: list[Segment]) -> None:
    """Each text that has words is either kept or marked as left out, once."""
    outcome = sort_out(WINDOW, segments)
    assert len(outcome.said) + len(outcome.left) == sum(bool(words_of(one.text)) for one in segments)
    times = [(one.start, one.end) for one in outcome.said] + [(one.start, one.end) for one in outcome.left]
    assert all(100 <= start <= end <= 210 for start, end in times)
