from django.apps import AppConfig


class TramitesConfig(AppConfig):
    name = "cms.tramites"
    label = "tramites"
    verbose_name = "Trámites"

    def ready(self) -> None:
        from django.db.models.signals import pre_delete
        from wagtail.signals import published, unpublished

        from cms.tramites import signals
        from cms.tramites.models import FichaPage

        published.connect(signals.page_was_published, dispatch_uid="tramites.published")
        unpublished.connect(signals.page_was_unpublished, dispatch_uid="tramites.unpublished")
        pre_delete.connect(signals.page_was_deleted, sender=FichaPage, dispatch_uid="tramites.deleted")
