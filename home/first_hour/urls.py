"""The first hour of a hub."""

from django.urls import path

from home.first_hour import views

urlpatterns = [
    path("first-hour/", views.page, name="first_hour"),
    path("first-hour/confirm/", views.confirm, name="confirm_first_step"),
    path("first-hour/aside/", views.aside, name="first_hour_aside"),
    path("first-hour/mail/", views.test_mail, name="test_mail"),
    path("first-hour/mail/<str:key>/", views.test_mail_arrived, name="test_mail_arrived"),
]
