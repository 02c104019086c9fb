"""Where one says what a conversation is about."""

from django.urls import path

from conversations.topics import views

urlpatterns = [path("<int:pk>/topics/", views.topics, name="topics")]
