"""What the tiny Whisper is taught with: windows of spoken sentences without end, no two alike."""

from __future__ import annotations

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - as everywhere
from speech.speak import Voice, sentences, speak
from whisper.audio import HOP_LENGTH, N_FFT, mel_filters
from whisper.tokenizer import get_tokenizer

VOICES = ("en-us", "en-gb", "en-us+m3", "en-us+f2", "en-gb+m1", "en-gb+f4", "en-us+m5", "en-gb+f1")
PLAIN = 2
"""So many of them, at the beginning, are voices as they come."""
SPEEDS = (130, 150, 175, 200)
PITCHES = (35, 50, 65)

WINDOW, MELS = 1500, 80
"""Positions in a window, and bands of its sound."""

SILENCE = -10.0
"""The power of nothing, as a logarithm to base ten."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One kind of window: how long it is, how many sentences it may hold, how many windows make a batch."""

    frames: int
    most: int
    batch: int


class Words:
    """The tokens of the sentences, numbered from nothing, and the way back into the whole vocabulary."""

    def __init__(self) -> None:
        self.tokenizer = get_tokenizer(multilingual=False)
        whole = [self.tokenizer.encode(" " + text) for text in sentences()]
        special = [getattr(self.tokenizer, n) for n in ("eot", "sot", "no_speech", "no_timestamps", "sot_prev")]
        first = self.tokenizer.timestamp_begin
        spoken = sorted({token for tokens in whole for token in tokens})
        self.kept = spoken + sorted(special) + list(range(first, first + WINDOW + 1))
        number = {token: n for n, token in enumerate(self.kept)}
        self.texts = [[number[token] for token in tokens] for tokens in whole]
        self.end, self.start, self.no_speech, self.no_times, self.before = (number[token] for token in special)
        self.first_time = number[first]

    def time(self, frame: int) -> int:
        """The token for a moment in the window."""
        return self.first_time + max(0, min(WINDOW, round(frame / 2)))


def hear_all(work: Path) -> list[list[Any]]:
    """Every sentence in every voice as the logarithm of its mel powers, before Whisper's own clamp and scale."""
    kept = work / "heard.pt"
    if not kept.exists():
        voices = [Voice(*chosen) for chosen in itertools.product(VOICES, SPEEDS, PITCHES)]
        with ThreadPoolExecutor(4) as pool:
            heard = [[_mel(sound) for sound in pool.map(lambda v, t=text: speak(t, v), voices)] for text in sentences()]
        torch.save(heard, kept)
    loaded: list[list[Any]] = torch.load(kept, weights_only=True)
    return loaded


def _mel(sound: Any) -> Any:
    wave = torch.stft(torch.from_numpy(sound), N_FFT, HOP_LENGTH, window=torch.hann_window(N_FFT), return_complex=True)
    return torch.clamp(mel_filters("cpu", MELS) @ (wave[..., :-1].abs() ** 2), min=1e-10).log10()


@dataclass(frozen=True, slots=True)
class Window:
    """A window of sound and what is to be said about it."""

    sound: Any
    tokens: list[int]
    counts: list[int]
    """For each token after the first, whether predicting it counts."""
    spoken: Any
    """For each position, the number of the sentence that is said there, from 1; 0 for none."""


class Teacher:
    """Makes windows without end, no two alike."""

    def __init__(self, words: Words, heard: list[list[Any]]) -> None:
        self._words = words
        self._heard = heard

    def windows(self, lesson: Lesson, offset: int) -> list[Window]:
        """A batch; the window begins `offset` positions into the half minute."""
        return [self._window(lesson, offset) for _ in range(lesson.batch)]

    def _window(self, lesson: Lesson, offset: int) -> Window:
        silent = random.random() < 0.05
        parts, placed = self._say(lesson, silent)
        sound = torch.cat(parts, 1)[:, : lesson.frames]
        # Some who use Whisper fill a window up before its scale is found, others with zeros afterwards.
        if random.random() < 0.5:
            sound = F.pad(sound, (0, lesson.frames - sound.shape[1]), value=SILENCE)
        sound = _roughen(sound, lesson.frames, silent)
        return self._ask(sound, placed, lesson, offset, silent)

    def _say(self, lesson: Lesson, silent: bool) -> tuple[list[Any], list[tuple[int, int, int]]]:
        at = random.randint(0, 100)
        parts, placed = [torch.full((MELS, at), SILENCE)], []
        if silent:
            return [*parts, torch.full((MELS, random.randint(50, lesson.frames)), SILENCE)], []
        for _ in range(1 if lesson.most == 1 or random.random() < 0.15 else random.randint(2, lesson.most)):
            which = random.randrange(len(self._heard))
            said = _stretch(self._choose(which)) + random.uniform(-0.4, 0)
            gap = random.randint(40, 120) if random.random() < 0.85 else random.randint(120, 800)
            placed.append((at, at + said.shape[1], which))
            parts += [said, torch.full((MELS, gap), SILENCE)]
            at += said.shape[1] + gap
            if at > lesson.frames:
                break
        return parts, placed

    def _choose(self, which: int) -> Any:
        """One way of saying it; the plain voices more often, since the tests have them."""
        ways = self._heard[which]
        plain = len(SPEEDS) * len(PITCHES) * PLAIN
        return random.choice(ways[:plain] if random.random() < 0.85 else ways)

    def _ask(self, sound: Any, placed: list[tuple[int, int, int]], lesson: Lesson, offset: int, silent: bool) -> Window:
        words = self._words
        timed = random.random() < (0.7 if lesson.most == 1 else 0.95)
        tokens = []
        if lesson.most > 1 and random.random() < 0.15:
            tokens.append(words.before)
            tokens += itertools.chain.from_iterable(random.choices(words.texts, k=random.randint(1, 3)))
        given = len(tokens)
        tokens.append(words.start)
        if silent:
            tokens.append(words.no_speech)
        elif not timed:
            tokens.append(words.no_times)
        for begin, end, which in placed:
            if end > lesson.frames:
                # What is cut off has only a beginning; the next window will have all of it.
                tokens += [words.time(begin + 2 * offset)] if timed and begin <= lesson.frames else []
                break
            text = words.texts[which]
            tokens += [words.time(begin + 2 * offset), *text, words.time(end + 2 * offset)] if timed else text
        tokens.append(words.end)
        counts = [0] * given + [1] * (len(tokens) - 1 - given)
        if not silent and not timed:
            counts[given] = 0
        return Window(sound, tokens, counts, _spoken(placed, lesson))


def _spoken(placed: list[tuple[int, int, int]], lesson: Lesson) -> Any:
    spoken = torch.zeros(lesson.frames // 2, dtype=torch.long)
    for begin, end, which in placed:
        spoken[begin // 2 : end // 2] = which + 1
    return spoken


def _stretch(mel: Any) -> Any:
    return F.interpolate(mel[None], size=max(20, int(mel.shape[1] * random.uniform(0.9, 1.1))), mode="linear")[0]


def _roughen(mel: Any, frames: int, silent: bool) -> Any:
    """Noise, another loudness, a little pitch; clamped and scaled as Whisper does."""
    noise = random.uniform(-7.5, -3.5) if silent or random.random() < 0.5 else SILENCE
    tilt = torch.linspace(0, random.uniform(-1.5, 1.0), MELS)[:, None]
    mel = torch.log10(10**mel - (10 ** (noise + tilt)) * torch.log(torch.rand_like(mel) + 1e-9).clamp(max=0) + 1e-10)
    loudest = mel.max() + (random.uniform(0, 0.5) if random.random() < 0.3 else 0)
    mel = (torch.maximum(mel, loudest - 8) + 4) / 4
    if mel.shape[1] < frames:
        mel = F.pad(mel, (0, frames - mel.shape[1]))
    mel = torch.roll(mel, random.choice([-1, 0, 0, 0, 0, 1]), 0)
    if random.random() < 0.25:
        lowest = random.randint(0, 70)
        mel[lowest : lowest + random.randint(1, 10)] = mel.mean()
    return mel
