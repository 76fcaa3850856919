"""The API keeps its own description: whatever that allows is answered as it says, and what it forbids is refused.

The questions are made by a program from the OpenAPI description, the same ones at every run, and asked in
process. Nobody needs to have thought of them.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cms.api.v1 import api
from cms.conversations import operations

Change = Callable[[Any], None]
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]

# In the services profile only the database beneath is another one; a third of the same questions tries that.
EXAMPLES = 30 if os.environ.get("MAC_PROFILE", "embedded") == "embedded" else 10
# Not asked here: an event stream has no end (tests/integration/conversations reads it).
ENDLESS = "events"
DESCRIPTION = "/api/v1/openapi.json"
KEPT = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def operation_ids(*, of_conversations: bool) -> list[str]:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return [
        operation["operationId"]
        for path, methods in paths.items()
        for operation in methods.values()
        if ("/conversations" in path) == of_conversations and operation["operationId"] != ENDLESS
    ]


@pytest.fixture
def described(db: None) -> Iterator[Any]:
    """The description, and the API to ask; a request does not close the connection the test's data is in."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi(DESCRIPTION, get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """So many questions in a minute are more than one address may ask."""
    monkeypatch.setattr("cms.channels.web.limits._count", lambda *args, **kwargs: None, raising=False)


def ask(operation: Any, mode: GenerationMode, checks: Sequence[Any], change: Change | None = None) -> int:
    """Asks `operation` what its description allows (or forbids); returns how many questions that were.

    0 where nothing can be wrong about it, because it takes nothing.
    """
    asked = 0

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def question(case: Any) -> None:
        nonlocal asked
        asked += 1
        if change:
            change(case)
        case.call_and_validate(checks=checks)

    with contextlib.suppress(Unsatisfiable):
        question()
    return asked


@pytest.mark.parametrize("operation_id", operation_ids(of_conversations=False))
def test_what_the_description_allows_is_answered_as_it_says(described: Any, operation_id: str) -> None:
    assert ask(described.find_operation_by_id(operation_id), GenerationMode.POSITIVE, KEPT) >= 1


@pytest.mark.parametrize("operation_id", operation_ids(of_conversations=False))
def test_what_the_description_forbids_is_refused_as_it_says(described: Any, operation_id: str) -> None:
    operation = described.find_operation_by_id(operation_id)
    asked = ask(operation, GenerationMode.NEGATIVE, [*KEPT, negative_data_rejection])
    assert asked or not operation.query


NAMED = {"codigo": "reniec-dni-duplicado", "id": "centro-mac-piura", "entidad": "reniec", "tema": "salud"}


@pytest.mark.parametrize("operation_id", operation_ids(of_conversations=False))
def test_of_what_there_is_every_answer_has_the_shape_described(described: Any, operation_id: str) -> None:
    """Made-up names are found nowhere: here each question is of a ficha, a place or an entity there is."""

    def name_what_there_is(case: Any) -> None:
        for name in case.path_parameters.keys() & NAMED.keys():
            case.path_parameters[name] = NAMED[name]
        if operation_id == "get_entidad":
            case.path_parameters["id"] = NAMED["entidad"]
        for name in case.query.keys() & NAMED.keys():
            case.query[name] = NAMED[name]

    operation = described.find_operation_by_id(operation_id)
    assert ask(operation, GenerationMode.POSITIVE, KEPT, name_what_there_is) >= 1


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("operation_id", operation_ids(of_conversations=True))
def test_a_citizen_s_conversation_is_answered_as_described(
    described: Any, operation_id: str, mode: GenerationMode
) -> None:
    started = operations.start(locale="es", codigo="")

    def write_to_it(case: Any) -> None:
        if "conversation_id" in case.path_parameters:
            case.path_parameters["conversation_id"] = str(started.conversation.pk)
            case.headers["Authorization"] = f"Bearer {started.token}"

    operation = described.find_operation_by_id(operation_id)
    asked = ask(operation, mode, KEPT, write_to_it)
    assert asked or (mode is GenerationMode.NEGATIVE and not operation.query and not operation.body)
