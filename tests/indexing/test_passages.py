"""Texts are cut in passages that the model can read whole, and nothing is lost."""

from hypothesis import given, strategies as st

from indexing.passages import SIZE, TAIL, cut

words = st.text("abcde", min_size=1, max_size=8)
sentences = st.lists(words, min_size=1, max_size=40).map(lambda some: " ".join(some) + ".")
paragraphs = st.lists(sentences, min_size=1, max_size=12).map(" ".join)
headings = words.map(lambda word: f"# {word}")
texts = st.lists(st.one_of(paragraphs, headings), max_size=12).map("\n\n".join)


@given(texts)
def test_no_word_is_lost_and_none_is_repeated(text):
    read = " ".join(passage.text for passage in cut("Title", text)).split()
    assert read == [word for word in text.split() if word != "#"]


@given(texts)
def test_no_passage_is_longer_than_the_model_reads(text):
    assert all(len(passage.text.split()) <= SIZE for passage in cut("Title", text))


@given(st.text(max_size=2000))
def test_any_text_has_at_least_one_passage_and_keeps_its_words(text):
    passages = cut("", text)
    assert passages
    assert len(" ".join(passage.text for passage in passages).split()) <= len(text.split())


@given(st.lists(paragraphs, min_size=2, max_size=5))
def test_a_passage_stands_on_one_page(pages):
    passages = cut("Title", "\f".join(pages))
    for number, page in enumerate(pages, 1):
        assert " ".join(passage.text for passage in passages if passage.page == number).split() == page.split()


def test_a_text_without_pages_counts_none():
    assert {passage.page for passage in cut("Title", "word " * 400)} == {0}


def test_a_passage_is_read_with_its_title():
    assert cut("Lending a drill", "Bring it back clean.")[0].reading == "Lending a drill\nBring it back clean."


def test_a_heading_begins_a_new_passage_once_the_last_is_half_full():
    text = f"{'word ' * 100}\n\n# Next\n\nShort."
    assert [passage.text[:4] for passage in cut("", text)] == ["word", "Next"]


def test_short_sections_share_a_passage():
    assert len(cut("", "# One\n\nFirst.\n\n# Two\n\nSecond.")) == 1


def test_a_document_without_text_is_read_by_its_title_alone():
    assert [passage.reading for passage in cut("Only a title", "")] == ["Only a title"]


def test_the_same_words_have_the_same_hash_and_others_another():
    assert cut("A", "b")[0].hash == cut("A", "b")[0].hash != cut("A", "c")[0].hash


@given(texts)
def test_what_grows_loses_no_word_either(text):
    passages = cut("Title", text, grows=True)
    assert " ".join(passage.text for passage in passages).split() == [word for word in text.split() if word != "#"]
    assert all(len(passage.text.split()) <= SIZE for passage in passages)


def test_what_is_added_at_the_end_has_little_else_read_again():
    """A conversation of many posts: what is read for each is as much with the last one as with the first."""
    known, read, said = set(), [], []
    for number in range(240):
        said.append(f"{number} " + "word " * 14)
        new = [passage for passage in cut("Title", "\n\n".join(said), grows=True) if passage.hash not in known]
        known |= {passage.hash for passage in new}
        read.append(sum(len(passage.text.split()) for passage in new))
    assert max(read) <= SIZE + TAIL
    assert sum(read[-120:]) / 120 <= TAIL
    assert (
        sum(len(passage.text.split()) > TAIL for passage in cut("Title", "\n\n".join(said), grows=True))
        == 240 // 12 - 1
    )
