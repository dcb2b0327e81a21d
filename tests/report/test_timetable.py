from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from icalendar import Calendar
from samples import PEOPLE, TRIAD, scenario_of

from roleplay.analysis.bells import bell_list
from roleplay.planning.build import build_plan
from roleplay.problems import CommandProblem
from roleplay.report.timetable import FORMATS, Timetable, render_timetable, timetable

START = datetime(2026, 12, 1, 18, 30, tzinfo=timezone(timedelta(hours=1)))
NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def made_for(people: int, table: str | None = None, **changed: Any) -> Timetable:
    scenario = scenario_of({**TRIAD, **changed})
    return timetable(scenario, build_plan(scenario, PEOPLE[:people]), START, table)


def read_back(made: Timetable) -> Iterator[tuple[datetime, str, str]]:
    """Start, words and place of each entry, as an independent reader of calendars finds them."""
    for event in Calendar.from_ical(render_timetable(made, "ics", NOW)).walk("VEVENT"):
        yield event.decoded("DTSTART"), str(event["SUMMARY"]), str(event.get("LOCATION", ""))


def test_a_calendar_has_the_whole_and_then_every_bell_at_its_moment() -> None:
    """Somebody in another time zone is rung at the same instant."""
    made, scenario = made_for(3), scenario_of(TRIAD)
    whole, *rings = read_back(made)
    assert whole == (datetime(2026, 12, 1, 17, 30, tzinfo=UTC), scenario.title, "")
    bells = bell_list(scenario, build_plan(scenario, PEOPLE[:3]))
    assert [at for at, _, _ in rings] == [START + timedelta(seconds=bell.at_seconds) for bell in bells]
    assert next(say for _, say, _ in rings if "Read your card" in say) == "Round 1 of 3. Read your card: 1 minute."


def test_every_entry_has_an_id_of_its_own_that_stays() -> None:
    """Taken in a second time, a calendar puts nothing there twice."""
    first, second = (Calendar.from_ical(render_timetable(made_for(7), "ics", now)) for now in (NOW, START))
    ids = [[str(event["UID"]) for event in calendar.walk("VEVENT")] for calendar in (first, second)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == len(ids[0])
    assert all(event.decoded("DTSTAMP") == NOW for event in first.walk("VEVENT"))


def test_a_calendar_tells_nothing_before_its_moment() -> None:
    """Neither private cards nor what is read aloud as a surprise; the list of the facilitator has the latter."""
    made = made_for(7)
    calendar = render_timetable(made, "ics", NOW).replace("\r\n ", "")
    assert "say/" not in calendar
    assert not any(name in calendar for name in PEOPLE[:7])
    assert "say/bell/everyone" in render_timetable(made, "md", NOW)


def test_the_bells_of_one_table() -> None:
    """Those of the whole class and its own; a table that is not there is said, with those that are."""
    scenario = scenario_of(TRIAD)
    bells = bell_list(scenario, build_plan(scenario, PEOPLE[:7]))
    assert [ring.say for ring in made_for(7, "table 2").rings] == [
        bell.sentence for bell in bells if not bell.tables or "Table 2" in bell.tables
    ]
    assert {place for _, _, place in read_back(made_for(7))} == {"", "Table 1", "Table 2"}
    with pytest.raises(CommandProblem, match="No table is called “Table 9”"):
        made_for(7, "Table 9")


@given(title=st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=250).filter(str.strip))
@example(title="Łódź, 日本語; a\\b 👩‍👩‍👧 " * 20)
def test_any_title_comes_through(title: str) -> None:
    """Commas, backslashes and letters of any script, however long: lines are folded, and read back as they were."""
    made = made_for(3).model_copy(update={"title": title})
    text = render_timetable(made, "ics", NOW)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert next(read_back(made))[1] == title


@pytest.mark.parametrize("format", FORMATS)
def test_a_list_says_the_day_and_the_times(format: str) -> None:
    """By the clock of whoever leads; its zone is named."""
    text = render_timetable(made_for(7), format, NOW)
    if format == "ics":
        assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    else:
        assert "Tuesday, 1 December 2026, 18:30 to " in text
        assert "UTC+01:00" in text
        assert "18:32:00" in text
