"""What one can do with guidance. The pages themselves are Wagtail's."""

from django.urls import path

from knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("due/", views.due, name="due"),
    path("<any_slug:slug>/checked/", views.check, name="check"),
]
