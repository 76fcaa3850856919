"""What is done again and again beside the requests. Each is safe to run twice at once."""

from celery import shared_task

from cms.remarks import letters


@shared_task(name="remarks.send_answers")
def send_answers() -> int:
    """Sends the answers that are due by mail."""
    return letters.send_due()
