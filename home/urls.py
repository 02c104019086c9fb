"""Small addresses that machines ask for. The front page itself is Wagtail's."""

from django.urls import include, path

from home import views

app_name = "home"

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("", include("home.first_hour.urls")),
    path("", include("home.installable.urls")),
]
