"""Every address. Each app owns its own; `es/` and `qu/` hold the same pages."""

from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.api.health import metrics, readyz
from cms.api.v1 import api
from cms.ui.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("admin/", include("cms.tramites.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("confirmar/", include("cms.editing.confirmation.urls")),
    path("desk/", include("cms.desk.urls")),
    path("", include("cms.channels.web.urls")),
    path("", include("cms.remarks.urls")),
    path("", include("cms.narration.urls")),
    path("", include("cms.offline.urls")),
    path("", include("cms.ui.urls")),
    path("", include("cms.portal.urls")),
]

handler404 = "cms.ui.views.not_found"
