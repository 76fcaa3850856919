"""docker-compose.yml is the services profile: the same processes, nothing secret, nothing for a demo."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from stack.programs import all_programs

OUR_OWN = {"web", "rasa", "actions", "worker", "beat"}

EVERYWHERE = "0.0.0.0"  # noqa: S104 - inside a container, behind the proxy


@pytest.fixture(scope="module")
def text(root: Path) -> str:
    return (root / "docker-compose.yml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services(text: str) -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(text)["services"]
    return loaded


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


def test_images_and_makefile_use_the_same_uv(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    version = re.search(r"^UV_VERSION := (\S+)$", makefile, flags=re.MULTILINE)
    assert version is not None
    dockerfiles = list((root / "stack/images").glob("*.Dockerfile"))
    assert len(dockerfiles) == 2
    for dockerfile in dockerfiles:
        assert f"uv=={version[1]}" in dockerfile.read_text(encoding="utf-8")
