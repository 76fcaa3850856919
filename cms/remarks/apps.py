from django.apps import AppConfig


class RemarksConfig(AppConfig):
    name = "cms.remarks"
    label = "remarks"
    verbose_name = "Reclamos, felicitaciones y sugerencias"

    def ready(self) -> None:
        from cms.conversations import keepers
        from cms.remarks import retention

        keepers.register(retention.KEEPER)
