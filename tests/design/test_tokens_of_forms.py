"""A form without its token is refused in a browser, and by no test client."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"((?:(?!%}).)*)%}', re.DOTALL)
ALONE = re.compile(r"\bonly\b")


def test_whatever_is_included_alone_is_given_the_token_that_its_forms_need() -> None:
    texts = {str(path.relative_to(TEMPLATES)): path.read_text() for path in TEMPLATES.rglob("*.html")}
    includes = {name: INCLUDE.findall(text) for name, text in texts.items()}
    needing = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    passed_on: set[str] | None = None
    while passed_on != needing:  # what includes them with all that it knows needs it, too
        passed_on = set(needing)
        for name, found in includes.items():
            if any(other in needing and not ALONE.search(given) for other, given in found):
                needing.add(name)
    forgotten = [
        (name, other)
        for name, found in includes.items()
        for other, given in found
        if other in needing and ALONE.search(given) and "csrf_token=" not in given
    ]
    assert forgotten == []
