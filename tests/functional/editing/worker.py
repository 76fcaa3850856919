"""What beat and worker do every few seconds, once, with their clock moved: `python -m tests.functional.editing.worker <seconds>`."""

import sys
from datetime import timedelta
from unittest.mock import patch

import django


def main(ahead: timedelta) -> None:
    django.setup()
    from django.utils import timezone

    from cms.editing.packages.tasks import take_force
    from cms.publishing.tasks import work_outbox

    with patch("django.utils.timezone.now", return_value=timezone.now() + ahead):
        take_force()
        work_outbox()


if __name__ == "__main__":
    main(timedelta(seconds=float(sys.argv[1])))
