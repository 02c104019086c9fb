"""What the hub has about one topic."""

from django.urls import path

from people import views

app_name = "topics"

urlpatterns = [path("<any_slug:slug>/", views.topic, name="topic")]
