"""What the hub has about one topic."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from people import views


class AnyAlphabet(SlugConverter):
    """Slugs of topics may have the letters of any language."""

    regex = r"[-\w]+"


register_converter(AnyAlphabet, "any_slug")

app_name = "topics"

urlpatterns = [path("<any_slug:slug>/", views.topic, name="topic")]
