"""What came to oneself."""

from django.urls import path

from accounts.leaving import views

urlpatterns = [
    path("", views.received, name="received"),
]
