"""The editor's screens that stand in for Wagtail's own, at the same addresses: they are asked before them."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms.tramites.editor import FichaCreateView, FichaEditView, FichaRevertView

urlpatterns = decorate_urlpatterns(
    decorate_urlpatterns(
        [
            path("pages/<int:page_id>/edit/", FichaEditView.as_view()),
            path("pages/<int:page_id>/revisions/<int:revision_id>/revert/", FichaRevertView.as_view()),
            path(
                "pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
                FichaCreateView.as_view(),
            ),
        ],
        require_admin_access,
    ),
    never_cache,
)
