"""One's own reading. A thing is named by its key, a person by being signed in."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from reading import views
from reading.searches import feeds, views as searches


class ThingKey(StringConverter):
    """A thing's key as search knows it, ``stories.storypage:12``. Whatever else is asked for is nothing."""

    regex = r"[a-z_]+\.[a-z_]+:[\w-]+"


register_converter(ThingKey, "thing_key")

app_name = "reading"

urlpatterns = [
    path("", views.history, name="history"),
    path("saved/", views.saved, name="saved"),
    path("saved/gone/", views.unsave_gone, name="unsave_gone"),
    path("save/<thing_key:key>/", views.save, name="save"),
    path("unsave/<thing_key:key>/", views.unsave, name="unsave"),
    path("opened/<thing_key:key>/", views.opened, name="opened"),
    path("forget/<thing_key:key>/", views.forget, name="forget"),
    path("clear/", views.clear, name="clear"),
    path("switch/", views.switch, name="switch"),
    path("dismiss/<thing_key:key>/", views.dismiss, name="dismiss"),
    path("restore/", views.restore_all, name="restore_all"),
    path("restore/<thing_key:key>/", views.restore, name="restore"),
    path("searches/", searches.searches, name="searches"),
    path("searches/save/", searches.save, name="save_search"),
    path("searches/<int:pk>/remove/", searches.remove, name="remove_search"),
    path("searches/<int:pk>/bring-back/", searches.bring_back, name="bring_back_search"),
    path("searches/<int:pk>/alerts/", searches.set_alerts, name="set_alerts"),
    path("searches/<int:pk>/seen/", searches.seen, name="saw_search"),
    path("searches/<int:pk>/address/", searches.renew, name="renew_feed"),
    path("searches/<str:key>.atom", feeds.feed, name="feed"),
]
