"""Consent of those whom stories name."""

from django.urls import path

from stories.consent import views

app_name = "story_consent"

urlpatterns = [
    path("writing/<int:pk>/names/", views.names, name="names"),
    path("writing/<int:pk>/names/ask/", views.ask, name="ask"),
    path("writing/<int:pk>/names/<int:named_pk>/", views.named, name="named"),
    path("writing/<int:pk>/names/<int:named_pk>/out/", views.take_out, name="take_out"),
    path("consent/", views.mine, name="mine"),
    path("consent/<int:pk>/", views.question, name="question"),
    path("consent/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
