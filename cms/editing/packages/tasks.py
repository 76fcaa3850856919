"""What the clock does to packages. Safe to run twice at once."""

from celery import shared_task

from cms.editing.packages import letters, operations


@shared_task(name="packages.take_force")
def take_force() -> int:
    """Puts approved packages in force whose time has come; also after a process died between approval and publication."""
    return operations.take_force_due()


@shared_task(name="packages.tell_stopped")
def tell_stopped() -> int:
    """Writes to those whose package stopped; also what could not be sent before."""
    return letters.send_due()
