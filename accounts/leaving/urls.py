"""People who leave, for those who see to it."""

from django.urls import path

from accounts.leaving import views

urlpatterns = [
    path("", views.leaving, name="leaving"),
    path("<slug:slug>/", views.handover, name="handover"),
    path("<slug:slug>/people/", views.successors, name="successors"),
    path("<slug:slug>/give/", views.give, name="give"),
    path("<slug:slug>/last-day/", views.last_day, name="last_day"),
    path("<slug:slug>/switch-off/", views.switch_off, name="switch_off"),
    path("<slug:slug>/bring-back/", views.bring_back, name="bring_back"),
    path("<slug:slug>/rest/", views.let_the_rest_go, name="let_the_rest_go"),
]
