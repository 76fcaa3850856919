from django.urls import path

from cms.api import views

app_name = "drafts"
urlpatterns = [
    path("<int:page_id>/", views.draft_links, name="links"),
    path("<int:page_id>/<int:link_id>/retirar/", views.revoke, name="revoke"),
]
