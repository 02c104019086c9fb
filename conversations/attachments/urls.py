"""Where files of posts are fetched."""

from django.urls import path

from conversations.attachments.views import attachment

urlpatterns = [path("files/<uuid:key>/", attachment, name="attachment")]
