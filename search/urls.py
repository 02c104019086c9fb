from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("opened/", views.opened, name="opened"),
    path("suggestions/", views.suggestions, name="suggestions"),
]
