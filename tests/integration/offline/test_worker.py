"""The service worker's program and its page: one version for one release, at the root, in both languages."""

import json
import re

import pytest
from django.test import Client

from cms.offline import worker

pytestmark = pytest.mark.django_db


def release(client: Client) -> dict[str, object]:
    text = client.get("/sw.js").content.decode()
    written = re.match(r"const RELEASE = (\{.*?\n\});", text, re.DOTALL)
    assert written
    found: dict[str, object] = json.loads(written[1])
    return found


def test_the_program_is_asked_for_each_time_and_sent_only_when_new(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"
    again = client.get("/sw.js", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_what_it_keeps_from_the_start_is_there(client: Client, seeded: None) -> None:
    told = release(client)
    for pages in (told["offline"], told["centres"]):
        assert isinstance(pages, dict)
        for locale, address in pages.items():
            response = client.get(address)
            assert (response.status_code, response["Content-Language"]) == (200, locale)
            assert "public" in response["Cache-Control"]
            assert "1800" in response.content.decode()


def test_the_age_of_a_kept_page_is_said_in_its_language(client: Client) -> None:
    aged = release(client)["aged"]
    assert isinstance(aged, dict)
    assert aged["es"] != aged["qu"]
    assert all("{cuando}" in said and "1800" in said for said in aged.values())


def test_another_program_is_another_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    before = release(client)["version"]
    monkeypatch.setattr(worker, "STATIC", (*worker.STATIC, "ui/another.css"))
    worker.program.cache_clear()
    try:
        assert release(client)["version"] != before
    finally:
        worker.program.cache_clear()
