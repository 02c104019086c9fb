from django.urls import path

from reading.searches import feeds, views as saved_views
from search import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("opened/", views.opened, name="opened"),
    path("suggestions/", views.suggestions, name="suggestions"),
    path("near/", views.near, name="near"),
    path("save/", saved_views.save, name="save"),
    path("saved/", saved_views.searches, name="saved"),
    path("saved/<int:pk>/remove/", saved_views.remove, name="remove"),
    path("saved/<int:pk>/bring-back/", saved_views.bring_back, name="bring_back"),
    path("saved/<int:pk>/alerts/", saved_views.set_alerts, name="set_alerts"),
    path("saved/<int:pk>/seen/", saved_views.seen, name="seen"),
    path("saved/<int:pk>/address/", saved_views.renew, name="renew"),
    path("saved/<str:key>.atom", feeds.feed, name="feed"),
    path("alerts/stop/<str:signed>/", saved_views.stop, name="stop"),
]
