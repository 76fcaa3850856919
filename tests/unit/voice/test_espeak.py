"""eSpeak NG in its own process: plausible speech, and a process that may die, hang or be forked."""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from voice.engines.espeak import EspeakEngine, ssml
from voice.engines.interface import EngineTimeout, Pcm, SpeechError
from voice.pieces import Language, Segment
from voice.speakable import prepare

ROOT = Path(__file__).resolve().parents[3]
ES = (
    "Pides otra vez el mismo DNI electrónico porque lo perdiste, te lo robaron o se malogró. Por internet: S/ 33.00, con "
    "el código 00522. En la oficina: S/ 35.00. Demora cerca de 48 horas. Recibes una copia nueva del mismo DNI. No "
    "cambian tus datos ni la fecha de vencimiento. Te lo entregan a ti, en persona. Pregunta en RENIEC o llama al "
    "1800 de 8:00 a 20:00, todos los días. La atención es gratuita."
)
QU = (
    "DNI electrónicoyki chinkarquptin, suwarqusuptiyki utaq malograkurquptinmi kaqllata yapamanta mañakunki. "
    "Internetpiqa S/ 33.00 qullqitam paganki, 00522 códigowan. Oficinapiqa S/ 35.00 qullqitam paganki. Qusunaykikupaqqa "
    "48 ura hinam demoran. RENIECpa portalninpi, RENIECpa agenciankunapi ruwakunmi. Kikin DNIykimantam musuq copiata "
    "chaskinki. Kikiyki riptiykim qusunkiku, 8:30 uramanta 16:30 urakama."
)


@pytest.fixture
def own() -> Iterator[EspeakEngine]:
    """An engine of the test's own, for tests that hurt it."""
    engine = EspeakEngine(timeout_seconds=10)
    yield engine
    engine.close()


def loudness(speech: Pcm) -> int:
    return max(abs(value) for value in memoryview(speech.samples).cast("h"))


def speak_all(engine: EspeakEngine, text: str, language: Language) -> float:
    return sum(engine.speak(sentence.segments, 1.0).seconds for sentence in prepare(text, language))


@pytest.mark.parametrize(("text", "language"), [(ES, "es"), (QU, "qu")])
def test_a_text_lasts_as_long_as_a_person_would_take(
    text: str, language: Language, espeak: EspeakEngine
) -> None:
    characters = sum(len(segment.text) for each in prepare(text, language) for segment in each.segments)
    assert (
        9 <= characters / speak_all(espeak, text, language) <= 18
    )  # letters a second, in words, not figures


def test_speech_is_heard(espeak: EspeakEngine) -> None:
    said = espeak.speak([Segment("Buenos días", "es")], 1.0)
    assert said.rate == 22050
    assert loudness(said) > 3000


@pytest.mark.parametrize(("text", "language"), [(ES, "es"), (QU, "qu")])
def test_400_characters_take_at_most_half_a_second(
    text: str, language: Language, espeak: EspeakEngine
) -> None:
    assert 380 <= len(text) <= 480
    speak_all(espeak, text, language)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        speak_all(espeak, text, language)
        taken.append(time.perf_counter() - began)
    assert min(taken) <= 0.5


def test_speed_changes_the_length(espeak: EspeakEngine) -> None:
    slow, normal, fast = (espeak.speak([Segment(ES[:80], "es")], speed).seconds for speed in (0.7, 1.0, 1.6))
    assert slow > 1.2 * normal
    assert fast < 0.8 * normal


def test_a_spanish_name_inside_quechua_changes_the_voice_and_makes_no_gap(espeak: EspeakEngine) -> None:
    name = "Certificado de antecedentes penales"
    alone = (
        espeak.speak([Segment(name, "es")], 1.0).seconds
        + espeak.speak([Segment("mañakuy", "qu")], 1.0).seconds
    )
    mixed = espeak.speak([Segment(name, "es"), Segment("mañakuy", "qu")], 1.0)
    assert mixed.seconds == pytest.approx(alone, rel=0.15)
    assert mixed.samples != espeak.speak([Segment(f"{name} mañakuy", "qu")], 1.0).samples


def test_a_long_sentence_is_spoken_to_its_end(espeak: EspeakEngine) -> None:
    words = "kimsa chunka punchaw ukupim kutichinku "
    short, long = (espeak.speak([Segment(words * times, "qu")], 1.0).seconds for times in (10, 100))
    assert long == pytest.approx(10 * short, rel=0.1)


def test_tags_in_the_text_are_text(espeak: EspeakEngine) -> None:
    voice, markup = ssml([Segment('a <break time="10s"/> & b', "es")])
    assert voice == "es-419"
    assert "<" not in markup
    assert espeak.speak([Segment('Hola <break time="9s"/> amigo', "es")], 1.0).seconds < 8


@pytest.mark.parametrize(
    "text",
    ["-w {folder}/x.wav", "a" * 4000, "q" * 4000, "</voice></speak>", "\x00\x01\x02", "&#0;", "[[h@l@U]]", "", "\ud800",
     "😀" * 500, '<audio src="/etc/hostname"/>', "((" * 2000],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_no_text_stops_the_engine(text: str, espeak: EspeakEngine, tmp_path: Path) -> None:
    for language in ("es", "qu"):
        espeak.speak([Segment(text.format(folder=tmp_path) if "{" in text else text, language)], 1.0)
    assert list(tmp_path.iterdir()) == []
    assert espeak.speak([Segment("hola", "es")], 1.0).seconds > 0.2


def test_a_text_the_library_dies_of_costs_only_itself(own: EspeakEngine) -> None:
    # Thousands of points between letters end the process of eSpeak NG 1.52; the preparation lets none through.
    with contextlib.suppress(SpeechError):  # another version may live
        own.speak([Segment("a." * 2000, "es")], 1.0)
    assert own.speak([Segment("hola", "es")], 1.0).seconds > 0.2
    (sentence,) = prepare("a." * 2000, "es")
    assert own.speak(sentence.segments, 1.0).seconds > 1


def test_a_text_without_end_is_refused(own: EspeakEngine) -> None:
    with pytest.raises(SpeechError, match="shorten"):
        own.speak([Segment("uno dos tres cuatro " * 2500, "es")], 1.0)
    assert own.speak([Segment("hola", "es")], 1.0).seconds > 0.2


def test_a_process_that_was_killed_is_started_again(own: EspeakEngine) -> None:
    first = own.speak([Segment("hola", "es")], 1.0).seconds
    before = own.pid
    assert before
    os.kill(before, signal.SIGKILL)
    assert own.speak([Segment("hola", "es")], 1.0).seconds == pytest.approx(first, abs=0.05)
    assert own.pid != before


def test_a_process_that_hangs_is_given_up_in_time_and_replaced() -> None:
    engine = EspeakEngine(timeout_seconds=5)
    engine.speak([Segment("hola", "es")], 1.0)
    before = engine.pid
    assert before
    os.kill(before, signal.SIGSTOP)
    engine._timeout_seconds = 0.3
    began = time.monotonic()
    with pytest.raises(EngineTimeout, match="took too long"):
        engine.speak([Segment("hola", "es")], 1.0)
    assert time.monotonic() - began < 3
    engine._timeout_seconds = 10
    assert engine.speak([Segment("hola", "es")], 1.0).seconds > 0.2
    assert not Path(f"/proc/{before}").exists()
    engine.close()


def test_closing_ends_the_process(own: EspeakEngine) -> None:
    own.speak([Segment("hola", "es")], 1.0)
    pid = own.pid
    own.close()
    assert own.pid is None
    assert not Path(f"/proc/{pid}").exists()


def test_the_process_ends_with_the_program_that_started_it() -> None:
    program = (
        "from voice.engines.espeak import EspeakEngine; from voice.pieces import Segment; import os\n"
        "engine = EspeakEngine(); engine.speak([Segment('hola', 'es')], 1.0); print(engine.pid, flush=True)\n"
        "os._exit(0)"
    )
    command = (sys.executable, "-c", program)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    gone = Path(f"/proc/{int(done.stdout)}")
    deadline = time.monotonic() + 10
    while gone.exists() and time.monotonic() < deadline:
        if "State:\tZ" in (gone / "status").read_text():
            break
        time.sleep(0.05)
    assert not gone.exists() or "State:\tZ" in (gone / "status").read_text()


def _speak_in_child(engine: EspeakEngine, out: Connection) -> None:
    out.send((engine.speak([Segment("hola", "es")], 1.0).seconds, engine.pid))
    engine.close()


def test_a_fork_gets_a_process_of_its_own(own: EspeakEngine) -> None:
    length = own.speak([Segment("hola", "es")], 1.0).seconds
    ours = own.pid
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe()
    child = fork.Process(target=_speak_in_child, args=(own, there))
    child.start()
    assert here.poll(30)
    their_length, theirs = here.recv()
    child.join(30)
    assert their_length == pytest.approx(length, abs=0.05)
    assert theirs != ours
    assert own.speak([Segment("hola", "es")], 1.0).seconds == pytest.approx(length, abs=0.05)
    assert own.pid == ours


def test_the_library_stays_on_the_other_side_of_the_process(espeak: EspeakEngine) -> None:
    espeak.speak([Segment("hola", "es")], 1.0)
    assert "libespeak" not in Path("/proc/self/maps").read_text()
    assert "libespeak" in Path(f"/proc/{espeak.pid}/maps").read_text()
    program = "import sys, voice.speaking; sys.exit('espeakng_loader' in sys.modules)"
    assert subprocess.run((sys.executable, "-c", program), cwd=ROOT, timeout=60).returncode == 0


def test_the_process_is_given_no_secret(own: EspeakEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAC_SECRET_KEY", "a secret")
    monkeypatch.setenv("MAC_STACK_ID", "which-stack")
    own.speak([Segment("hola", "es")], 1.0)
    environment = Path(f"/proc/{own.pid}/environ").read_bytes()
    assert b"MAC_SECRET_KEY" not in environment
    assert b"MAC_STACK_ID=which-stack" in environment


def test_threads_do_not_mix_their_sentences(espeak: EspeakEngine) -> None:
    texts = ["uno", "dos y tres", "cuatro, cinco, seis", "kimsa chunka"] * 6
    alone = {text: espeak.speak([Segment(text, "es")], 1.0).seconds for text in set(texts)}
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: espeak.speak([Segment(text, "es")], 1.0).seconds, texts))
    assert together == pytest.approx([alone[text] for text in texts], abs=0.05)
