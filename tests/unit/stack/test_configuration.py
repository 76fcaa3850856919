from pathlib import Path

import pytest

from stack import configuration
from stack.configuration import ConfigurationError

SECRETS = {"MAC_SECRET_KEY": "s", "MAC_ASSISTANT_TOKEN": "t"}


def test_it_starts_the_embedded_demo_on_port_8000_in_var_when_nothing_is_said(tmp_path: Path) -> None:
    config = configuration.read({}, root=tmp_path)
    assert (config.port, config.profile, config.demo, config.data_dir) == (
        8000,
        "embedded",
        True,
        tmp_path / "var",
    )


def test_it_reads_a_relative_folder_from_the_root_of_the_project(tmp_path: Path) -> None:
    assert configuration.read({"MAC_DATA_DIR": "elsewhere"}, root=tmp_path).data_dir == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"MAC_PORT": "http"}, "MAC_PORT"),
        ({"MAC_PORT": "0"}, "MAC_PORT"),
        ({"MAC_PORT": "65536"}, "MAC_PORT"),
        ({"MAC_PROFILE": "production"}, "MAC_PROFILE"),
        ({"MAC_DEMO": "yes"}, "MAC_DEMO"),
    ],
)
def test_it_names_the_variable_that_makes_no_sense(environ: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigurationError, match=named):
        configuration.read(environ)


def test_neighbouring_web_ports_give_stacks_with_no_port_in_common() -> None:
    used = [
        port
        for web in (8000, 8001, 8002)
        for port in configuration.read({"MAC_PORT": str(web)}).listening_ports().values()
    ]
    assert len(set(used)) == len(used)


def test_it_tells_every_process_where_the_others_listen() -> None:
    config = configuration.read({"MAC_PORT": "8123"})
    environment = config.environment({}, SECRETS)
    assert environment["MAC_WEB_URL"] == "http://127.0.0.1:8123"
    assert environment["MAC_RASA_URL"] == f"http://127.0.0.1:{config.listening_ports()['rasa']}"
    assert environment["MAC_ACTIONS_URL"] == f"http://127.0.0.1:{config.listening_ports()['actions']}"
    assert environment["MAC_SECRET_KEY"] == "s"


def test_the_embedded_profile_never_sees_the_address_of_a_server() -> None:
    config = configuration.read({})
    environment = config.environment({"DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://x"}, SECRETS)
    assert not environment.keys() & {"DATABASE_URL", "REDIS_URL"}


def test_the_services_profile_passes_its_servers_on() -> None:
    urls = {"DATABASE_URL": "postgresql://x/y", "REDIS_URL": "redis://x"}
    config = configuration.read({"MAC_PROFILE": "services", **urls})
    assert config.environment(urls, SECRETS).items() >= urls.items()


def test_a_shell_prepared_for_tests_does_not_change_what_is_started() -> None:
    inherited = {"DJANGO_SETTINGS_MODULE": "cms.config.settings.test", "PYTHONPATH": "/elsewhere"}
    environment = configuration.read({}).environment(inherited, SECRETS)
    assert environment["DJANGO_SETTINGS_MODULE"] == "cms.config.settings.local"
    assert "PYTHONPATH" not in environment
