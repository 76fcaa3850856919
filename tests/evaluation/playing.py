"""Plays everything held out, a few conversations at a time."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import chain

from tests.evaluation import judging
from tests.evaluation.citizen import Citizen, ConversationError, Heard, new_pace
from tests.evaluation.holdout import Conversation, Holdout, Refusal
from tests.evaluation.judging import Outcome
from tests.evaluation.observed import Reply

_AT_ONCE = 2
_PROGRESS_EVERY = 100


@dataclass
class Run:
    """`seconds` of every reply, and what broke on the way, by the id of what was played."""

    questions: list[Outcome] = field(default_factory=list)
    # Of each conversation its turns.
    conversations: list[list[Outcome]] = field(default_factory=list)
    refusals: list[Outcome] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)

    def asked(self) -> list[Outcome]:
        """Every question and turn that has something to be right about, refusals left out."""
        return [*self.questions, *chain.from_iterable(self.conversations)]

    def everything(self) -> list[Outcome]:
        return [*self.asked(), *self.refusals]


def play(base_url: str, holdout: Holdout, say: Callable[[str], None]) -> Run:
    """Plays all of it against the system at `base_url`; `say` hears how far it is."""
    run = Run()
    total = len(holdout.questions) + len(holdout.conversations) + len(holdout.refusals)
    player = _Player(base_url, run, say, total)
    pool = ThreadPoolExecutor(_AT_ONCE)
    try:
        questions = pool.map(player.conversation, holdout.questions)
        conversations = pool.map(player.conversation, holdout.conversations)
        refusals = pool.map(player.refusal, holdout.refusals)
        run.questions = list(chain.from_iterable(questions))
        run.conversations = list(conversations)
        run.refusals = list(refusals)
    finally:
        # Interrupted, it does not play the rest first.
        pool.shutdown(cancel_futures=True)
        player.close()
    return run


class _Player:
    """What the threads share."""

    def __init__(self, base_url: str, run: Run, say: Callable[[str], None], total: int) -> None:
        self._base_url = base_url
        self._run = run
        self._say = say
        self._total = total
        self._done = 0
        self._pace = new_pace()
        self._own = threading.local()
        self._citizens: list[Citizen] = []
        self._lock = threading.Lock()

    def conversation(self, conversation: Conversation) -> list[Outcome]:
        replies = self._replies(conversation.id, [turn.text for turn in conversation.turns])
        return judging.of_conversation(conversation, replies)

    def refusal(self, refusal: Refusal) -> Outcome:
        return judging.of_refusal(refusal, self._replies(refusal.id, [refusal.text])[0])

    def close(self) -> None:
        for citizen in self._citizens:
            citizen.close()

    def _replies(self, id_: str, texts: Sequence[str]) -> list[Reply]:
        """As many as texts; what broke leaves silence from there on."""
        heard: list[Heard] = []
        try:
            talk = self._citizen().start()
            for text in texts:
                heard.append(talk.say(text))
            if any(one.reply.requested for one in heard):
                talk.close()
        except ConversationError as error:
            self._note_fault(id_, str(error))
        self._note(heard)
        silence = [Reply()] * (len(texts) - len(heard))
        return [one.reply for one in heard] + silence

    def _citizen(self) -> Citizen:
        if not hasattr(self._own, "citizen"):
            self._own.citizen = Citizen(self._base_url, self._pace)
            with self._lock:
                self._citizens.append(self._own.citizen)
        citizen: Citizen = self._own.citizen
        return citizen

    def _note_fault(self, id_: str, what: str) -> None:
        with self._lock:
            self._run.faults[id_] = what

    def _note(self, heard: Sequence[Heard]) -> None:
        with self._lock:
            self._run.seconds += [one.seconds for one in heard]
            self._done += 1
            if self._done % _PROGRESS_EVERY == 0:
                self._say(f"  {self._done} of {self._total} played")
