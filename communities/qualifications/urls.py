"""Qualifications: one's own, and those that one verifies."""

from django.urls import path

from communities.qualifications import views

app_name = "qualifications"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("waiting/", views.waiting, name="waiting"),
    path("record/", views.record, name="record"),
    path("give/<slug:slug>/", views.give, name="give"),
    path("<int:pk>/", views.award, name="award"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
