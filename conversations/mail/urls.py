"""What I wrote by e-mail."""

from django.urls import path

from conversations.mail import views

urlpatterns = [
    path("by-mail/", views.mails, name="mails"),
    path("by-mail/<int:pk>/", views.mailed, name="mailed"),
]
