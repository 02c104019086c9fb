"""Who gets what at the addresses of ``knowledge``."""

from tests.visibility.rows import ANYBODY, NOT_EVEN_MEMBERS, WHO_SIGNED_IN, WRITERS, Row, by_audience, posted, same

ADDRESSES: dict[str, Row] = {
    "guidance/due/": same("/guidance/due/", WHO_SIGNED_IN),
    "guidance/writing/": same("/guidance/writing/", WHO_SIGNED_IN),
    "guidance/writing/new/<any_slug:slug>/": Row(
        lambda shelf: f"/guidance/writing/new/{shelf.community.slug}/", *WRITERS
    ),
    "guidance/writing/<int:pk>/": Row(lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/", *WRITERS),
    "guidance/writing/<int:pk>/preview/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/preview/", *WRITERS
    ),
    "guidance/writing/<int:pk>/take-back/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/take-back/", *posted("302"), "post"
    ),
    "guidance/writing/<int:pk>/discard/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/discard/", *posted("302"), "post"
    ),
    "guidance/writing/<int:pk>/back/": Row(
        lambda shelf: f"/guidance/writing/{shelf.guidance.pk}/back/", *posted("302"), "post"
    ),
    "guidance/<any_slug:slug>/checked/": Row(
        lambda shelf: f"/guidance/{shelf.guidance.slug}/checked/",
        "sign-in 404 404 302 404 302",
        "sign-in 404 404 404 404 302",
        NOT_EVEN_MEMBERS,
        "post",
    ),
}

PAGES: dict[str, Row] = {
    "knowledge.GuidanceIndexPage": same("/guidance/", ANYBODY),
    "knowledge.GuidancePage": by_audience(lambda shelf: shelf.guidance.url),
}
