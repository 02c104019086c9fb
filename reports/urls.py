"""Where something wrong is reported."""

from django.urls import path

from reports import views

app_name = "reports"

urlpatterns = [
    path("", views.send, name="send"),
    path("hear/<str:key>/", views.prove, name="prove"),
    path("<int:pk>/", views.report, name="report"),
    path("<int:pk>/hide/", views.hide, name="hide"),
    path("<int:pk>/show-again/", views.show_again, name="show_again"),
]
