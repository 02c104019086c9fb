"""Makes a PDF of a page of HTML that the hub wrote itself.

WeasyPrint sets it: it shapes every script with Pango, tags the document for screen readers, and takes the same style
sheet as the print view. It is loaded when it is needed, because most processes never make a paper. It may read our
fonts and style sheets and nothing else, whatever the page names.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

STYLE = "css/paper/paper.css"
FOLDER = Path(__file__).resolve().parents[2] / "static"


class NoPapers(Exception):
    """No PDF is made on this machine: it lacks what sets text. The message says why."""


def pdf_of(html: str) -> bytes:
    """The PDF, tagged, with its title, language and text. ``NoPapers`` where Pango is not installed."""
    try:
        from weasyprint import CSS, HTML, URLFetcher  # noqa: PLC0415 (Pango takes a second and 40 MB)
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise NoPapers(str(error)) from error

    class OurFiles(URLFetcher):
        """Nothing but what the hub serves as static files."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            file = Path(url2pathname(parts.path)).resolve()
            if parts.scheme != "file" or not file.is_relative_to(FOLDER):
                raise ValueError("A paper names something that is not the hub's.")
            return super().fetch(url, headers)

    ours, fonts = OurFiles(), FontConfiguration()
    style = CSS(filename=FOLDER / STYLE, url_fetcher=ours, font_config=fonts)
    page = HTML(string=html, base_url=FOLDER.as_uri() + "/", url_fetcher=ours)
    made: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_tags=True, pdf_variant="pdf/ua-1")
    return made
