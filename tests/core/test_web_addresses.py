"""Addresses that people type and others follow."""

import pytest
from django import forms

from core.web_addresses import WebField


class Form(forms.Form):
    link = WebField(required=False)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("example.org", "https://example.org"),
        ("", ""),
        ("javascript:alert(1)", None),
        ("ftp://example.org/a", None),
        ("https://[", None),
        ("data:text/html,x", None),
    ],
)
def test_an_address_leads_to_the_web_or_is_refused_with_one_sentence(typed: str, kept: str | None) -> None:
    form = Form({"link": typed})
    assert form.is_valid() is (kept is not None)
    assert [len(said) for said in form.errors.values()] == ([1] if kept is None else [])
    assert kept is None or form.cleaned_data["link"] == kept
