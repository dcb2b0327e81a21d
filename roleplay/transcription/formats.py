"""A transcript as a file: plain text, subtitles, or data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from roleplay.transcription.protocol import Heard

Format = Literal["txt", "srt", "vtt", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write(heard: Heard, format: Format, speakers: Mapping[int, str] | None = None) -> str:
    """The whole file; `speakers` says whose voice each channel holds, where that is known."""
    raise NotImplementedError
