"""A Celery worker as `make run` starts one, over the Redis and the database of a test, that trusts a test's own authority.

`python -m tests.unit.integrations.webhooks.worker QUEUE CERTIFICATES`. Only whom it trusts differs from the system's worker:
the machine of a test has no certificate that the public authorities have signed.
"""

import ssl
import sys

from django.conf import settings

from cms.config.celery import app
from cms.integrations.webhooks import client


def main() -> None:
    queue, certificates = sys.argv[1:]
    trusted = ssl.create_default_context(cafile=certificates)
    client._trusted = lambda: trusted  # type: ignore[assignment]
    settings.WEBHOOKS_ALLOW_LOOPBACK = True
    app.worker_main(["worker", "--pool", "solo", "--queues", queue, "--without-gossip", "--without-mingle"])


if __name__ == "__main__":
    main()
