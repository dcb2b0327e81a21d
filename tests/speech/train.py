"""Train a tiny Whisper on the sentences of the conversation, on two processors in about half an hour.

    PYTHONPATH=tests OMP_WAIT_POLICY=PASSIVE nice python -m speech.train WORK [--begin EARLIER.pt]

The model is the class of openai-whisper itself, small, with its vocabulary cut to the tokens in use; at the end the
rows are written back into an embedding of the usual size, so `whisper.load_model` takes the file as it is. It learns
single sentences in windows of six seconds; then to hear several in a window of half a minute, as the packed chunks of a
recording are; then to write them down, each with its times. Everything that takes long is kept in WORK.
"""

from __future__ import annotations

import argparse
import itertools
import math
import random
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 - as everywhere
from speech.lessons import MELS, WINDOW, Lesson, Teacher, Window, Words, hear_all
from whisper.model import ModelDimensions, Whisper, sinusoids

WIDTH, HEADS, ENCODER_LAYERS, DECODER_LAYERS = 128, 4, 2, 2
VOCABULARY, CONTEXT = 51864, 448


@dataclass(frozen=True, slots=True)
class Stage:
    """What is learned for how long."""

    name: str
    lesson: Lesson
    rate: float


POOL, AT_ONCE = 800, 8
"""Windows that are kept as the encoder took them in, and how many of them the decoder practises on at once."""

SHORT = Stage("short", Lesson(600, 1, 16), 2e-3)
WRITING = Stage("writing", Lesson(3000, 10, 1), 6e-4)
PACKED = Stage("packed", Lesson(3000, 10, 4), 9e-4)


class Pupil:
    """The model, and beside it what makes it learn quickly.

    The ear must say for each moment which sentence is spoken, from the sound alone. The clock makes the tokens for
    moments out of the waves in which the encoder writes positions, so that all of them are learned at once, not one by
    one.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self.dims = ModelDimensions(
            MELS, WINDOW, WIDTH, HEADS, ENCODER_LAYERS, len(words.kept), CONTEXT, WIDTH, HEADS, DECODER_LAYERS
        )
        self.model = Whisper(self.dims)
        self.ear = torch.nn.Linear(WIDTH, len(words.texts) + 1)
        self.clock = torch.nn.Linear(WIDTH, WIDTH)
        self._waves = sinusoids(WINDOW + 1, WIDTH)
        torch.nn.init.normal_(self.model.decoder.token_embedding.weight, std=0.05)
        torch.nn.init.normal_(self.model.decoder.positional_embedding, std=0.02)
        # The rows that are not in use stay zero, and so does what they say.
        self._last = math.inf
        self._unused = math.log(VOCABULARY - len(words.kept))

    def begin_from(self, checkpoint: Path) -> None:
        """Take over what an earlier pupil of this size knows; words that it never met begin anew."""
        weights = torch.load(checkpoint, weights_only=True)["model_state_dict"]
        rows = weights["decoder.token_embedding.weight"][torch.tensor(self._words.kept)].float()
        met = rows.abs().sum(1, keepdim=True) > 0
        fresh = self.model.decoder.token_embedding.weight.data
        weights["decoder.token_embedding.weight"] = torch.where(met, rows, fresh)
        self.model.load_state_dict(weights)
        moments = weights["decoder.token_embedding.weight"][self._words.first_time :]
        fitted = torch.linalg.lstsq(F.pad(self._waves, (0, 1), value=1.0), moments).solution
        self.clock.weight.data, self.clock.bias.data = fitted[:-1].T.contiguous(), fitted[-1].contiguous()

    def load(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.ear.load_state_dict(state["ear"])
        self.clock.load_state_dict(state["clock"])

    def save(self, path: Path) -> None:
        parts = {"model": self.model, "ear": self.ear, "clock": self.clock}
        torch.save({name: part.state_dict() for name, part in parts.items()}, path)

    def prepare_long_texts(self) -> None:
        """Positions that no single sentence reached begin as the average of those that were reached."""
        places = self.model.decoder.positional_embedding.data
        places[16:] = places[4:16].mean(0) + torch.randn_like(places[16:]) * 0.01

    def learn(self, stage: Stage, teacher: Teacher, seconds: float, kept: Path) -> None:
        """All of it at once, from windows that are met once."""
        for _ in self._turns(stage, seconds, kept, [self.model, self.ear, self.clock]):
            # A window shorter than the half minute sometimes lies anywhere in it, so that every position is learned.
            anywhere = stage.lesson.frames < 2 * WINDOW and random.random() < 0.25
            offset = random.randint(0, WINDOW - stage.lesson.frames // 2) if anywhere else 0
            said, heard = self._loss(teacher.windows(stage.lesson, offset), offset)
            (said + heard).backward()
            self._last = said.item() + heard.item()

    def practise_writing(self, stage: Stage, teacher: Teacher, seconds: float, kept: Path) -> None:
        """The decoder alone, on windows that the encoder has taken in: many times as many windows in the same time."""
        heard: list[tuple[Window, Any]] = []
        for _ in self._turns(stage, seconds, kept, [self.model.decoder, self.clock]):
            fresh = teacher.windows(stage.lesson, 0)
            with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
                taken = self._encode(torch.stack([window.sound for window in fresh]), 0)
            for pair in zip(fresh, taken.bfloat16(), strict=True):
                if len(heard) < POOL:
                    heard.append(pair)
                else:
                    heard[random.randrange(POOL)] = pair
            chosen = random.sample(heard, min(len(heard), AT_ONCE))
            said = self._said([window for window, _ in chosen], torch.stack([taken for _, taken in chosen]))
            said.backward()
            self._last = said.item()

    def _turns(self, stage: Stage, seconds: float, kept: Path, parts: list[torch.nn.Module]) -> Iterator[None]:
        """Step by step, with what is learned kept now and then.

        The seconds are those of two processors, so that a busy machine learns as much as a quiet one.
        """
        wanted = [weights for part in parts for weights in part.parameters()]
        optimizer = torch.optim.AdamW(wanted, lr=stage.rate, weight_decay=0.01, betas=(0.9, 0.98))
        begun = time.process_time()
        for step in itertools.count(1):
            gone = (time.process_time() - begun) / 2 / seconds
            if gone >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = stage.rate * min(1, step / 60) * (0.5 * (1 + math.cos(math.pi * gone)) * 0.97 + 0.03)
            yield
            torch.nn.utils.clip_grad_norm_(wanted, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            if step % 50 == 0:
                sys.stderr.write(f"{stage.name} {gone:4.0%} step {step}: {self._last:.3f}\n")
                self.save(kept)
        self.save(kept)

    def _loss(self, windows: list[Window], offset: int) -> tuple[Any, Any]:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            heard = self._encode(torch.stack([window.sound for window in windows]), offset)
            named = self.ear(heard)
        spoken = torch.stack([window.spoken for window in windows])
        unheard = F.cross_entropy(named.float().transpose(1, 2), spoken)
        return self._said(windows, heard), unheard

    def _said(self, windows: list[Window], heard: Any) -> Any:
        """How far the decoder is from the tokens of the windows."""
        longest = max(len(window.tokens) for window in windows)
        tokens = torch.full((len(windows), longest), self._words.end)
        counts = torch.zeros(len(windows), longest - 1)
        for row, window in enumerate(windows):
            tokens[row, : len(window.tokens)] = torch.tensor(window.tokens)
            counts[row, : len(window.counts)] = torch.tensor(window.counts).float()
        rows = {"token_embedding.weight": self._rows()}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            said = torch.func.functional_call(self.model.decoder, rows, (tokens[:, :-1], heard))
        said = said.float()
        said = torch.cat([said, torch.full_like(said[..., :1], self._unused)], -1)
        wrong = F.cross_entropy(said.transpose(1, 2), tokens[:, 1:], reduction="none")
        return (wrong * counts).sum() / counts.sum()

    def _rows(self) -> Any:
        """The embedding of the tokens in use."""
        return torch.cat([self.model.decoder.token_embedding.weight[: self._words.first_time], self.clock(self._waves)])

    def _encode(self, sound: Any, offset: int) -> Any:
        """What Whisper's own encoder does, for windows shorter than half a minute too."""
        encoder = self.model.encoder
        heard = F.gelu(encoder.conv2(F.gelu(encoder.conv1(sound)))).permute(0, 2, 1)
        heard = (heard + encoder.positional_embedding[offset : offset + heard.shape[1]]).to(heard.dtype)
        for block in encoder.blocks:
            heard = block(heard)
        return encoder.ln_post(heard)

    def write_checkpoint(self, path: Path) -> None:
        """A file that `whisper.load_model` takes, in half precision, packed small: most of its rows are zero."""
        weights = {name: values.detach().clone().half() for name, values in self.model.state_dict().items()}
        rows = torch.zeros(VOCABULARY, WIDTH, dtype=torch.half)
        rows[torch.tensor(self._words.kept)] = self._rows().detach().half()
        weights["decoder.token_embedding.weight"] = rows
        dims = {**self.dims.__dict__, "n_vocab": VOCABULARY}
        loose = path.with_suffix(".loose")
        torch.save({"dims": dims, "model_state_dict": weights}, loose)
        with (
            zipfile.ZipFile(loose) as whole,
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as small,
        ):
            for each in whole.infolist():
                small.writestr(each.filename, whole.read(each))
        loose.unlink()


def main() -> None:
    """Train, or go on where the first stage is done already."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--short", type=float, default=420, help="seconds of two processors for single sentences")
    parser.add_argument("--packed", type=float, default=600, help="the same for hearing several in a window")
    parser.add_argument("--writing", type=float, default=300, help="the same for writing them down")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--begin", type=Path, help="an earlier checkpoint to go on from; a third of the time is enough")
    wanted = parser.parse_args()
    wanted.work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(wanted.threads)
    torch.manual_seed(0)
    random.seed(0)
    words = Words()
    teacher = Teacher(words, hear_all(wanted.work))
    pupil = Pupil(words)
    learning = wanted.work / "learning.state"
    after_short = wanted.work / "short.state"
    if after_short.exists():
        pupil.load(after_short)
    else:
        if wanted.begin:
            pupil.begin_from(wanted.begin)
        pupil.learn(SHORT, teacher, wanted.short, learning)
        pupil.prepare_long_texts()
        pupil.save(after_short)
    pupil.learn(PACKED, teacher, wanted.packed, learning)
    pupil.practise_writing(WRITING, teacher, wanted.writing, learning)
    pupil.write_checkpoint(wanted.work / "tiny.pt")


if __name__ == "__main__":
    main()
