"""How somebody says that something is wrong with a page."""

from typing import Any

from tests.conftest import browse


def send(person: Any, page: str, text: str = "The day is wrong.", email: str = "") -> Any:
    return browse(person).post("/report/", {"text": text, "email": email, "page": page})
