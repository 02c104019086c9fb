"""Telling a story. The pages of stories themselves are Wagtail's."""

from stories.writing.views import StoryWriting

app_name = "stories"

urlpatterns = StoryWriting().urls()
