"""Pictures: small, sound, the same for the same seed, by day and by night."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st

from design import art
from design.art.block import LARGEST

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"story": (480, 320), "cover": (1200, 320), "emblem": (160, 160), "portrait": (192, 192)}
EVERY_VARIANT = [(kind, variant) for kind, variants in art.KINDS.items() for variant in variants]
# The machine that runs the tests may be busy with something else while a picture is drawn.
unhurried = settings(deadline=None)
seeds = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,4}", fullmatch=True)


@unhurried
@given(st.sampled_from(EVERY_VARIANT), seeds)
def test_a_picture_weighs_four_kilobytes_at_most(which, seed):
    kind, variant = which
    assert len(art.draw(kind, seed, variant).encode()) <= LARGEST


@unhurried
@given(st.sampled_from(EVERY_VARIANT), seeds)
def test_a_picture_is_the_same_for_the_same_seed(which, seed):
    kind, variant = which
    assert art.draw(kind, seed, variant) == art.draw(kind, seed, variant)


@pytest.mark.parametrize(("kind", "variant"), EVERY_VARIANT)
def test_a_picture_holds_paths_and_a_style_sheet_and_nothing_else(kind, variant):
    picture = ET.fromstring(art.draw(kind, "withermere", variant))
    assert (int(picture.get("width")), int(picture.get("height"))) == SIZES[kind]
    assert {child.tag for child in picture.iter()} == {f"{SVG}svg", f"{SVG}style", f"{SVG}path"}
    assert all(set(path.attrib) == {"class", "d"} for path in picture.iter(f"{SVG}path"))


@pytest.mark.parametrize(("kind", "variant"), EVERY_VARIANT)
def test_every_pigment_in_a_picture_has_its_shade_by_day_and_by_night(kind, variant):
    picture = ET.fromstring(art.draw(kind, "withermere", variant))
    day, night = picture.find(f"{SVG}style").text.split("@media(prefers-color-scheme:dark)")
    for pigment in {path.get("class") for path in picture.iter(f"{SVG}path")}:
        assert f".{pigment}{{fill:#" in day
        assert f".{pigment}{{fill:#" in night


@pytest.mark.parametrize(("kind", "variant"), EVERY_VARIANT)
def test_two_seeds_do_not_share_a_picture(kind, variant):
    assert art.draw(kind, "lake-wardens", variant) != art.draw(kind, "tree-wardens", variant)


@pytest.mark.parametrize("kind", art.KINDS)
def test_seeds_spread_over_the_variants(kind):
    chosen = {art.resolve(kind, f"seed-{n}") for n in range(60)}
    assert len(chosen) >= 6
    assert chosen <= set(art.KINDS[kind])


@pytest.mark.parametrize("kind", art.KINDS)
def test_a_seed_keeps_the_variant_it_was_given(kind):
    variant = art.resolve(kind, "foster-care-together")
    assert art.draw(kind, "foster-care-together") == art.draw(kind, "foster-care-together", variant)


def test_a_variant_that_was_chosen_is_not_left_to_the_seed():
    assert {art.resolve("emblem", f"seed-{n}", "kettle") for n in range(20)} == {"kettle"}


@unhurried
@given(seeds)
def test_nobody_gets_a_beard_grey_hair_or_a_covering_of_faith_by_chance(seed):
    assert not re.search("beard|grey|hijab|turban|headwrap|bald", art.resolve("portrait", seed))


@pytest.mark.parametrize("call", [art.draw, art.resolve])
def test_an_unknown_kind_is_refused(call):
    with pytest.raises(ValueError, match="no kind of picture called 'fresco'"):
        call("fresco", "withermere")


def test_an_unknown_variant_is_refused():
    with pytest.raises(ValueError, match="no emblem called 'dragon'"):
        art.draw("emblem", "withermere", "dragon")


def test_a_variant_that_is_no_longer_drawn_is_forgotten():
    assert (art.known("emblem", "kettle"), art.known("emblem", "dragon")) == ("kettle", "")


def test_all_variants_have_words_of_their_own():
    for kind, variants in art.KINDS.items():
        words = {art.describe(kind, variant) for variant in variants}
        assert all(text.startswith("Linocut") and text.endswith(".") for text in words)
        assert len(words) >= (len(variants) if kind != "portrait" else 40)


def test_a_picture_left_to_the_seed_is_described_as_it_is_drawn():
    variant = art.resolve("story", "harrow-lane")
    assert art.describe("story", "", "harrow-lane") == art.describe("story", variant)


def test_variants_are_listed_in_order():
    assert all(variants == sorted(variants) for variants in art.KINDS.values())


def test_the_front_page_has_its_hill():
    picture = ET.fromstring(art.draw("cover", "withermere", "moot"))
    assert picture.findall(f"{SVG}path")[-2].get("class") == "k", "The earth at the foot is ink."
    assert "n" in {path.get("class") for path in picture.iter(f"{SVG}path")}, (
        "What stands in the sky turns pale at night."
    )


def test_a_picture_without_marks_to_spare_is_printed_whole():
    block = art.block.Plate("story", "heavy", 480, 320)
    for n in range(900):
        block.shape(art.pigments.INK, f"{n},0 {n + 9},4 {n},9")
    assert block.svg().count("z") == 900


def test_a_heavy_picture_loses_marks_and_no_shape():
    block = art.block.Plate("story", "heavy", 480, 320)
    block.sheet(art.pigments.INK)
    block.gouge(art.pigments.PAPER, [art.geometry.Gouge(n % 400, n % 300, n, 20, 4) for n in range(900)])
    assert len(block.svg().encode()) <= LARGEST
    assert 'class="k"' in block.svg()


# -- in one list -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("variant", ["", "market"])
@pytest.mark.parametrize("kind", ["story", "emblem", "cover"])
def test_no_picture_is_drawn_twice_in_a_list_while_there_are_others(kind, variant):
    chosen = variant if variant in art.KINDS[kind] else ""
    every = len(art.KINDS[kind])
    variants = art.apart(kind, [(f"seed-{n}", chosen) for n in range(every)])
    assert sorted(variants) == art.KINDS[kind]
    assert variants[0] == art.resolve(kind, "seed-0", chosen)


def test_a_longer_list_shows_each_picture_as_often_as_any():
    variants = art.apart("story", [(f"seed-{n}", "") for n in range(3 * len(art.KINDS["story"]))])
    assert set(Counter(variants).values()) == {3}


def test_a_picture_that_somebody_chose_stays_where_it_can():
    wanted = [("a", "market"), ("b", "market"), ("c", "moot")]
    first, second, third = art.apart("story", wanted)
    assert (first, third) == ("market", "moot")
    assert second not in {"market", "moot"}
    assert art.apart("story", wanted) == [first, second, third]
