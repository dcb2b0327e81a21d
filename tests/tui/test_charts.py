from __future__ import annotations

import pytest
from textual.content import Content

from roleplay.content.steps import DebriefPhase
from roleplay.report.feed import Bar, DebriefFeed, MarkerLine, RubricSpread, SpreadLine, SurpriseLine, ThemeLine
from roleplay.tui.widgets.charts import Picture, counts, pictures, spread, surprises

LEVELS = ("Not yet", "Emerging", "Solid", "Strong")
MARKERS = tuple(
    MarkerLine(marker=f"Behaviour {n}", tone="helps" if n % 2 else "hinders", count=3 * n) for n in range(11)
)
SPREAD = RubricSpread(
    rubric="Listening",
    lines=tuple(
        SpreadLine(
            criterion=f"Criterion {n} with a name that is too long to stand beside any bar",
            bars=tuple(Bar(label=label, forms=forms) for label, forms in zip(LEVELS, forms, strict=True)),
            not_observed=n,
        )
        for n, forms in enumerate([(1, 2, 30, 7), (0, 0, 0, 40), (0, 0, 0, 0), (120, 1, 1, 1)])
    ),
)
SURPRISES = tuple(
    SurpriseLine(
        rubric="Listening", criterion=f"Criterion {n}", direction="higher", surprised=9, people=12, by=1, levels=LEVELS,
        forecast=1, seen=n,
    )
    for n in (2, 3)
)  # fmt: skip
THEMES = tuple(
    ThemeLine(ask=f"What did you notice in {origin}s?", origin=origin, quotes=("A pause. " * 9, "Brief."), more=4)
    for origin in ("form", "journal")
)
FULL = DebriefFeed(people=12, markers=MARKERS, spread=(SPREAD,), surprises=SURPRISES, themes=THEMES)


def rows(picture: Picture) -> list[str]:
    return str(picture.content).split("\n")


@pytest.mark.parametrize("width", [40, 76, 116])
@pytest.mark.parametrize("phase", ["reactions", "description", "analysis", "application"])
def test_every_picture_fits_its_space(phase: DebriefPhase, width: int) -> None:
    """No row is wider than there are columns, and nothing is lost below the edge of the smallest window."""
    for picture in pictures(FULL, phase, width, 14 if width > 40 else 20):
        assert max(len(str(row)) for row in picture.rows) <= width
        assert len(rows(picture)) <= (14 if width > 40 else 20)


def test_bars_are_as_long_as_what_they_count() -> None:
    """Twice the count is twice the bar, each with its number; where rows are few, the rarest are left out."""
    drawn = {row.split("  ")[0][2:].strip(): row for row in rows(counts(MARKERS, 90, 14))}
    assert abs(drawn["Behaviour 10"].count("█") - 2 * drawn["Behaviour 5"].count("█")) <= 1
    assert drawn["Behaviour 10"].endswith(" 30")
    assert drawn["Behaviour 0"].endswith(" 0")
    few = "\n".join(rows(counts(MARKERS, 90, 6)))
    assert "Behaviour 10" in few
    assert "Behaviour 2" not in few


def test_every_form_of_a_spread_has_its_number() -> None:
    """The numbers in a bar and the one behind it add up to the forms; an answer that nobody gave takes no space."""
    drawn = [row for row in rows(spread(SPREAD, 90, 12)) if row.startswith("Criterion")]
    numbers = [[int(part) for part in row[40:].split() if part.isdigit()] for row in drawn]
    assert numbers == [[1, 2, 30, 7, 0], [40, 1], [2], [120, 1, 1, 1, 3]]
    assert len({len(row) for row in drawn}) == 1


def test_a_surprise_is_a_way_from_the_forecast_to_what_was_seen() -> None:
    """The ring stands at the forecast and the dot at what was seen; one level is a third of a scale of four."""
    one, two = (str(row) for row in surprises(SURPRISES, 90, 12).rows if "○" in str(row))
    assert one.index("○") == two.index("○") < one.index("●") < two.index("●")
    assert two.index("●") - two.index("○") == pytest.approx(2 * (one.index("●") - one.index("○")), abs=1)
    assert "9 of 12 people" in str(Content("\n").join(surprises(SURPRISES, 90, 12).rows))


def test_each_phase_has_the_pictures_that_belong_to_it() -> None:
    """Words from forms to the reactions, from journals to what comes next; gaps, then levels to what it means."""
    titles = {phase: [p.title for p in pictures(FULL, phase, 90, 12)] for phase in ("description", "analysis")}
    assert titles["description"] == ["What was marked in all conversations"]
    assert [title.split(":")[0] for title in titles["analysis"]] == ["What surprised", "Listening"]
    (reactions,) = pictures(FULL, "reactions", 90, 12)
    assert "in forms?" in rows(reactions)[1]
    (application,) = pictures(FULL, "application", 90, 12)
    assert "in journals?" in rows(application)[1]
    assert rows(application)[3].startswith("“A pause.")
    assert any(row == "“Brief.”" for row in rows(application))


def test_without_anything_to_show_there_is_no_picture_and_what_is_awaited_is_said() -> None:
    """An empty feed draws nothing; while more people are to come, the room is told what it waits for."""
    for phase in ("reactions", "description", "analysis", "application"):
        assert pictures(DebriefFeed(people=0), phase, 80, 12) == ()
    (waiting,) = pictures(DebriefFeed(people=1, awaited=True), "description", 80, 12)
    assert "three people" in "".join(rows(waiting))
