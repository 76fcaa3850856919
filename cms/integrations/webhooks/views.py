"""The administrators' screens: who is told of publications, and how each telling went."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from cms.accounts.models import User
from cms.integrations.webhooks import operations
from cms.integrations.webhooks.forms import SubscriberForm
from cms.integrations.webhooks.models import Delivery, DeliveryState, Subscriber
from cms.integrations.webhooks.queries import deliveries, subscribers

TITLE = "Avisos a otros sistemas"
LIST = "webhooks:list"
DETAIL = "webhooks:detail"
PER_PAGE = 50

View = Callable[..., HttpResponse]


def is_administrator(user: object) -> bool:
    return isinstance(user, User) and user.is_active and user.is_superuser


def administrators_only(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_administrator(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(checked)


def _screen(request: HttpRequest, name: str, title: str, **context: Any) -> TemplateResponse:
    crumbs = [{"url": reverse(LIST), "label": TITLE}]
    if title != TITLE:
        crumbs.append({"url": "", "label": title})
    shown = {"breadcrumbs_items": crumbs, "header_title": title, "header_icon": "mail", **context}
    return TemplateResponse(request, f"webhooks/{name}.html", shown)


@administrators_only
@require_http_methods(["GET"])
def list_subscribers(request: HttpRequest) -> HttpResponse:
    return _screen(request, "list", TITLE, subscribers=subscribers())


@administrators_only
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = SubscriberForm(request.POST or None)
    if form.is_valid():
        subscriber, secret = operations.subscribe(wish=form.wish(), by=_user(request))
        return _tell_secret(request, subscriber, secret)
    return _screen(request, "form", "Nuevo suscriptor", form=form)


@administrators_only
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    subscriber = get_object_or_404(Subscriber, pk=pk)
    known = {name: getattr(subscriber, name) for name in ("nombre", "url", "tipos", "entidades")}
    form = SubscriberForm(request.POST or None, initial=known)
    if form.is_valid():
        operations.change(subscriber=subscriber, wish=form.wish(), by=_user(request))
        messages.success(request, "Guardado.")
        return HttpResponseRedirect(reverse(DETAIL, args=[pk]))
    return _screen(request, "form", f"Cambiar: {subscriber.nombre}", form=form, subscriber=subscriber)


@administrators_only
@require_http_methods(["GET"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    subscriber = get_object_or_404(Subscriber, pk=pk)
    state = request.GET.get("estado", "")
    page = Paginator(deliveries(subscriber, state), PER_PAGE).get_page(request.GET.get("p"))
    return _screen(
        request,
        "detail",
        subscriber.nombre,
        subscriber=subscriber,
        page=page,
        state=state,
        states=DeliveryState.choices,
    )


@administrators_only
@require_POST
def renew_secret(request: HttpRequest, pk: int) -> HttpResponse:
    subscriber = get_object_or_404(Subscriber, pk=pk)
    return _tell_secret(
        request, subscriber, operations.renew_secret(subscriber=subscriber, by=_user(request))
    )


def _tell_secret(request: HttpRequest, subscriber: Subscriber, secret: str) -> HttpResponse:
    """In the answer to the POST itself: the secret is in no address, no session and no cache."""
    return _screen(request, "secret", f"Secreto de {subscriber.nombre}", subscriber=subscriber, secret=secret)


@administrators_only
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses one that is told, resumes one that is paused."""
    subscriber = get_object_or_404(Subscriber, pk=pk)
    change = operations.pause if subscriber.activo else operations.resume
    change(subscriber=subscriber, by=_user(request))
    messages.success(request, "Avisos en pausa." if subscriber.activo else "Los avisos siguen.")
    return HttpResponseRedirect(reverse(DETAIL, args=[pk]))


@administrators_only
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    subscriber = get_object_or_404(Subscriber, pk=pk)
    operations.unsubscribe(subscriber=subscriber, by=_user(request))
    messages.success(request, f"Ya no se avisa a {subscriber.nombre}.")
    return HttpResponseRedirect(reverse(LIST))


@administrators_only
@require_POST
def redeliver(request: HttpRequest, pk: int, delivery: UUID) -> HttpResponse:
    found = get_object_or_404(Delivery, pk=delivery, subscriber_id=pk)
    operations.redeliver(delivery=found, by=_user(request))
    messages.success(request, "Se envía otra vez en unos segundos.")
    return HttpResponseRedirect(reverse(DETAIL, args=[pk]))


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # administrators_only has let nobody else in
    return request.user
