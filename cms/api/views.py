"""The editors' screen: which programs may read the draft of a ficha, and until when."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from cms.accounts.models import User
from cms.api import operations
from cms.api.models import DraftLink
from cms.api.operations import LASTS_HOURS, DraftUnfinished
from cms.tramites.models import FichaPage

SCREEN = "drafts:links"
NAMES = {1: "una hora", 24: "un día", 168: "una semana"}


class LinkForm(forms.Form):
    horas = forms.TypedChoiceField(
        label="Dura", coerce=int, choices=[(hours, NAMES[hours]) for hours in LASTS_HOURS], initial=24
    )


@never_cache
@require_http_methods(["GET", "POST"])
def draft_links(request: HttpRequest, page_id: int) -> HttpResponse:
    """The links there are; a POST makes another and shows its address, this once."""
    page = _page(request, page_id)
    form = LinkForm(request.POST or None)
    if not form.is_valid():
        return _screen(request, page, form=form)
    try:
        link, token = operations.share_draft(page=page, hours=form.cleaned_data["horas"], by=_user(request))
    except DraftUnfinished as error:
        return _screen(request, page, form=form, unfinished=error.said)
    address = f"{settings.PUBLIC_URL}/api/v1/drafts/{token}"
    return _screen(request, page, form=LinkForm(), made=link, address=address)


@never_cache
@require_POST
def revoke(request: HttpRequest, page_id: int, link_id: int) -> HttpResponse:
    page = _page(request, page_id)
    operations.revoke(link=get_object_or_404(DraftLink, pk=link_id, page=page), by=_user(request))
    messages.success(request, "Ese enlace ya no lleva a ninguna parte.")
    return HttpResponseRedirect(reverse(SCREEN, args=[page.pk]))


def _page(request: HttpRequest, page_id: int) -> FichaPage:
    """The ficha's page, for whoever may edit it; raises PermissionDenied for everybody else."""
    page = get_object_or_404(FichaPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _screen(request: HttpRequest, page: FichaPage, **context: Any) -> TemplateResponse:
    crumbs = [
        {"url": reverse("wagtailadmin_pages:edit", args=[page.pk]), "label": page.get_admin_display_title()},
        {"url": "", "label": "Borrador para un sistema"},
    ]
    shown = {
        "breadcrumbs_items": crumbs,
        "header_title": "Borrador para un sistema",
        "header_icon": "view",
        "page": page,
        "links": page.draft_links.select_related("creado_por")[:50],
        **context,
    }
    return TemplateResponse(request, "api/draft_links.html", shown)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the admin has let nobody in without an account
    return request.user
