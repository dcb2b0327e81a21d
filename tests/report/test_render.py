from __future__ import annotations

from collections import Counter
from datetime import timedelta, timezone
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from played import SESSIONS, complete, estranged, viewers
from samples import Play

from roleplay.problems import CommandProblem
from roleplay.report.build import build_report
from roleplay.report.render import formats, render
from roleplay.session.visible import FACILITATOR_VIEWER, Viewer, viewer_of

WRITTEN = ("complete", "another take", "takes", "in turn", "a meeting", "a map", "two views")
"""Sessions in which people wrote into every kind of part."""


def page(play: Play, format: str, viewer: Viewer = FACILITATOR_VIEWER) -> str:
    return render(build_report(play.state, play.words, viewer, "a-session"), format)


class Tags(HTMLParser):
    """The tags and attributes of a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: Counter[str] = Counter()
        self.values: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.values += [value or "" for _, value in attrs]


def test_every_template_writes_down_every_session_for_every_reader(session: Play) -> None:
    """No reader of any session, however far it came, is left without a report in any format."""
    for viewer in viewers(session):
        for format in formats():
            assert session.state.setting.scenario.title in page(session, format, viewer)


def test_a_page_asks_for_nothing_from_anywhere(session: Play) -> None:
    """One file, no script, no address; the page itself forbids everything but its own style."""
    html = page(session, "html")
    tags = Tags(html)
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(tags.tags)
    assert not {"src", "onerror", "onclick", "srcset"} & set(tags.attributes)
    assert not [value for value in tags.values if "http" in value or "javascript:" in value]
    assert "url(" not in html
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in tags.values
    assert "width=device-width, initial-scale=1" in tags.values


def test_a_page_can_be_found_through_without_seeing_it() -> None:
    """It has a language and a title, headings without gaps, heads for its tables, and words for its pictures."""
    tags = Tags(page(complete(3), "html"))
    assert "en" in tags.values
    levels = [int(tag[1]) for tag in tags.tags if tag[0] == "h" and tag[1:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert tags.tags.count("thead") == tags.tags.count("table") > 0
    pictures = tags.values.count("timeline")
    assert tags.tags.count("desc") == pictures > 0


@pytest.mark.parametrize("name", WRITTEN)
def test_what_people_write_cannot_change_a_page(name: str) -> None:
    """With the strangest words the page has the same tags in the same order as with plain ones."""
    plain, odd = SESSIONS[name](), estranged(SESSIONS[name]())
    for viewer in (FACILITATOR_VIEWER, viewer_of("ana")):
        assert Tags(page(odd, "html", viewer)).tags == Tags(page(plain, "html", viewer)).tags


ACTIVE = ("link_open", "image", "html_inline", "code_inline")


def markdown_shape(text: str) -> list[str]:
    """The blocks of Markdown outside of quotations, and the links, pictures and HTML anywhere."""
    shape, depth = [], 0
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        depth += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if depth == 0:
            shape.append(token.type)
        shape += [child.type for child in token.children or () if child.type in ACTIVE]
    return shape


@pytest.mark.parametrize("name", WRITTEN)
def test_what_people_write_cannot_change_the_markdown(name: str) -> None:
    """Headings, lists, tables and quotations stay where they are, and nothing becomes a link, a picture or HTML."""
    plain, odd = SESSIONS[name](), estranged(SESSIONS[name]())
    for viewer in (FACILITATOR_VIEWER, viewer_of("ana")):
        shape = markdown_shape(page(odd, "md", viewer))
        assert shape == markdown_shape(page(plain, "md", viewer))
        assert not {*ACTIVE, "html_block", "fence", "code_block"} & set(shape)


def test_the_date_is_that_of_the_readers_place() -> None:
    """The page has the date where its reader is, the data have UTC."""
    report = build_report(complete(3).state, {}, FACILITATOR_VIEWER, "a-session")
    report = report.model_copy(update={"opened": "2026-11-22T23:30:00Z"})
    assert "22 November 2026, 23:30 UTC" in render(report, "html")
    assert "23 November 2026, 01:30" in render(report, "md", timezone(timedelta(hours=2)))
    assert "2026-11-22T23:30:00Z" in render(report, "json", timezone(timedelta(hours=2)))


def test_a_format_that_does_not_exist_is_refused_with_those_that_do() -> None:
    """The formats are the templates and JSON; another one is the command's problem."""
    assert set(formats()) == {"html", "md", "json"}
    with pytest.raises(CommandProblem, match="There are: html, md, json"):
        render(build_report(complete(3).state, {}, FACILITATOR_VIEWER, "a-session"), "htlm")
