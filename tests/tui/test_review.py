"""Looking back at a conversation: it is heard, searched, corrected, and put away while people talk."""

from __future__ import annotations

import asyncio
import wave
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from private_table import SMALL, Table, a_table, text_of
from recorded_table import agree, hear, record, recorded
from samples import TRIAD, bundle_of
from textual.pilot import Pilot
from textual.screen import Screen

from roleplay.audio.shelf import Shelf
from roleplay.conduct.transcribing import TranscriptQueue
from roleplay.problems import CommandProblem
from roleplay.session import hearing_commands as hc
from roleplay.session.commands import Next, Retake
from roleplay.session.state import FACILITATOR
from roleplay.settings import Settings
from roleplay.transcription.client import OnProgress
from roleplay.transcription.protocol import Heard, HeardLine, Job, Progress
from roleplay.tui.app import RoleplayApp
from roleplay.tui.screens.conversations import ConversationsScreen, looking_back
from roleplay.tui.screens.correct import CorrectScreen
from roleplay.tui.screens.review import ReviewScreen
from roleplay.tui.widgets.moment_list import MomentList


@dataclass
class FakePlayer:
    """Plays nothing, and knows what it was asked for."""

    ended: Callable[[str], None]
    played: list[tuple[str, float]] = field(default_factory=list)
    playing: bool = False
    refuses: CommandProblem | None = None

    async def play(self, path: Path, from_: float, until: float | None = None) -> None:
        """Note it."""
        if self.refuses is not None:
            raise self.refuses
        self.played.append((path.stem, from_))
        self.playing = True

    async def stop(self) -> None:
        """Be silent."""
        self.playing = False


@dataclass
class Looking:
    """Somebody who looks back."""

    table: Table
    pilot: Pilot[None]
    players: list[FakePlayer]
    now: float = 0.0
    """What the clock says by which one listens."""

    async def later(self, seconds: float) -> None:
        """So many seconds later."""
        self.now += seconds
        self.screen.paint_position()
        await self.pilot.pause()

    @property
    def screen(self) -> ReviewScreen:
        """The screen."""
        found = [screen for screen in self.pilot.app.screen_stack if isinstance(screen, ReviewScreen)]
        return found[-1]

    @property
    def player(self) -> FakePlayer:
        """What plays."""
        return self.players[-1]

    def last(self) -> float:
        """From where it was played last."""
        return self.player.played[-1][1]

    @property
    def text(self) -> str:
        """Everything on the screen, its line breaks taken away."""
        return " ".join(text_of(self.pilot.app).split())

    def at(self) -> int | None:
        """The row with the cursor."""
        return self.screen.query_one(MomentList).highlighted

    async def press(self, *keys: str) -> None:
        """Press one key after the other."""
        for key in keys:
            await self.pilot.press(key)
            await self.pilot.pause()


@pytest.fixture
def table(tmp_path: Path, home: Path) -> Iterator[Table]:
    """Ana, Ben and Chen, after a conversation that was recorded with two channels and written down."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        recorded(table)
        shelve(table, home)
        yield table


def shelve(table: Table, home: Path, recording: str = "r1") -> None:
    """Put some sound where a recording lies."""
    Shelf(home).new(table.runner.session, recording).with_suffix(".flac").write_bytes(b"sound")


@asynccontextmanager
async def looking(table: Table, person: str = FACILITATOR, size: tuple[int, int] = SMALL) -> AsyncIterator[Looking]:
    """The program where somebody looks back at the last conversation."""
    players: list[FakePlayer] = []

    def make(ended: Callable[[str], None]) -> FakePlayer:
        players.append(FakePlayer(ended))
        return players[-1]

    app = RoleplayApp(table.desk, first=Screen[None])
    async with app.run_test(size=size) as pilot:
        await app.push_screen(looking_back(table.runner, person, "t1", make_player=make))
        await pilot.pause()
        this = Looking(table, pilot, players)
        this.screen.listening.now = lambda: this.now
        yield this


async def test_picture_talk_time_and_words_stand_on_one_small_screen(table: Table) -> None:
    """With the markers between the lines."""
    async with looking(table) as this:
        assert "Talk time: Ana 00:09 (31%) Ben 00:20 (69%)" in this.text
        assert "00:05 Ben The bus left without her again." in this.text
        assert "00:33 ● f Names the feeling" in this.text
        assert "● helped" in this.text
        await this.press("f")
        assert "Pause before answering" in this.text
        assert "From their microphones, 00:40 of 00:40 recorded." in this.text
        await this.press("f")
        assert "The bus left" in this.text


async def test_a_line_plays_from_its_moment_and_the_same_key_stops_it(table: Table) -> None:
    """Another row plays from there."""
    async with looking(table) as this:
        await this.press("down", "enter")
        assert this.player.played == [("r1", 5)]
        assert "▶ 00:05" in this.text
        assert "▸00:05" in this.text
        await this.press("enter")
        assert not this.player.playing
        assert "▶" not in this.text
        await this.press("down", "space")
        assert this.player.played[-1] == ("r1", 10)


async def test_a_marker_plays_from_its_moment_and_one_hears_what_came_before_with_a_key(table: Table) -> None:
    """M goes from one to the next and around; the arrows go back and on by five seconds."""
    async with looking(table) as this:
        await this.press("m", "enter")
        assert this.last() == 33
        this.now += 1
        await this.press("left")
        assert this.last() == 29
        await this.press("m", "m")
        assert this.at() == 6
        await this.press("m")
        assert this.at() == 5
        await this.press("home", "right")
        assert this.last() == 34, "it goes on from what is heard"
        assert this.at() == 0
        await this.press("enter", "enter", "enter", "left")
        assert this.last() == 0, "nothing is heard, so it is five seconds before the chosen row"


async def test_while_it_plays_the_cursor_follows_until_somebody_moves_it(table: Table) -> None:
    """Whoever reads on meanwhile is not torn away."""
    async with looking(table) as this:
        await this.press("enter")
        await this.later(12)
        assert this.at() == 2
        await this.press("up")
        await this.later(20)
        assert this.at() == 1
        assert "▸00:31" in this.text


async def test_from_one_recording_it_goes_on_into_the_next(tmp_path: Path, home: Path) -> None:
    """A microphone that was lost for a while makes two of one conversation; after the last it is silent."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        agree(table)
        record(table, "r1", into=0, seconds=10, ended="microphone")
        record(table, "r2", into=15, seconds=5)
        table.runner.do_at_once(Next())
        for one in ("r1", "r2"):
            shelve(table, home, one)
        async with looking(table) as this:
            await this.press("enter")
            assert this.player.played == [("r2", 0)], "the only row is the gap, after which sound goes on"
            assert "sound goes on at 00:15" in this.text
            await this.press("enter")
            await this.screen.listening.play(this.screen.review, 4)
            this.player.ended("")
            await this.pilot.pause()
            assert this.player.played[-2:] == [("r1", 4), ("r2", 0)]
            this.player.ended("")
            await this.pilot.pause()
            assert this.screen.listening.position is None


async def test_where_nothing_can_be_heard_a_sentence_says_why(table: Table, home: Path) -> None:
    """No loudspeaker, by the player; the sound erased or elsewhere, before anything is tried."""
    async with looking(table) as this:
        await this.press("enter")
        this.player.ended("There is nothing to play with here.")
        await this.pilot.pause()
        assert "There is nothing to play with here." in this.text
        this.player.refuses = CommandProblem("Parts are missing.", "Add them.")
        await this.press("enter")
        assert "Parts are missing. Add them." in this.text
    Shelf(home).delete(table.runner.session, "r1")
    async with looking(table) as this:
        assert "The sound is not on this computer" in this.text
        await this.press("enter")
        assert not this.players


async def test_words_are_looked_for_and_found_again(table: Table) -> None:
    """Capitals make no difference; n and N go on and back; what stands nowhere is said."""
    async with looking(table) as this:
        await this.press("slash", *"FURIOUS", "enter")
        assert this.at() == 3
        await this.press("n")
        assert this.at() == 4
        await this.press("N")
        assert this.at() == 3
        await this.press("slash", *"xyz", "enter")
        assert "xyz” stands nowhere here." in this.text
        await this.press("slash", "escape")
        assert this.screen.is_current, "the first esc leaves the search alone"


async def test_a_line_is_corrected_by_whoever_said_it_behind_a_hand_over(table: Table) -> None:
    """The facilitator hands the laptop over; what was heard stays, and can be seen."""
    async with looking(table) as this:
        await this.press("down", "e")
        assert "Hand the laptop to Ben." in this.text
        await this.press("enter")
        assert isinstance(this.pilot.app.screen, CorrectScreen)
        assert "What was heard: The bus left without her again." in this.text
        await this.press("ctrl+a", "ctrl+k", *"The bus left twice.", "ctrl+s")
        assert "Ben The bus left twice. (corrected)" in this.text
        await this.press("o")
        assert "was heard as: The bus left without her again." in this.text
        [event] = table.events("line-corrected")
        assert (event.by, event.line, table.words(event.text)) == ("p2", 1, "The bus left twice.")
        assert not table.drafts


async def test_on_their_own_screen_people_correct_what_they_said_and_nothing_else(table: Table) -> None:
    """Ana's line opens at once; Ben's is his; a marker is nobody's; no words change nothing."""
    async with looking(table, "p1") as this:
        await this.press("down", "e")
        assert "Whoever said it can correct it: Ben." in this.text
        await this.press("m", "e")
        assert "Choose a line first." in this.text
        await this.press("home", "e")
        assert isinstance(this.pilot.app.screen, CorrectScreen)
        await this.press("ctrl+a", "ctrl+k", "ctrl+s")
        assert "Write what was said." in this.text
        await this.press("escape")
        assert not table.events("line-corrected")


async def test_what_somebody_takes_back_is_gone_from_the_screen_at_once(table: Table) -> None:
    """Also while it is being heard."""
    async with looking(table) as this:
        await this.press("enter")
        await table.runner.do(hc.AnswerConsent("p3", yes=False))
        await this.pilot.pause()
        await this.pilot.app.workers.wait_for_complete()
        assert not this.player.playing
        assert "bus" not in this.text
        assert "What was recorded of this conversation was erased." in this.text
        assert "Names the feeling" in this.text


async def test_when_another_take_begins_nobody_looks_back(table: Table) -> None:
    """As with takes: people talk, and the screen goes away and is silent."""
    async with looking(table) as this:
        await this.press("enter")
        await table.runner.do(Retake("t1"))
        this.screen.paint_time()
        await this.pilot.pause()
        assert not isinstance(this.pilot.app.screen, ReviewScreen)
        assert not this.player.playing


async def test_other_conversations_are_a_key_away_and_all_stand_in_a_list(table: Table, home: Path) -> None:
    """The list says what there is of each; from a table one begins with its last."""
    table.go_to("play")
    record(table, "r2", into=0, seconds=20)
    table.runner.do_at_once(Next())
    shelve(table, home, "r2")
    async with looking(table) as this:
        assert "Round 2 · Conversation · Ben and Chen" in this.text
        assert "2 of 2" in this.text
        await this.press("left_square_bracket")
        assert "Round 1 · Conversation · Ana and Ben" in this.text
        await this.press("right_square_bracket", "escape")
        await this.pilot.app.push_screen(ConversationsScreen(table.runner, FACILITATOR))
        await this.pilot.pause()
        assert "recorded 00:40, written down, 2 marks" in this.text
        assert "recorded 00:20, not written down yet" in this.text
        await this.press("up", "enter")
        assert "Round 1 · Conversation · Ana and Ben" in this.text


async def test_a_key_has_it_written_down_and_its_progress_is_told(tmp_path: Path, home: Path) -> None:
    """A reason why it cannot be is told, too; then the words are there."""
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        agree(table)
        record(table)
        table.runner.do_at_once(Next())
        shelve(table, home)
        missing = [CommandProblem("The model base is not here.", "Fetch it: roleplay models get base")]
        tell: list[OnProgress] = []
        heard = asyncio.get_running_loop().create_future()

        async def write_down(job: Job, on_progress: OnProgress) -> Heard:
            tell.append(on_progress)
            return await heard  # type: ignore[no-any-return]

        async def make_small(path: Path) -> Path | None:
            return None

        def check(engine: str, model: str) -> None:
            if missing:
                raise missing[0]

        async with looking(table) as this:
            app = this.pilot.app
            assert isinstance(app, RoleplayApp)
            await app.queue.close()
            queue = TranscriptQueue(app.desk.open_store, app.desk.shelf, Settings(), write_down, make_small, check)
            app._queue = queue
            queue.begin()
            queue.enter(table.runner)
            this.screen.queue.on_change(this.screen.paint)
            assert "It was recorded, and not written down yet. t writes it down now." in this.text
            await this.press("t")
            assert "It cannot be written down yet. The model base is not here." in this.text
            missing.clear()
            await this.press("t")
            tell[0](Progress(stage="writing", fraction=0.43, seconds_left=118))
            await this.pilot.pause()
            assert "It is being written down: 43%, about 2 minutes left." in this.text
            line = HeardLine(channel=0, start=1, end=2, text="Good evening.", confidence=0.9)
            made = {"engine": "whisper", "model": "base", "language": "en", "speech_how": "vad"}
            heard.set_result(Heard(seconds=40, channels=2, speech=(), lines=(line,), **made))
            await this.pilot.pause()
            await this.pilot.pause()
            assert "00:01 Ana Good evening." in this.text


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_a_window_of_any_size_shows_it(table: Table, size: tuple[int, int]) -> None:
    """And one that is made smaller meanwhile."""
    hear(table)
    async with looking(table, "p2", size) as this:
        await this.press("down", "f", "f")
        await this.pilot.resize_terminal(60, 20)
        await this.pilot.pause()
        assert "Thank you for coming" in this.text


@pytest.mark.needs_microphone
async def test_the_sound_itself_is_played_and_goes_on_into_the_next_recording(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, require: Callable[[str, object, str], None]
) -> None:
    """Through the real process, into loudspeakers that hear nothing."""
    parts = find_spec("soundfile") and find_spec("sounddevice")
    require("sounddevice", parts, "Set up the parts for it: ROLEPLAY_EXTRAS=audio ./dev test")
    silent = tmp_path / "asound.conf"
    silent.write_text("pcm.!default { type null }")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(silent))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    with a_table(tmp_path, bundle_of(TRIAD)) as table:
        agree(table)
        record(table, "r1", into=0, seconds=2, ended="microphone", marks={1: "solves"})
        record(table, "r2", into=5, seconds=2)
        table.runner.do_at_once(Next())
        for one in ("r1", "r2"):
            with wave.open(str(Shelf(home).new(table.runner.session, one)), "wb") as sound:
                sound.setparams((1, 2, 16_000, 0, "NONE", ""))
                sound.writeframes(bytes(2 * 2 * 16_000))
        app = RoleplayApp(table.desk, first=Screen[None])
        async with app.run_test(size=SMALL) as pilot:
            screen = looking_back(table.runner, FACILITATOR, "t1")
            assert isinstance(screen, ReviewScreen)
            await app.push_screen(screen)
            await pilot.press("enter")
            heard = []
            async with asyncio.timeout(60):
                while (position := screen.listening.position) is not None:
                    heard.append(position)
                    await asyncio.sleep(0)
            assert heard[0] < 5
            assert heard[-1] >= 5
