"""Where the pictures are."""

from django.urls import path

from design.art.views import picture

app_name = "art"

urlpatterns = [
    path("art/<slug:version>/<slug:kind>/<slug:variant>/<slug:seed>.svg", picture, name="art"),
]
