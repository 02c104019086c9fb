"""Telling a story. The pages of stories themselves are Wagtail's."""

from django.urls import path

from stories.writing import views

app_name = "story_writing"

urlpatterns = [
    path("writing/", views.mine, name="mine"),
    path("writing/new/<any_slug:slug>/", views.new, name="new"),
    path("writing/<int:pk>/", views.story, name="story"),
    path("writing/<int:pk>/preview/", views.preview, name="preview"),
    path("writing/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("writing/<int:pk>/back/", views.give_back, name="give_back"),
    path("writing/<int:pk>/discard/", views.discard, name="discard"),
]
