"""Addresses of single sign-on. The name of the second one is what the provider is told."""

from allauth.socialaccount import views as allauth
from django.urls import path

from accounts.sign_on import views

urlpatterns = [
    path("oidc/cancelled/", allauth.login_cancelled, name="socialaccount_login_cancelled"),
    path("oidc/<slug:provider_id>/", views.sign_on, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/back/", views.come_back, name="openid_connect_callback"),
]
