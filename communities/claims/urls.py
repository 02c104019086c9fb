"""Where people ask to be named as somebody who knows."""

from django.urls import path

from communities.claims import views

app_name = "claims"

urlpatterns = [
    path("", views.mine, name="mine"),
    path("ask/", views.ask, name="ask"),
    path("waiting/", views.waiting, name="waiting"),
    path("<int:pk>/", views.claim, name="claim"),
    path("<int:pk>/take-back/", views.take_back, name="take_back"),
    path("<int:pk>/still/", views.renew, name="renew"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
