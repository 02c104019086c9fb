"""People from a file, for the hub team."""

from django.urls import path

from accounts.from_file import views

urlpatterns = [
    path("", views.from_file, name="people_from_file"),
    path("<int:pk>/", views.preview, name="people_preview"),
]
