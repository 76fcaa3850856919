"""What beat and worker do about absent agents, once, with their clock moved and the web up meanwhile: `python -m tests.functional.desk.later <seconds>`."""

import sys
from datetime import timedelta
from unittest.mock import patch

import django


def main(ahead: timedelta) -> None:
    django.setup()
    from django.utils import timezone

    from cms.conversations import uptime
    from cms.conversations.tasks import requeue_absent

    now = timezone.now()
    until = now + ahead
    while now < until:
        now = min(now + timedelta(seconds=uptime.BEAT_SECONDS), until)
        with patch("django.utils.timezone.now", return_value=now):
            uptime.write_down()
    with patch("django.utils.timezone.now", return_value=now):
        requeue_absent()


if __name__ == "__main__":
    main(timedelta(seconds=float(sys.argv[1])))
