"""The register of grants."""

from django.urls import path

from communities.grants import deeds, views

app_name = "rights"

urlpatterns = [
    path("", views.register, name="register"),
    path("feed/", views.feed, name="feed"),
    path("table.csv", views.table, name="table"),
    path("<int:pk>/", views.grant, name="grant"),
    path("<int:pk>/take-back/", deeds.take_back, name="take_back"),
    path("<int:pk>/grant/", deeds.grant, name="give_what_was_asked"),
    path("<int:pk>/refuse/", deeds.refuse, name="refuse"),
    path("<int:pk>/extend/", deeds.extend, name="extend"),
    path("<int:pk>/withdraw/", deeds.withdraw, name="withdraw"),
]
