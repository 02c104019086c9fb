"""Where posts are reported and decided about."""

from django.urls import path

from conversations.moderation import views

urlpatterns = [
    path("posts/<int:pk>/flag/", views.report, name="report"),
    path("posts/<int:pk>/appeal/", views.appeal, name="appeal"),
    path("reports/", views.queue, name="queue"),
    path("reports/<int:pk>/", views.case, name="case"),
]
