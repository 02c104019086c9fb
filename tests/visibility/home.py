"""Who gets what at the addresses of ``home``."""

from tests.visibility.rows import ANYBODY, Row, same

PAGES: dict[str, Row] = {"home.HomePage": same("/", ANYBODY), "home.PlainPage": same("/accessibility/", ANYBODY)}
