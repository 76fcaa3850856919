"""Quechua sentences in Wagtail's admin: saving one publishes the version that has it."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.accounts.models import User
from cms.tramites.models import Palabra
from cms.tramites.operations import publish_translations


class PalabraViewSet(SnippetViewSet):
    model = Palabra
    icon = "globe"
    menu_label = "Quechua"
    add_to_admin_menu = True
    list_display = ("codigo", "clave", "texto", "estado")
    list_filter = ("estado", "variedad")
    search_fields = ("codigo", "texto")
    panels = [
        FieldPanel("codigo", read_only=False),
        FieldPanel("clave"),
        FieldPanel("texto"),
        FieldPanel("estado"),
        FieldPanel("variedad"),
    ]


register_snippet(PalabraViewSet)


def publish_saved_translation(request: HttpRequest, instance: Any) -> None:
    if isinstance(instance, Palabra):
        assert isinstance(request.user, User)
        Palabra.objects.filter(pk=instance.pk).update(by=request.user)
        publish_translations(instance.codigo, by=request.user)


hooks.register("after_create_snippet", publish_saved_translation)
hooks.register("after_edit_snippet", publish_saved_translation)
