"""Where people thank each other."""

from django.urls import path

from thanks import views

app_name = "thanks"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("give/", views.give, name="give"),
    path("<int:pk>/show/", views.show, name="show"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
]
