"""What is done again and again beside the requests. Each is safe to run twice at once."""

from celery import shared_task

from cms.conversations import operations


@shared_task(name="conversations.answer_unanswered")
def answer_unanswered() -> int:
    """Gives their answer to messages whose process died in the middle of a turn."""
    return operations.answer_unanswered()


@shared_task(name="conversations.requeue_absent")
def requeue_absent() -> int:
    """Takes conversations from agents who are gone, and requests nobody will take into the list of callbacks."""
    return operations.requeue_absent() + operations.turn_into_callbacks()
