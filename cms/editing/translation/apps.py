from django.apps import AppConfig


class TranslationConfig(AppConfig):
    name = "cms.editing.translation"
    label = "translation"
    verbose_name = "Traducción"

    def ready(self) -> None:
        from django.db.models.signals import post_save
        from wagtail.models import Revision

        from cms.editing.packages.models import Paquete
        from cms.editing.translation.progress import follow_change
        from cms.editing.translation.signals import package_was_saved, revision_was_saved
        from cms.publishing.registry import follow

        follow("translation", follow_change)
        post_save.connect(revision_was_saved, sender=Revision, dispatch_uid="translation.draft_saved")
        post_save.connect(package_was_saved, sender=Paquete, dispatch_uid="translation.package_saved")
