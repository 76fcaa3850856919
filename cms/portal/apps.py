from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "cms.portal"
    label = "portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        from cms.portal.drafts import render_draft
        from cms.portal.generation import watch
        from cms.tramites import preview

        preview.register(render_draft)
        watch()
