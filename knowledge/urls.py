"""What one can do with guidance. The pages themselves are Wagtail's."""

from django.urls import path

from knowledge import views
from knowledge.writing.views import GuidanceWriting

app_name = "knowledge"

urlpatterns = [
    path("due/", views.due, name="due"),
    *GuidanceWriting().urls(),
    path("<any_slug:slug>/checked/", views.check, name="check"),
]
