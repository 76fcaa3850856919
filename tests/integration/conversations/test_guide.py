"""What docs/api.md tells integrators of conversations is so: the commands work as they stand, and no call is left out."""

import json
import os
import re
import subprocess

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from cms.conversations.models import Conversation, Handoff, Message


@pytest.fixture(scope="module")
def chapter() -> str:
    guide = (settings.ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    found = re.search(r"^## Conversations\n(.*?)^## ", guide, flags=re.DOTALL | re.MULTILINE)
    assert found
    return found[1]


def test_the_commands_of_the_guide_make_a_whole_conversation(
    real_commits: None, live_server: LiveServer, chapter: str
) -> None:
    commands = re.search(r"```bash\n(.*?)```", chapter, flags=re.DOTALL)
    assert commands
    environment = {**os.environ, "SITE": live_server.url, "no_proxy": "*"}
    program = ["bash", "-euo", "pipefail", "-c", commands[1]]
    done = subprocess.run(program, env=environment, capture_output=True, text=True, timeout=90)
    assert done.returncode == 0, done.stderr
    kept = Conversation.objects.get()
    assert (kept.owner, kept.rating, kept.read_by_citizen) == ("closed", 5, 3)
    assert Handoff.objects.get().state == "cancelled"
    written = Message.objects.filter(conversation=kept, client_id__in=("m-1", "m-2"))
    assert written.count() == 2
    assert f'"id": "{kept.pk}"' not in done.stdout, "what begins it is kept, not shown"


def test_every_call_and_every_field_one_may_send_is_in_the_guide(client: Client, chapter: str) -> None:
    schema = json.loads(client.get("/api/v1/openapi.json").content)
    prefix = "/api/v1/"
    calls = {
        f"{method.upper()} {path.removeprefix(prefix).replace('{conversation_id}', '{id}')}"
        for path, methods in schema["paths"].items()
        if path.startswith(f"{prefix}conversations")
        for method in methods
    }
    told = {
        call.partition("?")[0] for call in re.findall(r"^\| `((?:GET|POST) [^ `]+)", chapter, re.MULTILINE)
    }
    assert told == calls
    shapes = schema["components"]["schemas"]
    for name in ("ConversationIn", "MessageIn", "HandoffIn", "ReadIn", "RatingIn"):
        for field in shapes.get(name, {}).get("properties", {}):
            assert field in chapter, (name, field)
    for field in shapes["HandoffOut"]["properties"]:
        assert f"`{field}`" in chapter or field == "phone", field
