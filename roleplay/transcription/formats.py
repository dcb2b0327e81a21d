"""A transcript as a file: plain text, subtitles, or data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Literal, get_args

from roleplay.transcription.protocol import Heard, HeardLine

Format = Literal["txt", "srt", "vtt", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write(heard: Heard, format: Format, speakers: Mapping[int, str] | None = None) -> str:
    """The whole file; `speakers` says whose voice each channel holds, where that is known."""
    return "".join(f"{each}\n" for each in _WRITERS[format](heard, speakers or {}))


def _text(heard: Heard, speakers: Mapping[int, str]) -> Iterator[str]:
    return (f"{speaker}: {line.text}" if (speaker := _speaker(line, speakers)) else line.text for line in heard.lines)


def _srt(heard: Heard, speakers: Mapping[int, str]) -> Iterator[str]:
    for number, (line, text) in enumerate(zip(heard.lines, _text(heard, speakers), strict=True), 1):
        yield f"{number}\n{_moment(line.start, ',')} --> {_moment(_end(line), ',')}\n{_no_arrow(text)}\n"


def _vtt(heard: Heard, speakers: Mapping[int, str]) -> Iterator[str]:
    yield "WEBVTT\n"
    for line in heard.lines:
        speaker = _speaker(line, speakers)
        voice = f"<v {escape(speaker, quote=False)}>" if speaker else ""
        text = escape(line.text, quote=False)
        yield f"{_moment(line.start, '.')} --> {_moment(_end(line), '.')}\n{voice}{text}\n"


def _json(heard: Heard, speakers: Mapping[int, str]) -> Iterator[str]:
    data = heard.model_dump(mode="json")
    for line, written in zip(heard.lines, data["lines"], strict=True):
        written["speaker"] = _speaker(line, speakers)
    yield json.dumps(data, ensure_ascii=False, indent=2)


_WRITERS = {"txt": _text, "srt": _srt, "vtt": _vtt, "json": _json}


def _speaker(line: HeardLine, speakers: Mapping[int, str]) -> str | None:
    return None if line.channel is None else speakers.get(line.channel, f"Voice {line.channel + 1}")


def _end(line: HeardLine) -> float:
    """Players drop a subtitle that ends where it begins."""
    return max(line.end, line.start + 0.001)


def _no_arrow(text: str) -> str:
    """A line of words must not look like a line of times."""
    return text.replace("-->", "→")


def _moment(seconds: float, point: str) -> str:
    milliseconds = round(seconds * 1000)
    hours, rest = divmod(milliseconds, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    return f"{hours:02}:{minutes:02}:{rest // 1000:02}{point}{rest % 1000:03}"
