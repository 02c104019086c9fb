"""Job descriptions as a table, for the hub team."""

from django.urls import path

from communities.job_description import export_views as views

app_name = "job_descriptions"

urlpatterns = [
    path("", views.choose, name="choose"),
]
