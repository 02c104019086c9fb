"""Pictures over HTTP: addresses that may be kept for good."""

import pytest
from django.template import Context, Template
from django.urls import reverse

from design import art
from design.art.views import LONGEST_SEED, address


def picture_at(version=art.VERSION, kind="emblem", variant="nest", seed="foster-care-together"):
    return reverse("art:art", args=[version, kind, variant, seed])


def test_a_picture_may_be_kept_for_good(client):
    response = client.get(picture_at())
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content.decode() == art.draw("emblem", "foster-care-together", "nest")


def test_an_address_of_another_version_is_kept_for_a_while_only(client):
    response = client.get(picture_at(version="0123456789"))
    assert response.status_code == 200
    assert "immutable" not in response["Cache-Control"]


def test_a_picture_may_load_and_run_nothing(client):
    assert client.get(picture_at())["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'"


def test_a_picture_has_no_reason_to_know_who_looks(client):
    response = client.get(picture_at())
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_any_stands_for_the_variant_that_the_seed_chooses(client):
    response = client.get(picture_at(variant="any"))
    assert response.content.decode() == art.draw("emblem", "foster-care-together")


@pytest.mark.django_db  # the page that says so has the site's own frame
@pytest.mark.parametrize("wrong", [{"kind": "fresco"}, {"variant": "dragon"}, {"seed": "a" * (LONGEST_SEED + 1)}])
def test_what_cannot_be_drawn_is_not_found(client, wrong):
    assert client.get(picture_at(**wrong)).status_code == 404


def test_a_picture_cannot_be_posted_to(client):
    assert client.post(picture_at()).status_code == 405


def test_a_template_asks_for_a_picture_by_kind_seed_and_variant():
    template = Template('{% load art %}{% art_url "emblem" "tree-wardens" "oak" %}')
    assert template.render(Context()) == f"/art/{art.VERSION}/emblem/oak/tree-wardens.svg"


def test_a_template_can_leave_the_variant_to_the_seed():
    template = Template('{% load art %}{% art_url "portrait" "asha" as url %}{{ url }}')
    assert template.render(Context()) == f"/art/{art.VERSION}/portrait/any/asha.svg"


def test_a_template_says_what_its_picture_shows():
    template = Template('{% load art %}{% art_alt "story" "Harrow Lane" "lane" %}')
    assert template.render(Context()) == "Linocut: two people by a mended patch in a walled lane."


def test_the_words_and_the_picture_of_one_seed_agree():
    template = Template('{% load art %}{% art_alt "story" "Harrow Lane" %}')
    assert template.render(Context()) == art.describe("story", "", "harrow-lane")


@pytest.mark.parametrize("seed", ["Harrow Lane", "Ŵyn a’r Dŵr", "Łódź", "Δήμος", "", "x" * 300, "../../etc"])
def test_whatever_the_seed_its_address_is_sound(client, seed):
    assert client.get(address("portrait", seed)).status_code == 200


def test_names_in_other_letters_do_not_share_a_picture():
    assert address("portrait", "Δήμος") != address("portrait", "Νίκος")
