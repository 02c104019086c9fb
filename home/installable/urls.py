"""What a phone asks for."""

from django.urls import path

from home.installable import views

urlpatterns = [
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("icons/<slug:digest>/<slug:name>.png", views.icon, name="icon"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
    path("on-your-phone/", views.on_your_phone, name="on_your_phone"),
]
