"""The least a Django server can be: one view that returns the same bytes each time. The peer of pages and starts.

BENCH_BODY=<file> python -m uvicorn tests.bench.bare:application
"""

import os
from pathlib import Path

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

BODY = Path(os.environ["BENCH_BODY"]).read_bytes()

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="the peer keeps no secret",
    MIDDLEWARE=[],
)


def same_bytes(request: HttpRequest) -> HttpResponse:
    return HttpResponse(BODY)


urlpatterns = [path("", same_bytes)]
application = get_asgi_application()
