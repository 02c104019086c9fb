"""One's own job description."""

from django.urls import path

from communities.job_description import views

app_name = "job_description"

urlpatterns = [
    path("", views.own, name="own"),
    path("print/", views.on_paper, name="print"),
    path("job-description.pdf", views.as_pdf, name="pdf"),
]
