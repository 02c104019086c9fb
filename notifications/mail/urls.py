"""The way out of e-mails."""

from django.urls import path

from notifications.mail import views

app_name = "mails"

urlpatterns = [path("stop/<str:word>/", views.stop, name="stop")]
