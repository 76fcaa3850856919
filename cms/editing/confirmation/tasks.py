"""What is done beside the requests. Each is safe to run twice at once."""

from celery import shared_task

from cms.editing.confirmation import letters, operations
from cms.editing.confirmation.proposing import propose_answers


@shared_task(name="confirmation.send_letters")
def send_letters() -> int:
    return letters.send_due()


@shared_task(name="confirmation.make_packages")
def make_packages() -> int:
    """Makes the package of each answered round that has none yet."""
    return propose_answers()


@shared_task(name="confirmation.remind")
def remind() -> int:
    return operations.remind_due()
