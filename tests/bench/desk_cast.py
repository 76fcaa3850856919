"""Agents for a measurement, and races of claims among them; run with the environment of the measured stack.

python -m tests.bench.desk_cast agents <count>   prints their sessions
python -m tests.bench.desk_cast races <count>    prints how many races had exactly one winner, and the seconds of each
"""

import json
import sys
import threading
import time
from typing import Any

import django

RACERS = 8
SEATS = 1000


def main(arguments: list[str]) -> int:
    what, count = arguments[0], int(arguments[1])
    django.setup()
    told = {"sessions": _agents(count)} if what == "agents" else _races(count)
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _users(prefix: str, count: int) -> list[Any]:
    from django.contrib.auth.models import Group

    from cms.accounts.models import User
    from cms.accounts.roles import Role

    group = Group.objects.get_or_create(name=str(Role.AGENT))[0]
    found = [
        User.objects.get_or_create(username=f"{prefix}{n}", defaults={"seats": SEATS})[0]
        for n in range(count)
    ]
    group.user_set.add(*found)
    return found


def _agents(count: int) -> list[str]:
    return [_session(user) for user in _users("medicion", count)]


def _session(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _races(count: int) -> dict[str, Any]:
    from cms.conversations import operations

    racers = _users("carrera", RACERS)
    fair, seconds = 0, []
    for _number in range(count):
        # One desk is open, so that somebody can be asked for; who claims is there by that.
        operations.heartbeat(by=racers[0])
        conversation = operations.start(locale="es").conversation
        operations.ask_for_person(conversation=conversation)
        began = time.perf_counter()
        winners, losers = _race(conversation.pk, racers)
        seconds.append(time.perf_counter() - began)
        fair += (winners, losers) == (1, RACERS - 1)
        operations.erase_for_citizen(conversation=conversation)
    return {"races": count, "fair": fair, "seconds": seconds}


def _race(conversation_id: Any, racers: list[Any]) -> tuple[int, int]:
    """Winners, and losers who were told so."""
    from django.db import connections

    from cms.conversations import operations
    from cms.conversations.errors import AlreadyClaimed

    start = threading.Barrier(len(racers))
    outcomes: list[str] = []

    def claim(racer: Any) -> None:
        start.wait()
        try:
            operations.claim(conversation_id=conversation_id, by=racer)
            outcomes.append("won")
        except AlreadyClaimed:
            outcomes.append("lost")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=claim, args=(racer,)) for racer in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes.count("won"), outcomes.count("lost")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
