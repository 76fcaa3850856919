"""The five processes of the system and the exact commands that start them.

`docker-compose.yml` starts the same ones; a test in tests/repository compares them.
"""

from __future__ import annotations

from dataclasses import dataclass

CMS_PYTHON = ".venv/bin/python"
ASSISTANT_PYTHON = "assistant/.venv/bin/python"
MANAGE = (CMS_PYTHON, "-m", "cms.manage")
TRAIN = (ASSISTANT_PYTHON, "-m", "assistant.launch", "train")

_CELERY = (CMS_PYTHON, "-m", "celery", "-A", "cms.config.celery:app")


@dataclass(frozen=True)
class Program:
    """A process that is kept running. `command` is relative to the root of the project."""

    name: str
    command: tuple[str, ...]


def all_programs(*, bind: str, port: int) -> tuple[Program, ...]:
    """The processes of one stack; `bind` and `port` are where the web listens."""
    return (
        Program("web", _web(bind, port)),
        Program("rasa", (ASSISTANT_PYTHON, "-m", "assistant.launch", "server")),
        Program("actions", (ASSISTANT_PYTHON, "-m", "assistant.launch", "actions")),
        Program("worker", _worker()),
        Program("beat", _beat()),
    )


def _web(bind: str, port: int) -> tuple[str, ...]:
    return (
        *(CMS_PYTHON, "-m", "uvicorn", "cms.config.asgi:application"),
        *("--host", bind, "--port", str(port)),
        # Addresses carry what citizens searched for; their words are never logged.
        "--no-access-log",
        "--no-server-header",
        # Event streams would hold a stop for ever; their clients come back and resume.
        *("--timeout-graceful-shutdown", "5"),
    )


def _worker() -> tuple[str, ...]:
    # The outbox in the database decides what is to be done; talk between workers would only cost.
    quiet = ("--without-gossip", "--without-mingle")
    return (*_CELERY, "worker", "--pool", "solo", *quiet, "--loglevel", "INFO")


def _beat() -> tuple[str, ...]:
    # No pid file: one left by a killed beat would keep the next from starting.
    return (*_CELERY, "beat", "--pidfile=", "--loglevel", "INFO")
