"""Who gets what at the addresses of ``search``."""

from tests.visibility.rows import ANYBODY, Row, same

ADDRESSES: dict[str, Row] = {
    # what is the same for everybody
    "search/": same("/search/?q=lantern", ANYBODY),
    "search/opened/": same("/search/opened/", "204 204 204 204 204 204", method="post"),
    "search/suggestions/": same("/search/suggestions/?q=lantern", ANYBODY),
    "search/near/": Row(
        lambda _shelf: "/search/near/",
        ANYBODY,
        ANYBODY,
        ANYBODY,
        "post",
        (("text", "lantern folk story"),),
        shared=True,
    ),
}
