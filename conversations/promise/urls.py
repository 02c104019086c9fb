"""Addresses of the promise."""

from django.urls import path

from conversations.promise import views

urlpatterns = [
    path("promise/", views.kept, name="promise"),
    path("in/<any_slug:slug>/promise/", views.rules, name="promise_of"),
    path("<int:pk>/look/", views.look, name="look"),
    path("<int:pk>/ask-back/", views.ask_back, name="ask_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/ask-again/", views.ask_again, name="ask_again"),
]
