"""Where people set up polls and vote."""

from django.urls import path

from conversations.polls import views

urlpatterns = [
    path("<int:pk>/poll/", views.poll, name="poll"),
    path("<int:pk>/poll/new/", views.set_up, name="set_up_poll"),
    path("<int:pk>/poll/close/", views.close, name="close_poll"),
    path("<int:pk>/poll/take-back/", views.take_back, name="take_back_poll"),
]
