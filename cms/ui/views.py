"""Health of the process itself."""

from django.http import HttpRequest, HttpResponse


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process lives; what it depends on is told by /readyz."""
    return HttpResponse("ok", content_type="text/plain")
