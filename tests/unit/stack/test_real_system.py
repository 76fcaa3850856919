"""The system itself, from an empty folder: the only tests here that start Django and Rasa."""

import json
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest

from stack.readiness import PARTS
from tests.unit.stack.real_system import Agent, Citizen, System, until

pytestmark = [pytest.mark.stack, pytest.mark.slow, pytest.mark.timeout(500)]

DNI = "reniec-dni-duplicado"
QUESTION = "se me perdió mi dni, ¿cuánto cuesta el duplicado?"
ACCOUNTS = {"editora", "revisora", "traductora", "agente-es", "agente-qu", "supervisora", "admin"}
DATABASE_STEPS = ("Database tables", "Fichas, entities and centres", "Search index", "Demo accounts")


@pytest.fixture
def empty_database() -> Iterator[str]:
    """The address of a database of its own on the server the tests use."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"mac_stack_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"create database {name}")
        yield urlunsplit(parts._replace(path=f"/{name}"))
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def services(tmp_path_factory: pytest.TempPathFactory, empty_database: str) -> Iterator[System]:
    variables = {"MAC_PROFILE": "services", "DATABASE_URL": empty_database, "MAC_DEMO": "1"}
    system = System(tmp_path_factory.mktemp("services") / "data", variables)
    system.say("up")
    yield system
    system.say("down")


@pytest.fixture
def ana(embedded: System) -> Iterator[Citizen]:
    with closing(Citizen(embedded)) as citizen:
        yield citizen


@pytest.fixture
def served(embedded: System) -> Iterator[tuple[Agent, Citizen]]:
    """An agent, and a citizen the agent has taken from the queue."""
    with closing(Citizen(embedded)) as citizen, closing(Agent(embedded, "agente-es")) as agent:
        agent.is_there()
        citizen.says(QUESTION)
        assert citizen.asks_for_person()["requested"] is True
        agent.claims(citizen)
        yield agent, citizen


def check_the_life_of(system: System) -> str:
    """Answering, down, and up again; what the second start said."""
    assert system.down_parts() == set()
    for page in ("/es/", "/qu/", "/es/tramites/", "/api/v1/tramites"):
        assert httpx.get(f"{system.url}{page}").status_code == 200, page
    accounts = system.data_dir / "demo-accounts.json"
    assert json.loads(accounts.read_text(encoding="utf-8")).keys() == ACCOUNTS
    assert accounts.stat().st_mode & 0o077 == 0
    system.say("down")
    assert system.processes() == []
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{system.url}/healthz")
    return system.say("up")


def test_the_embedded_system_goes_and_comes_again(embedded: System) -> None:
    second = check_the_life_of(embedded)
    assert [step for step in DATABASE_STEPS if f"{step}: done" in second] == []
    assert [part for part in PARTS if f"{part}: up" not in second] == []


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [
        ("es", QUESTION, "¿y qué necesito?"),
        ("qu", "DNIyta chinkarachini, ¿haykataq duplicadopa chanin?", "¿imakunatataq necesitani?"),
    ],
)
def test_the_assistant_itself_answers_and_remembers(
    ana: Citizen, locale: str, first: str, second: str
) -> None:
    for text, aspecto in ((first, "costo"), (second, "requisitos")):
        reply = ana.says(text)
        assert ana.fault_of(reply) == "", "not Rasa answered but the search"
        assert reply["locale"] == locale
        assert (reply["answer"]["codigo"], reply["answer"]["aspecto"]) == (DNI, aspecto)


def test_a_citizen_and_an_agent_hear_each_other(served: tuple[Agent, Citizen]) -> None:
    talk_to_each_other(*served)


def talk_to_each_other(agent: Agent, citizen: Citizen) -> None:
    mark = uuid.uuid4().hex
    seq = citizen.writes(f"¿me oye? {mark}")
    assert f"¿me oye? {mark}" in agent.page_of(citizen)
    agent.answers(citizen, f"Le oigo {mark}")
    heard = [(line["sender"], line["text"]) for line in citizen.lines(seq)]
    assert heard == [("agent", f"Le oigo {mark}")]


@pytest.mark.parametrize("program", ["rasa", "actions"])
def test_without_part_of_the_assistant_everybody_is_served_until_it_is_back(
    embedded: System, ana: Citizen, served: tuple[Agent, Citizen], program: str
) -> None:
    killed = embedded.kill(program)
    started = time.monotonic()
    reply = ana.says(QUESTION)
    assert time.monotonic() - started < 8
    assert reply["answer"]["codigo"] == DNI
    assert "handoff" in [choice["payload"] for choice in reply["choices"]]
    assert ana.fault_of(reply) != "", "Rasa answered although part of it was gone"
    talk_to_each_other(*served)
    until(lambda: embedded.pid_of(program) not in (0, killed), within_seconds=60)
    until(lambda: embedded.down_parts() == set(), within_seconds=60)
    # After failures the web lets the assistant rest for some seconds.
    until(lambda: ana.fault_of(ana.says(QUESTION)) == "", within_seconds=20)


@pytest.mark.services
def test_the_services_system_comes_up_goes_and_comes_again(services: System) -> None:
    check_the_life_of(services)
