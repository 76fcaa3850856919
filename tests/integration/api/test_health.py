from unittest.mock import patch

import pytest
from django.test import Client
from whoosh.index import EmptyIndexError

from cms.publishing.tasks import work_outbox

pytestmark = pytest.mark.django_db


def test_the_process_says_it_lives(client: Client) -> None:
    assert client.get("/healthz").status_code == 200


def test_the_desk_outlives_the_assistant(client: Client) -> None:
    response = client.get("/readyz")
    states = {name: part["state"] for name, part in response.json().items()}
    assert response.status_code == 200
    assert (states["database"], states["search"], states["assistant"]) == ("up", "up", "down")


def test_a_worker_is_up_once_it_has_worked(client: Client) -> None:
    assert client.get("/readyz").json()["worker"]["state"] == "down"
    work_outbox()
    assert client.get("/readyz").json()["worker"]["state"] == "up"


def test_without_search_nothing_is_ready(client: Client) -> None:
    with patch("cms.api.health.this_node.reading", side_effect=OSError):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["search"]["state"] == "down"


def test_figures_are_not_for_whoever_comes_through_the_proxy(client: Client) -> None:
    assert b"mac_outbox_unfinished" in client.get("/metrics").content
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_an_index_that_cannot_be_read_is_down_and_not_a_fault(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with patch("cms.api.health.this_node.reading", side_effect=EmptyIndexError):
        response = client.get("/readyz")
    assert (response.status_code, response.json()["search"]["state"]) == (503, "down")
    assert "EmptyIndexError" in caplog.text
