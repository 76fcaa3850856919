from django.urls import path

from cms.integrations.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("", views.list_subscribers, name="list"),
    path("nuevo/", views.add, name="add"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/cambiar/", views.edit, name="edit"),
    path("<int:pk>/secreto/", views.renew_secret, name="secret"),
    path("<int:pk>/pausa/", views.switch, name="switch"),
    path("<int:pk>/quitar/", views.remove, name="remove"),
    path("<int:pk>/reenviar/<uuid:delivery>/", views.redeliver, name="redeliver"),
]
