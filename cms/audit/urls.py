from django.urls import path

from cms.audit import views

app_name = "auditoria"
urlpatterns = [
    path("", views.listing, name="listing"),
    path("auditoria.csv", views.export, name="export"),
]
