"""Ends every conversation that is open, and every shift: `python -m tests.functional.desk.settle`. After a test that failed, the next finds nobody waiting."""

import django


def main() -> None:
    django.setup()
    from cms.conversations.models import Conversation, Owner, Presence
    from cms.conversations.operations.citizens import close_by_citizen

    for conversation in Conversation.objects.exclude(owner=Owner.CLOSED):
        close_by_citizen(conversation=conversation)
    Presence.objects.all().delete()


if __name__ == "__main__":
    main()
