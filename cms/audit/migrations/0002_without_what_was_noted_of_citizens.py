"""Empties what agents noted of citizens and the audit kept too: it goes with the conversation, where it stands."""

from typing import Any

from django.db import migrations

NOTED = (
    "conversation.transferred",
    "conversation.requeued",
    "conversation.handed_back",
    "conversation.closed",
    "conversation.outcome",
    "conversation.reassigned",
    "callback.finished",
    "callback.tried",
)


def empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("audit", "Entry").objects.filter(what__in=NOTED).exclude(why="").update(why="")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(empty, migrations.RunPython.noop)]
