"""docker-compose.yml is the services profile: the same processes, nothing secret, nothing for a demo."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from cryptography.fernet import Fernet
from django.test import Client

from cms.editing.packages.files import PDF_BYTES, SHEET_BYTES
from cms.editing.translation.importing import MAX_BYTES as PO_BYTES
from cms.narration.uploads import MOST_BYTES as RECORDING_BYTES
from stack.programs import all_programs

OUR_OWN = {"web", "rasa", "actions", "worker", "beat"}

EVERYWHERE = "0.0.0.0"  # noqa: S104 - inside a container, behind the proxy

# What is refused where it has no form.
GIVEN = {"MAC_ORIGINALS_KEYS": Fernet.generate_key().decode()}


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services(text: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]
    return loaded


@pytest.fixture(scope="module")
def production(root: Path, services: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Django's settings inside the web container, of those that decide whom it answers and how."""
    # What has a default is left unset; what must be given is given.
    given = {
        name: re.sub(r"\$\{.*?\}", GIVEN.get(name, "given"), re.sub(r"\$\{\w+:-\}", "", value))
        for name, value in services["web"]["environment"].items()
    }
    names = ["ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", "SECURE_PROXY_SSL_HEADER"]
    code = (
        "import json; from django.conf import settings; "
        f"print(json.dumps({{name: getattr(settings, name) for name in {names}}}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={"PATH": os.environ["PATH"], **given},
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_starts_exactly_what_make_run_starts(services: dict[str, dict[str, Any]]) -> None:
    programs = {program.name: list(program.command) for program in all_programs(bind=EVERYWHERE, port=8000)}
    assert programs.keys() == OUR_OWN
    assert {name: services[name]["command"] for name in programs} == programs


def test_every_process_is_watched_and_started_again(services: dict[str, dict[str, Any]]) -> None:
    lasting = {name: service for name, service in services.items() if name != "prepare"}
    assert {name for name, service in lasting.items() if service.get("restart") != "unless-stopped"} == set()
    assert {name for name, service in lasting.items() if "healthcheck" not in service} == set()


def test_our_processes_find_one_another(services: dict[str, dict[str, Any]]) -> None:
    for name in OUR_OWN:
        environment = services[name]["environment"]
        assert environment["MAC_PROFILE"] == "services"
        for variable in ("MAC_WEB_URL", "MAC_RASA_URL", "MAC_ACTIONS_URL"):
            host = re.fullmatch(r"http://(\w+):\d+", environment[variable])
            assert host is not None
            assert host[1] in services


@pytest.mark.usefixtures("seeded")
def test_the_web_answers_the_assistant_inside_and_only_by_a_name_it_knows(
    services: dict[str, dict[str, Any]], production: dict[str, Any], settings: Any
) -> None:
    for name, value in production.items():
        setattr(settings, name, tuple(value) if name == "SECURE_PROXY_SSL_HEADER" else value)
    called = urlsplit(services["actions"]["environment"]["MAC_WEB_URL"])
    question = {"q": "¿cuánto cuesta el duplicado del dni?", "locale": "es"}
    answer = Client().get("/api/v1/resolve", question, headers={"host": called.netloc})
    assert answer.status_code == 200
    assert answer.json()["codigo"] == "reniec-dni-duplicado"
    stranger = Client().get("/api/v1/resolve", question, headers={"host": "elsewhere.example"})
    assert stranger.status_code == 400


def test_the_proxy_sends_citizens_from_http_to_https(root: Path) -> None:
    caddyfile = (root / "stack/proxy/Caddyfile").read_text(encoding="utf-8")
    # A site named by its host alone is served over https, and http is sent there, unless it is told not to.
    assert re.search(r"^\{\$MAC_PUBLIC_HOST\} \{$", caddyfile, flags=re.MULTILINE)
    assert "auto_https" not in caddyfile
    assert "http://" not in caddyfile


def test_it_runs_with_production_settings_and_without_demo_accounts(
    text: str, services: dict[str, dict[str, Any]]
) -> None:
    assert "MAC_DEMO" not in text
    for name in ("prepare", "web", "worker", "beat"):
        assert services[name]["environment"]["DJANGO_SETTINGS_MODULE"] == "cms.config.settings.production"


def test_secrets_are_asked_for_and_never_written_down(text: str, services: dict[str, dict[str, Any]]) -> None:
    secret = re.compile(r"(PASSWORD|SECRET|TOKEN|KEY)")
    for service in services.values():
        for name, value in (service.get("environment") or {}).items():
            if secret.search(name):
                assert re.fullmatch(r"\$\{\w+:\?[^}]+\}", value), name
    assert not re.search(r"://[^/@\s]+:(?!\$\{)[^/@\s]+@", text)


def test_only_the_proxy_is_reached_from_outside(services: dict[str, dict[str, Any]]) -> None:
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "outside" not in services["rasa"]["networks"] + services["actions"]["networks"]


def test_the_proxy_keeps_figures_and_state_inside(root: Path) -> None:
    caddyfile = (root / "stack/proxy/Caddyfile").read_text(encoding="utf-8")
    assert re.search(r"@inside path /metrics /readyz\s+respond @inside 404", caddyfile)


def test_the_proxy_lets_through_the_largest_upload_we_promise(root: Path) -> None:
    """A resolution and a sheet travel in one form, or a translators' file, with what the form adds around them."""
    caddyfile = (root / "stack/proxy/Caddyfile").read_text(encoding="utf-8")
    limits = dict(re.findall(r"request_body (@\w+) \{[^}]*\smax_size (\d+)MiB\s", caddyfile))
    assert re.search(r"^\s*@voices path /admin/voces/\*$", caddyfile, flags=re.MULTILINE)
    assert re.search(r"^\s*@all_but_voices not path /admin/voces/\*$", caddyfile, flags=re.MULTILINE)
    promises = {"@voices": RECORDING_BYTES, "@all_but_voices": max(PDF_BYTES + SHEET_BYTES, PO_BYTES)}
    assert limits.keys() == promises.keys()
    for where, promised in promises.items():
        assert promised < int(limits[where]) * 1024 * 1024 <= promised * 1.2


def test_images_and_makefile_use_the_same_uv(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    version = re.search(r"^UV_VERSION := (\S+)$", makefile, flags=re.MULTILINE)
    assert version is not None
    dockerfiles = list((root / "stack/images").glob("*.Dockerfile"))
    assert len(dockerfiles) == 2
    for dockerfile in dockerfiles:
        assert f"uv=={version[1]}" in dockerfile.read_text(encoding="utf-8")
