"""Every address of the hub. Wagtail answers what is not named here."""

from django.conf import settings
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from core.desk.views import explore
from core.editors import is_editor, is_staff
from core.kept_forms import kept_forms
from core.viewsets import topic_names
from design.gallery import parts
from design.stylesheet import stylesheet
from hub.account import EditorAccountView
from hub.sitemap import HubSitemap
from hub.views import media, way_in

handler404 = "hub.views.page_not_found"

urlpatterns = [
    path("admin/login/", way_in, {"inside": "wagtailadmin_home", "may_enter": is_editor}),
    path("admin/account/", never_cache(require_admin_access(EditorAccountView.as_view()))),
    re_path(r"^admin/tag-autocomplete/(?:core/topic/)?$", require_admin_access(topic_names), name="topic_names"),
    path("admin/pages/", require_admin_access(explore)),
    path("admin/", include(wagtailadmin_urls)),
    path("django-admin/login/", way_in, {"inside": "admin:index", "may_enter": is_staff}),
    path("django-admin/", admin.site.urls),
    path("account/kept/", kept_forms, name="kept_forms"),
    path("account/", include("accounts.account_urls")),
    path("account/", include("people.account_urls")),
    path("ways-in/", include("accounts.urls")),
    path("scim/v2/", include("accounts.scim.api_urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("inbox/mail/", include("notifications.mail.urls")),
    path("people/me/job-description/", include("communities.job_description.urls")),
    path("people/", include("people.urls")),
    path("job-descriptions/", include("communities.job_description.hub_team_urls")),
    path("topics/", include("people.topic_urls")),
    path("communities/<any_slug:slug>/members/", include("accounts.invitations.community_urls")),
    path("communities/", include("communities.urls")),
    path("rights/", include("communities.grants.urls")),
    path("qualifications/", include("communities.qualifications.urls")),
    path("named/", include("communities.claims.urls")),
    path("surgeries/", include("surgeries.urls")),
    path("conversations/", include("conversations.urls")),
    path("stories/", include("stories.urls")),
    path("stories/", include("stories.consent.urls")),
    path("guidance/", include("knowledge.urls")),
    path("reading/", include("reading.urls")),
    path("thanks/", include("thanks.urls")),
    path("search/", include("search.urls")),
    path("report/", include("reports.urls")),
    path("inbox/", include("notifications.urls")),
    path("", include("design.art.urls")),
    path("", include("home.urls")),
    path("style/<slug:digest>.css", stylesheet, name="stylesheet"),
    path("parts/", parts, name="parts"),
    path("sitemap.xml", sitemap, {"sitemaps": {"pages": HubSitemap}}, name="sitemap"),
    re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", media, name="media"),
    path(
        "_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)
    ),  # Wagtail's has no lock
    path("", include(wagtail_urls)),
]
