"""People from outside, for their sponsors and the hub team."""

from django.urls import path

from accounts.stays import views

urlpatterns = [
    path("", views.stays, name="stays"),
    path("<int:pk>/", views.stay, name="stay"),
]
