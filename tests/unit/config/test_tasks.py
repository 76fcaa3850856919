"""What the web sends to the worker goes to the worker's broker."""

import os
import socket
import subprocess
import sys
from pathlib import Path


def test_a_task_sent_by_the_web_process_goes_to_the_broker_of_the_settings(tmp_path: Path) -> None:
    program = (
        "import cms.config.asgi\n"
        "from cms.publishing.tasks import work_outbox\n"
        "work_outbox.delay()\n"
        "print(work_outbox.app.main, work_outbox.app.conf.broker_url)\n"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.config.settings.local",
        "MAC_PROFILE": "embedded",
        "MAC_DATA_DIR": str(tmp_path),
        "MAC_SECRET_KEY": "only-for-tests",
        "MAC_ASSISTANT_TOKEN": "only-for-tests",
    }
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "mac wholefile://localhost", done.stderr
    assert list((tmp_path / "broker").glob("*.msg"))


def test_a_broker_that_takes_a_task_and_never_answers_keeps_nobody_for_long() -> None:
    program = (
        "import cms.config.asgi\n"
        "from kombu.exceptions import OperationalError\n"
        "from cms.publishing.tasks import work_outbox\n"
        "try:\n    work_outbox.delay()\n"
        "except OperationalError as error:\n    print(error)\n"
    )
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "cms.config.settings.local",
            "MAC_PROFILE": "services",
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "REDIS_URL": f"redis://127.0.0.1:{silent.getsockname()[1]}/0",
            "MAC_SECRET_KEY": "only-for-tests",
            "MAC_ASSISTANT_TOKEN": "only-for-tests",
        }
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert "Timeout" in done.stdout, done.stderr
