"""Health of the process itself, and the page that is not there."""

from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found

from cms.ui.packing import packed


def healthz(request: HttpRequest) -> HttpResponse:
    """Answers as long as the process lives; what it depends on is told by /readyz."""
    return HttpResponse("ok", content_type="text/plain")


@packed
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """It carries no token: so it may be as light as the pages that are there."""
    return page_not_found(request, exception)
