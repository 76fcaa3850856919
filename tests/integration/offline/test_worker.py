"""The service worker's program and its page: one version for one release, at the root, in both languages."""

import json
import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cms.notices.models import Aviso
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


@pytest.mark.parametrize("path", ["/es/", "/qu/", "/"])
def test_each_notice_on_a_page_is_found_with_its_end_by_the_program(
    client: Client, seeded: None, path: str
) -> None:
    now = timezone.now()
    ends = [now + timedelta(hours=1), now + timedelta(days=3)]
    for number, end in enumerate(ends):
        Aviso.objects.create(
            titulo=f"Aviso {number}", texto="Uno.\n\nDos.", titulo_qu=f"Willakuy {number}", texto_qu="Huk.\nIskay.",
            fuente="PCM", fuente_fecha=now.date(), desde=now - timedelta(hours=1), hasta=end,
        )  # fmt: skip
    html = client.get(path).content.decode()
    patterns = dict(re.findall(r"^const (ALERT|NO_ALERTS) = /(.+)/gs;$", worker.program(), re.MULTILINE))
    found = list(re.finditer(patterns["ALERT"], html, re.DOTALL))
    assert sorted({datetime.fromisoformat(alert[2]) for alert in found}) == ends
    rest = re.sub(patterns["ALERT"], "", html, flags=re.DOTALL)
    assert 'class="alert ' not in rest
    assert re.search(r"[Aa]viso 0|[Ww]illakuy 0", rest) is None
    assert '<section class="alerts' not in re.sub(patterns["NO_ALERTS"], "", rest, flags=re.DOTALL)
