"""What a person reads about themselves over several sessions."""

from __future__ import annotations

import json
import re
from datetime import timedelta, timezone
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from meetings import DAY, WALL, Meetings, part_bundle
from played import STRANGE
from playwright.sync_api import Browser

from roleplay.conduct.history import past_of
from roleplay.conduct.opening import Seat
from roleplay.conduct.series import load_series
from roleplay.content.folders import Folders, bundled_folder
from roleplay.content.rubric import Criterion
from roleplay.problems import CommandProblem
from roleplay.report.growth import FORMATS, GrowthReport, build_growth, render_growth, say_day, say_gap
from roleplay.session.forms import FormDue

ANA = Seat("p1", "Ana", known="k-ana")
TABLE = (ANA, Seat("b1", "Robin (bot)", bot=True), Seat("p2", "Ben"), Seat("b2", "Sam (bot)", bot=True))


def four_sessions(
    meetings: Meetings, name: str = "Ana", said: str = "I will ask first", **changes: Any
) -> GrowthReport:
    """The four parts of a series, in which others see more each time, and Ana foresees it better."""
    for number, (seen, expected) in enumerate([(1, 3), (2, 3), (3, 3), (4, 4)], start=1):

        def fill(due: FormDue, criterion: Criterion, seen: int = seen, expected: int = expected) -> int | None:
            if due.rubric == "sure":
                return min(3, seen)
            return expected if due.purpose == "forecast" else None if criterion.id == "sees" and seen == 2 else seen

        seats = (Seat("p1", name, known="k-ana"), *TABLE[1:])
        meetings.play(part_bundle(number, **changes), seats, fill, f"{said}, {number}", series="debriefs")
    return build_growth(name, "k-ana", past_of(meetings.store, ["k-ana"]))


def test_four_sessions_are_a_way(meetings: Meetings) -> None:
    """Levels rise on the shared core, the forecast comes nearer, each step is there, and the series is through.

    A bot sits at the table and writes, and nothing of that is in it.
    """
    told = render_growth(four_sessions(meetings), "md")
    asks = told.partition("#### Asks")[2].partition("####")[0]
    assert "Others saw: 1 -> 2 -> 3 -> 4" in asks
    assert "You: 1 -> 2 -> 3 -> 4" in asks
    assert "Expected minus seen: +2 -> +1 -> 0 -> 0" in asks
    assert "11 Oct 2025, Debrief 2: 2 · Emerging (1 person); you: 2 · Emerging; expected: 3 · Solid" in asks
    assert "Others saw: 1 -> not observed -> 3 -> 4" in told
    assert "You: 1 -> 2 -> 3 -> 3" in told.partition("#### I can begin.")[2]
    assert "A sample" not in told
    steps = told.partition("## The steps you chose")[2].partition("## ")[2]
    assert [f"I will ask first, {n}: step" in steps for n in range(1, 5)] == [True] * 4
    assert told.index("#### Asks") < told.index("## Seen once so far") < told.index("#### Only in 1")
    [step] = meetings.carried_for([ANA])
    assert step.lines[0] == ("What will you do?", "I will ask first, 4: step")
    assert meetings.places("k-ana").done["k-ana"] == (1, 2, 3, 4)


def test_before_the_last_part_the_place_is_four_of_four(meetings: Meetings) -> None:
    """The sentence of the setup screen names what comes next."""
    for number in (1, 2, 3):
        meetings.play(part_bundle(number), TABLE, series="debriefs")
    stand = meetings.places("k-ana")
    titles = [f"Debrief {n}" for n in range(1, 5)]
    assert stand.say("Ana", "k-ana", titles) == "Ana has done parts 1, 2 and 3; next is 4 of 4: Debrief 4"


def test_too_little_is_said_to_be_too_little(meetings: Meetings) -> None:
    """With nothing to compare, and with two sessions; from the third on the levels stand for themselves."""

    def caution() -> str:
        return build_growth("Ana", "k-ana", past_of(meetings.store, ["k-ana"])).caution

    assert "nothing to compare" in caution()
    meetings.play(part_bundle(1), TABLE)
    assert "nothing to compare" in caution()
    meetings.play(part_bundle(2), TABLE)
    assert "fewer than 3 sessions" in caution()
    meetings.play(part_bundle(3), TABLE)
    assert caution() == ""
    for format in ("html", "md"):
        report = build_growth("Ana", "k-ana", past_of(meetings.store, ["k-ana"])[:2])
        assert report.caution in render_growth(report, format)


@pytest.mark.parametrize("format", FORMATS)
def test_somebody_without_a_session_has_a_report_too(format: str) -> None:
    """It says that there is nothing yet."""
    assert "nothing to compare" in render_growth(build_growth("Ana", "k-ana", ()), format)


def test_the_data_are_whole(meetings: Meetings) -> None:
    """Numbers as numbers, times as UTC milliseconds; what comes back is what was written."""
    report = four_sessions(meetings)
    data = json.loads(render_growth(report, "json"))
    assert data["first"] == WALL + DAY
    assert [point["seen"] for point in data["compared"][0]["points"]] == [1, 2, 3, 4]
    assert GrowthReport.model_validate(data) == report


class Tags(HTMLParser):
    """The tags of a page in order, and the values of its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [value or "" for _, value in attrs]


def test_the_page_stands_by_itself(meetings: Meetings) -> None:
    """No script, no address; a line for each criterion with words for who cannot see it; headings without gaps."""
    html = render_growth(four_sessions(meetings), "html")
    tags = Tags(html)
    assert not {"script", "link", "img", "iframe"} & set(tags.tags)
    assert not [value for value in tags.values if "http" in value]
    assert tags.values.count("course") == tags.tags.count("desc") == 3
    assert tags.tags.count("line") - 4 - 4 - 3 == 3 + 1 + 3
    assert tags.tags.count("table") == tags.tags.count("thead")
    levels = [int(tag[1]) for tag in tags.tags if tag in ("h1", "h2", "h3", "h4", "h5")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_line_rises_where_levels_rise(meetings: Meetings) -> None:
    """A higher level stands higher on the page: the lowest at the foot, the highest at the head."""
    html = render_growth(four_sessions(meetings), "html").partition("<h4>Asks</h4>")[2].partition("</figure>")[0]
    ends = re.findall(r'class="path"[^>]* y1="([\d.]+)" y2="([\d.]+)"', html)
    assert ends == [("78.0", "56.0"), ("56.0", "34.0"), ("34.0", "12.0")]


@pytest.mark.parametrize("format", ["html", "md"])
def test_what_people_write_changes_nothing_around_it(
    meetings: Meetings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    """Strange names and words make the same page, with the same tags or blocks."""

    def shape(report: GrowthReport) -> list[str]:
        text = render_growth(report, format)
        if format == "html":
            return Tags(text).tags
        tokens, depth, found = MarkdownIt("commonmark").parse(text), 0, []
        for token in tokens:
            depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
            found += [token.type] if depth == 0 else []
            found += [t.type for t in token.children or () if t.type in ("link_open", "image", "html_inline")]
        return found

    plain = shape(four_sessions(meetings))
    from roleplay.store.sqlite import SqliteStore

    for number, words in enumerate(STRANGE):
        other = Meetings(SqliteStore(tmp_path / f"{number}.db"), monkeypatch)
        title = " ".join(words.split())
        assert shape(four_sessions(other, words, words, title=title[:300])) == plain
        other.store.close()


@pytest.mark.needs_browser
def test_the_page_fits_a_narrow_phone(browser: Browser, meetings: Meetings, tmp_path: Path) -> None:
    """At 360 pixels nothing sticks out to the side, and nothing is loaded."""
    file = tmp_path / "growth.html"
    file.write_text(render_growth(four_sessions(meetings, said="long" * 200), "html"), encoding="utf-8")
    page = browser.new_page(viewport={"width": 360, "height": 740})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert asked == [file.as_uri()]
    page.close()


def test_a_day_is_that_of_the_readers_place() -> None:
    """Late in the evening it is tomorrow already further east."""
    late = WALL + 15 * 3_600_000
    assert say_day(late) == "9 Oct 2025"
    assert say_day(late, timezone(timedelta(hours=2))) == "10 Oct 2025"


def test_a_gap_has_a_sign() -> None:
    """Save none at all."""
    assert [say_gap(gap) for gap in (1.0, -0.5, 0.0, -0.0, 0.33)] == ["+1", "-0.5", "0", "0", "+0.33"]


def test_a_format_that_does_not_exist_is_refused() -> None:
    """With those that do."""
    with pytest.raises(CommandProblem, match="There are: html, md, json"):
        render_growth(build_growth("Ana", "k-ana", ()), "htlm")


def test_the_bundled_debriefs_show_growth_on_what_they_share(meetings: Meetings) -> None:
    """One fellow plays all four: each is offered in its turn, with its other lesson for another time; the next step is
    carried on, and every criterion of the core rises over all four sessions."""
    root = bundled_folder()
    run = load_series("reflective-debriefs", Folders((root / "scenarios",), (root / "rubrics",)))
    seats = (ANA, Seat("p2", "Ben", known="k-ben"), Seat("p3", "Chloe", known="k-chloe"))
    for number in range(1, 5):
        stand, bundle = meetings.places("k-ana", series_id=run.id, series=run.series), run.part(number)
        assert stand.next_part("k-ana") == number
        step = [one.lines[0][1] for one in meetings.carried_for(seats) if one.open]
        assert step == ([f"step {number - 1}: step"] if number > 1 else [])
        meetings.play(bundle, seats, number, f"step {number}", quoted=True, series=run.id)
        assert meetings.fresh_case(bundle, seats) == 1

    growth = build_growth("Ana", "k-ana", past_of(meetings.store, ["k-ana"]))
    told, core = render_growth(growth, "md"), run.part(1).rubrics["debrief-core"]
    for criterion in core.criteria:
        line = told.partition(f"#### {criterion.title}")[2].partition("####")[0]
        assert "Others saw: 1 -> 2 -> 3 -> 4" in line
