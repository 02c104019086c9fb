"""One's own reading. A thing is named by its key, a person by being signed in."""

from django.urls import path

from reading import views

app_name = "reading"

urlpatterns = [
    path("", views.history, name="history"),
    path("saved/", views.saved, name="saved"),
    path("save/<str:key>/", views.save, name="save"),
    path("unsave/<str:key>/", views.unsave, name="unsave"),
    path("opened/<str:key>/", views.opened, name="opened"),
    path("forget/<str:key>/", views.forget, name="forget"),
    path("clear/", views.clear, name="clear"),
    path("switch/", views.switch, name="switch"),
    path("dismiss/<str:key>/", views.dismiss, name="dismiss"),
    path("restore/<str:key>/", views.restore, name="restore"),
]
