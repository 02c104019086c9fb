"""What somebody wrote is found in their e-mail, whatever their mail program does. No e-mail is too odd to read."""

import time

import pytest
from hypothesis import given, settings, strategies as st

from conversations.mail.cutting import cut
from conversations.mail.html import plain_of_html
from conversations.mail.proof import is_proved, sender_of
from conversations.mail.reading import LARGEST, read

MARK = "##- Write your answer above this line -##"
HUB = "Hub <answers+0123456789abcdef0123456789abcdef0123@withermere.example>"

SURE = {
    "nothing else": "Five, I think.",
    "the hub's line": f"Five, I think.\n\n{MARK}\n\nHello Bryn,",
    "in Welsh": f"Five, I think.\n\nAr ddydd Maw, 24 Tach 2026 am 10:00,\n{HUB}\nysgrifennodd:\n\n> {MARK}\n> Hello",
    "Gmail": f"Five, I think.\n\nOn Tue, 24 Nov 2026 at 10:00, {HUB} wrote:\n\n> {MARK}\n>\n> Hello Bryn,",
    "Gmail, without the line": f"Five, I think.\n\nOn Tue, 24 Nov 2026 at 10:00, {HUB} wrote:\n\n> Hello Bryn,",
    "Outlook": f"Five, I think.\n\n________________________________\nFrom: {HUB}\nSent: 24 November 2026 10:00\n"
    "To: Bryn Powell\nSubject: An answer\n\nHello Bryn,",
    "old Outlook": f"Five, I think.\n\n-----Original Message-----\nFrom: {HUB}\nSent: 24 November\nTo: Bryn\n\nHello",
    "German": f"Five, I think.\n\nAm 24.11.2026 um 10:00 schrieb Hub <hub@example.org>:\n> {MARK}",
    "a signature": "Five, I think.\n\n-- \nBryn Powell\nHousing\n01632 960000",
    "a greeting": f"Five, I think.\n\nKind regards,\nBryn Powell\nHousing officer\n\n{MARK}",
    "a phone": "Five, I think.\n\nSent from my iPhone",
}


@pytest.mark.parametrize("program", SURE)
def test_quotations_and_signatures_are_cut(program):
    assert (cut(SURE[program]).words, cut(SURE[program]).is_sure) == ("Five, I think.", True)


@pytest.mark.parametrize(
    "text",
    [
        "We need\n\n- a ladder\n- a rope\n\nand two people.",
        "Yes.\n\nThanks, everybody. I bring it along\non Saturday, and whoever likes may use it then.",
        "Best, I think, is the long one.\nBest of all would be two.",
        "From: ten o'clock\nit is open.",
        "Look:\n\n    three spaces stay",
    ],
)
def test_what_only_looks_like_one_stays(text):
    assert cut(text).words == text


@pytest.mark.parametrize(
    "text",
    [
        f"On Tue, 24 Nov 2026 at 10:00, {HUB} wrote:\n> {MARK}\n> Is it four metres?\n\nFive, I think.",
        f"On Tue, 24 Nov 2026 at 10:00, {HUB} wrote:\n> Is it four metres?\nFive, I think.\n> And whose?\nMine.",
    ],
    ids=["below", "among"],
)
def test_words_below_or_among_what_they_answer_are_looked_at_first(text):
    found = cut(text)
    assert "Five, I think." in found.words
    assert not found.is_sure


def html_mail(body: str) -> bytes:
    return f"From: b@example.org\nContent-Type: text/html; charset=utf-8\n\n{body}".encode()


@pytest.mark.parametrize(
    "body",
    [
        '<div dir="ltr">Five, <b>I think</b>.</div><div class="gmail_quote">On Tuesday<blockquote>Hello</blockquote>',
        '<p>Five, I think.</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Hub</div>',
        f"<style>p {{ color: red }}</style><p>Five, I&nbsp;think.<script>alert(1)</script></p><p>{MARK}</p>",
        "Five, I think.<blockquote type=cite><p>Is it<br>four?</blockquote>",
        f"{'<div>' * 3000}Five, I think.{'</div>' * 3000}",
    ],
    ids=["Gmail", "Outlook", "the hub's line", "Apple", "deep"],
)
def test_html_becomes_the_words_that_a_reader_sees(body):
    assert read(html_mail(body)).text == "Five, I think."


def test_html_keeps_lists_and_paragraphs():
    assert (
        plain_of_html("<p>We need</p><ul><li>a rope</li><li>a ladder</li></ul>") == "We need\n\n- a rope\n\n- a ladder"
    )


def test_the_plain_part_is_taken_and_lines_that_a_program_broke_are_whole_again():
    made = (
        b"From: b@example.org\nContent-Type: multipart/alternative; boundary=x\n\n"
        b"--x\nContent-Type: text/html\n\n<p>Other</p>\n--x\nContent-Type: text/plain; format=flowed\n\n"
        b"Five, \nI think.\n\nAnd two.\n--x--\n"
    )
    assert read(made).text == "Five, I think.\n\nAnd two."


# -- nasty ---------------------------------------------------------------------------------------------------------
NESTED = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000))
NASTY = {
    "nothing": b"",
    "blank": b"\n\n",
    "no headers": b"Five, I think.",
    "nested": NESTED + b"Content-Type: text/plain\n\nFive",
    "a charset that is none": b"Content-Type: text/plain; charset=nonsense\n\nFive",
    "a charset with a NUL": b'Content-Type: text/plain; charset="a\0b"\n\nFive',
    "broken base64": b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nRml2ZQ=\xff=",
    "broken quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\nFive=Z=\n=",
    "UTF-7": b"Content-Type: text/plain; charset=utf-7\n\n+AGE-Five+//",
    "NUL": b"Subject: a\0b\n\nFi\0ve",
    "surrogates": b"Subject: =?utf-8?q?=ED=A0=80?=\nContent-Type: text/plain; charset=utf-8\n\n\xed\xa0\x80Five",
    "a broken header": b"Subject: =?utf-8?b?////?= =?x?q?a?=\nFrom: <<@>>\nDate: \xff\n\nFive",
    "a bomb of commas": b"From: " + b"a," * 50_000 + b"\n\nFive",
    "a bomb of brackets": b"Authentication-Results: mx;" + b"(" * 50_000 + b"\n\nFive",
    "one long line": b"\nFive" + b"x " * 2_000_000,
    "many lines": b"\n" + b"On Tuesday\n> wrote:\n" * 100_000,
    "headings": b"\n" + b"On 3 May 2026:\n> x\n" * 50_000,
    "signed, and never at an end": b"\n" + b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n\n" * 20_000,
    "signed with many headers": b"\n" + b"-----BEGIN PGP SIGNED MESSAGE-----\n" + b"Hash: x\n" * 60,
    "comments": b"Content-Type: text/html\n\n" + b"<!--" * 100_000,
    "attributions": b"\n" + b"On a wrote On b wrote On \n" * 5000,
    "multipart without parts": b"Content-Type: multipart/mixed\n\nFive",
    "multipart of text": b'Content-Type: multipart/mixed; boundary=""\n\n--\nFive',
    "an e-mail in an e-mail": b"Content-Type: message/rfc822\n\nSubject: x\n\nFive",
    "too large": b"From: b@example.org\n\n" + b"x" * (LARGEST + 1),
    "unclosed tags": b"Content-Type: text/html\n\n<!-- <p <![CDATA[ <a href='" + b"<" * 20_000,
}


@pytest.mark.parametrize("kind", NASTY)
def test_nothing_is_too_odd_to_read(kind):
    begun = time.process_time()
    letter = read(NASTY[kind])
    assert letter.key
    assert not any("\0" in each or "\ud800" in each for each in (letter.text, letter.whole, letter.subject))
    assert time.process_time() - begun < 10


HEADERS = st.sampled_from(
    [
        "Content-Type: text/html",
        'Content-Type: multipart/alternative; boundary="x"',
        "Content-Type: multipart/mixed; boundary=x; charset=utf-16",
        "Content-Type: text/plain; charset=utf-16; format=flowed; delsp=yes",
        "Content-Transfer-Encoding: base64",
        "Content-Transfer-Encoding: x-uuencode",
        "Content-Disposition: attachment; filename*=x'y'%zz",
        "Subject: =?utf-8?q?=?=",
        "From: a@b <c@d>",
        "From:",
        "Message-ID: <a b>",
        "Auto-Submitted:",
        "To: \\",
    ]
)
LINES = st.one_of(
    HEADERS.map(str.encode),
    st.sampled_from([b"", b"--x", b"--x--", b"> ", b"<p>", b"-- ", b"##- -##", b"On 1 wrote:", b"begin 644 x"]),
    st.binary(max_size=40),
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=40), st.sampled_from([b"\n", b"\r\n", b"\r"]))
def test_whatever_comes_is_read(lines, end):
    letter = read(end.join(lines))
    assert letter.key
    letter.text.encode()
    letter.whole.encode()


WORDS = st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs")), max_size=200)


@settings(max_examples=100)
@given(st.lists(WORDS, max_size=10))
def test_no_words_are_lost(lines):
    """What is cut stands in the whole."""
    text = "\n".join(lines)
    letter = read(f"From: b@example.org\nContent-Type: text/plain; charset=utf-8\n\n{text}".encode())
    for line in letter.text.split("\n"):
        assert line.strip() in letter.whole


@settings(max_examples=200)
@given(st.text(st.sampled_from('mx;dmarc=pass ()"\\ header.from=example.org'), max_size=80))
def test_nobody_is_proved_by_chance(said):
    header = f"mx.withermere.example; dmarc=fail header.from=example.org; {said}"
    assert not is_proved("b@example.org", [header])
    assert sender_of([said]) in {"", said.strip().strip("<>").casefold()} or "@" in said
