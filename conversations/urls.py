"""Where people talk."""

from django.urls import include, path

from conversations import deeds, views, writing
from conversations.listening import views as listening
from conversations.mail.urls import urlpatterns as mail
from conversations.promise.urls import urlpatterns as promise

app_name = "conversations"

urlpatterns = [
    path("", views.everywhere, name="everywhere"),
    path("ask/", views.ask, name="ask"),
    path("listening/", listening.of_hub, name="listening"),
    path("in/<any_slug:slug>/listening/", listening.of_community, name="listening_of_community"),
    path("in/<any_slug:slug>/", views.of_community, name="of_community"),
    path("in/<any_slug:slug>/new/", writing.begin, name="begin"),
    path("posts/<int:pk>/edit/", writing.edit, name="edit"),
    path("posts/<int:pk>/changes/", views.changes, name="changes"),
    path("posts/<int:pk>/remove/", deeds.remove, name="remove"),
    path("posts/<int:pk>/put-back/", deeds.put_back, name="put_back"),
    path("posts/<int:pk>/answer/", deeds.answer, name="answer"),
    path("posts/<int:pk>/say/<slug:feeling>/", deeds.say, name="say"),
    path("", include("conversations.delegates.urls")),
    path("", include("conversations.attachments.urls")),
    path("", include("conversations.moderation.urls")),
    path("", include("conversations.mentions.urls")),
    path("", include("conversations.moving.urls")),
    path("", include("conversations.polls.urls")),
    path("", include("conversations.guests.urls")),
    path("", include("conversations.outcomes.urls")),
    path("", include("conversations.topics.urls")),
    path("<int:pk>/", writing.conversation, name="conversation"),
    path("<int:pk>/new/", views.first_new, name="first_new"),
    path("<int:pk>/since/<int:number>/", views.since, name="since"),
    path("<int:pk>/read/<int:number>/", views.read, name="read"),
    path("<int:pk>/close/", deeds.close, name="close"),
    path("<int:pk>/reopen/", deeds.reopen, name="reopen"),
    path("<int:pk>/pin/", deeds.pin, name="pin"),
    path("<int:pk>/follow/<slug:level>/", deeds.follow, name="follow"),
    *promise,
    *mail,
]
