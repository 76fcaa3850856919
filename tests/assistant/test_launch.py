import os
import subprocess
import sys
import threading
import time

import pytest

from assistant import fingerprint, launch, settings
from tests.assistant.conftest import DATA_DIR, ROOT, environment


def run(command, **more):
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "assistant.launch", command],
        cwd=ROOT, env=environment(8000, "http://127.0.0.1:9", **more), capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_training_again_takes_no_time_and_no_rasa(model):
    started = time.monotonic()
    done = run("train")
    assert time.monotonic() - started < 1
    assert done.returncode == 0
    assert "up to date" in done.stdout
    assert "rasa" not in done.stderr


def test_a_change_of_the_data_is_noticed(model, monkeypatch, tmp_path):
    config = settings.Settings("embedded", DATA_DIR, "", 8000, "", "", "", "", "")
    assert fingerprint.is_trained(config)
    before = fingerprint.current(config)
    extra = ROOT / "build" / "assistant-tests" / "extra.yml"
    extra.write_text("x")
    monkeypatch.setattr(fingerprint, "TRAINING_FILES", (*fingerprint.TRAINING_FILES, extra))
    assert fingerprint.current(config) != before
    assert not fingerprint.is_trained(config)


def test_a_server_without_a_model_ends_and_says_what_to_do(tmp_path):
    done = run("server", MAC_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "launch train" in done.stdout


def test_a_server_with_a_broken_model_ends(tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "assistant.tar.gz").write_bytes(b"not a model")
    done = run("server", MAC_DATA_DIR=str(tmp_path), MAC_PORT="18990")
    assert done.returncode != 0
    assert "ready" not in done.stdout


def test_the_command_line_is_explained():
    assert launch.main([]) == 2
    assert launch.main(["dance"]) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("MAC_PORT", "http"), ("MAC_PORT", "70000"), ("MAC_PROFILE", "cloud"), ("MAC_PROFILE", "services")],
)
def test_settings_that_make_no_sense_are_refused(monkeypatch, name, value):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv(name, value)
    with pytest.raises(settings.SettingsError, match="MAC_"):
        settings.load()


def test_addresses_follow_the_port_unless_they_are_given(monkeypatch):
    monkeypatch.setenv("MAC_PORT", "9100")
    config = settings.load()
    assert (config.web_url, config.server_port, config.actions_port) == ("http://127.0.0.1:9100", 9101, 9102)
    monkeypatch.setenv("MAC_RASA_URL", "http://rasa:5005")
    assert settings.load().server_port == 5005
    assert settings.load().bind == "127.0.0.1"


def test_the_kept_secret_is_made_once_and_private(tmp_path, monkeypatch):
    monkeypatch.delenv("MAC_ASSISTANT_TOKEN", raising=False)
    monkeypatch.setenv("MAC_DATA_DIR", str(tmp_path))
    found: set[str] = set()
    threads = [threading.Thread(target=lambda: found.add(settings.token(settings.load()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert len(found.pop()) >= 32
    assert oct((tmp_path / "assistant-token").stat().st_mode)[-3:] == "600"
    monkeypatch.setenv("MAC_ASSISTANT_TOKEN", "short")
    with pytest.raises(settings.SettingsError):
        settings.token(settings.load())


def test_nothing_is_reported_to_anybody():
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"
    import rasa.telemetry

    assert rasa.telemetry.is_telemetry_enabled() is False
