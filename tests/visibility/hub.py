"""Who gets what at the addresses of ``hub``."""

from tests.visibility.rows import (
    ANYBODY,
    EDITORS,
    HUB_TEAM,
    HUB_TEAM_ALONE,
    INSIDERS,
    NO_ONE,
    TO_SIGN_IN,
    Row,
    by_audience,
    same,
)

ADDRESSES: dict[str, Row] = {
    # the editor and Django's admin: third-party trees, one row each
    "admin/login/": same("/admin/login/", "sign-in 404 404 302 404 302"),
    "admin/account/": same("/admin/account/", EDITORS),
    r"^admin/tag-autocomplete/(?:core/topic/)?$": same("/admin/tag-autocomplete/", EDITORS),
    "admin/pages/": same("/admin/pages/", "sign-in sign-in sign-in 302 sign-in 200"),
    "admin/": same("/admin/", EDITORS),
    "django-admin/login/": same("/django-admin/login/", "sign-in 404 404 404 404 302"),
    "django-admin/": same("/django-admin/", HUB_TEAM),
    "_util/login/": same("/_util/login/", TO_SIGN_IN),
    # files and pictures; one "for members" belongs to no community, so that nobody has it
    r"documents/^(\d+)/(.*)$": Row(lambda shelf: shelf.document.url, ANYBODY, INSIDERS, NO_ONE),
    "documents/authenticate_with_password/<int:restriction_id>/": same(
        "/documents/authenticate_with_password/1/", NO_ONE
    ),
    "^media/(?P<path>.+)$": Row(lambda shelf: shelf.picture, ANYBODY, INSIDERS, NO_ONE),
    # what a phone asks for
    "manifest.webmanifest": same("/manifest.webmanifest", ANYBODY),
    "sw.js": same("/sw.js", ANYBODY),
    "offline/": same("/offline/", ANYBODY),
    "on-your-phone/": same("/on-your-phone/", ANYBODY),
    "icons/<slug:digest>/<slug:name>.png": same("/icons/of-long-ago/small.png", "302 302 302 302 302 302"),
    # the first hour of a hub
    "first-hour/": same("/first-hour/", HUB_TEAM_ALONE),
    "first-hour/confirm/": Row(
        lambda _shelf: "/first-hour/confirm/", *["sign-in 404 404 404 404 302"] * 3, "post", (("step", "privacy"),)
    ),
    "first-hour/aside/": same("/first-hour/aside/", "sign-in 404 404 404 404 302", "post"),
    "first-hour/mail/": same("/first-hour/mail/", "sign-in 404 404 404 404 302", "post"),
    "first-hour/mail/<str:key>/": same("/first-hour/mail/of-somebody-else/", NO_ONE),
    "art/<slug:version>/<slug:kind>/<slug:variant>/<slug:seed>.svg": Row(
        lambda shelf: shelf.community.emblem_url, ANYBODY, ANYBODY, ANYBODY
    ),
    "healthz": same("/healthz", ANYBODY),
    "robots.txt": same("/robots.txt", ANYBODY),
    "style/<slug:digest>.css": same("/style/old.css", "302 302 302 302 302 302"),
    "parts/": same("/parts/", ANYBODY),
    "sitemap.xml": same("/sitemap.xml", ANYBODY),
    # Wagtail's pages: each type has a row in its room's ``PAGES``
    "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": same(
        "/_util/authenticate_with_password/1/1/", NO_ONE
    ),
    r"^((?:[\w\-]+/)*)$": by_audience(lambda shelf: shelf.community.url),
}
