"""What every screen of a package has in common: whose it is to see, and how a refusal is told."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from cms.accounts.models import User
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Paquete
from cms.editing.packages.rights import visible
from cms.tramites.middleware import keeps_its_own

SHOWN_LINES = 20
Act = Callable[[HttpRequest, Paquete], HttpResponse | None]


def user_of(request: HttpRequest) -> User:
    """Wagtail lets nobody in without an account."""
    return cast(User, request.user)


def package_of(request: HttpRequest, pk: int) -> Paquete:
    """404 for what the person may not see: also that it exists is told to nobody else."""
    return get_object_or_404(visible(user_of(request)), pk=pk)


def shown(package: Paquete) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("packages:detail", args=[package.pk]))


def tell(request: HttpRequest, refused: PackageError) -> None:
    lines = refused.lines[:SHOWN_LINES]
    more = len(refused.lines) - len(lines)
    listed = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    rest = format_html("<li>y {} más</li>", more) if more else ""
    text = format_html("{}<ul>{}{}</ul>", refused.message, listed, rest) if lines else refused.message
    messages.error(request, text)


def step(act: Act) -> Callable[..., HttpResponse]:
    """A button of a package's screen: a POST that ends on that screen, with what was done or why it was not.

    The operations have transactions of their own, and hold no lock while they think.
    """

    @wraps(act)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        package = package_of(request, pk)
        try:
            answer = act(request, package)
        except PackageError as refused:
            tell(request, refused)
            answer = None
        return answer or shown(package)

    return keeps_its_own(require_POST(view))
