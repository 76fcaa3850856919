"""What is done again and again beside the requests. Each is safe to run twice at once."""

from celery import shared_task

from cms.conversations import operations
from cms.conversations.one_by_one import one_by_one


@shared_task(name="conversations.answer_unanswered")
def answer_unanswered() -> int:
    """Gives their answer to messages whose process died in the middle of a turn."""
    return operations.answer_unanswered()


@shared_task(name="conversations.requeue_absent")
def requeue_absent() -> int:
    """Takes conversations from agents who are gone or silent, and requests nobody will take into the list of callbacks."""
    steps = [
        operations.requeue_absent,
        operations.requeue_unanswered,
        operations.tell_fallback,
        operations.turn_into_callbacks,
        operations.bring_back,
    ]
    return one_by_one(lambda step: step(), steps, job="requeue_absent")


@shared_task(name="conversations.apply_retention")
def apply_retention() -> int:
    """Deletes originals, contacts and conversations that are over their time, and what other apps keep of citizens."""
    return operations.apply_retention().total
