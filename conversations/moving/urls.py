"""Where conversations are moved, split, merged and locked."""

from django.urls import path

from conversations.moving import views

urlpatterns = [
    path("<int:pk>/move/", views.move, name="move"),
    path("<int:pk>/split/", views.split, name="split"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/lock/", views.lock, name="lock"),
    path("<int:pk>/unlock/", views.unlock, name="unlock"),
    path("undo/<int:pk>/", views.undo, name="undo"),
]
