"""Where guests of one conversation are invited, kept and sent away."""

from django.urls import path

from conversations.guests import views

urlpatterns = [
    path("<int:pk>/guests/", views.guests, name="guests"),
    path("<int:pk>/guests/<int:guest>/end/", views.end, name="end_guest"),
    path("<int:pk>/guests/<int:guest>/keep/", views.keep, name="keep_guest"),
    path("<int:pk>/guests/leave/", views.leave, name="leave_as_guest"),
]
