"""What people's mail programs make of an answer. Each lost words in other software, or showed what nobody wrote.

The names in brackets are the reports.
"""

import pytest

from conversations.mail.cutting import cut
from conversations.mail.reading import read

MARK = "##- Write your answer above this line -##"
MINE = "Five, I think."


# -- where the words end -----------------------------------------------------------------------------------------------
HUB = "Hub <hub@example.org>"
SENT = f"To: Bryn \nSubject: An answer\n\n{MARK}\nHello"
CUT = {
    "a heading in two lines (email_reply_trimmer#8)": "2017-02-05 13:29 GMT+02:00 Hub <\nh@example.org>:\n\n> Hello",
    "a heading without a verb (zapier#15)": f"2014-12-11 23:51 GMT+02:00 {HUB}:\n\n> Hello",
    "said, and two blank lines (Falcon#37)": "On 1 Oct 2015, at 10:00, Hub said:\n\n\n> Hello",
    "glued (zapier#4)": "On 2 July 2013 15:21, <\nhub+bf2b64b6e34b11e2aeda1231400178dd@example.org>wrote:\n\n> Hello",
    "Yahoo (email_reply_parser#40)": f"On Tuesday, 10 February 2015, 4:25 PM, {HUB} wrote:\n\n  {MARK}\nHello",
    "Windows Live (email_reply_parser#19)": f"From: Hub \nSent: 19 November 2013 12:03\n{SENT}",
    "Zimbra (talon#75)": f"From: hub@example.org \nTo: b@example.org \nSent: 4 February, 2016 16:56\n{SENT}",
    "French in two lines": "Le mar. 24 nov. 2026 à 10:00, Hub <hub@example.org>\na écrit :\n\n> Bonjour",
    "French Outlook": f"-----Message d'origine-----\nDe : Hub\nEnvoyé : mardi 24 novembre 2026\nObjet : x\n\n{MARK}",
    "Polish": f"wt., 24 lis 2026 o 10:00 {HUB} napisał(a):\n\n> Dzień",
    "Welsh": f"Ar Maw 24 Tach 2026 am 10:00 ysgrifennodd {HUB}:\n\n> Shwmae",
    "Urdu": f"منگل، 24 نومبر، 2026 کو 10:00 بجے {HUB} نے لکھا:\n\n> Hello",
    "Samsung": f"-------- Original message --------\nFrom: {HUB} \nDate: 24/11/2026  10:00 \n{SENT}",
    "Outlook on a phone": f"Get Outlook for iOS<https://aka.ms/o0>\n{'_' * 32}\nFrom: {HUB}\nSent: Tuesday\n{SENT}",
    "Proton": f"Sent with [Proton Mail](https://proton.me/).\n\nOn Tuesday, 24 November 2026, {HUB} wrote:\n\n> Hi",
    "a German phone": f"Von meinem iPhone gesendet\n\n> Am 24.11.2026 um 10:00 schrieb {HUB}:\n> \n> Hallo",
    "a Polish phone": "Wysłane z iPhone’a",
    "thanks, and a name": "Many thanks\n\nBryn Powell\nHousing Officer | Withermere Council\nT: 01632 960000",
    "a name": "Bryn",
    "a rule, and a name": "_____\nBryn Powell",
    "a disclaimer": "Regards\nBryn\n\n**********\nThis email and any attachments are confidential and intended "
    "solely for the addressee. If you are not the addressee please delete it, and tell the sender at once.\n**********",
    "a disclaimer in Welsh": "Mae'r e-bost hwn yn gyfrinachol ac wedi'i fwriadu ar gyfer y sawl y'i cyfeiriwyd ato.",
}


@pytest.mark.parametrize("kind", CUT)
def test_what_the_program_put_below_the_words_is_cut(kind):
    found = cut(f"{MINE}\n\n{CUT[kind]}", "Bryn Powell")
    assert (found.words, found.is_sure) == (MINE, True)


def test_a_warning_that_a_mail_server_put_on_top_is_cut():
    warning = "CAUTION: This email originated from outside of the organisation.\nDo not click links in it."
    assert cut(f"{warning}\n\n{MINE}").words == MINE


KEPT = {
    "a first word (email_reply_parser#23)": "On your host you can run:\n\n    telnet\n\nThis should work.",
    "an address and a comma (zulip#27618)": "Some text:\n\n1.1.1.1,www.google.com\n\nAfter the line above.",
    "thanks, and words": "Many thanks,\n\nwe take two.",
    "a rule": "Before\n\n----------\n\nAfter it",
    "somebody else's name": "Ask one of these:\n\nAsha\nCarys",
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_only_looks_like_that_stays(kind):
    found = cut(KEPT[kind], "Bryn Powell")
    assert (found.words, found.is_sure) == (KEPT[kind], True)


@pytest.mark.parametrize(
    "text",
    [
        "I pass this on.\n\nFrom: John <j@example.org>\nTo: A list <l@example.org>\nSubject: A gate\n\nIt is closed.",
        "We meet:\n\nOn Monday at 10:00, in the hall, Bryn wrote:\nBring chairs.\n\nThat is all.",
    ],
    ids=["passed on (zulip#22585)", "no quotation"],
)
def test_what_may_be_more_than_a_quotation_is_not_cut_before_its_author_has_looked(text):
    assert not cut(text).is_sure


# -- parts -------------------------------------------------------------------------------------------------------------
HEAD = b"From: Bryn Powell <b@example.org>\nMIME-Version: 1.0\n"
PLAIN = b"Content-Type: text/plain; charset=utf-8\n\nFive, I think.\n"


def made_of(kind: bytes, *parts: bytes) -> bytes:
    bounded = b"".join(b"--b\n" + part + b"\n" for part in parts)
    return HEAD + b"Content-Type: multipart/" + kind + b'; boundary="b"\n\n' + bounded + b"--b--\n"


def part(kind: bytes, name: bytes = b"", content: bytes = b"x") -> bytes:
    disposition = b"Content-Disposition: attachment; filename=" + name + b"\n" if name else b""
    return b"Content-Type: " + kind + b"\n" + disposition + b"\n" + content + b"\n"


SIGNED = (
    b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nFive, I think.\n-----BEGIN PGP SIGNATURE-----\n\niQ\n"
    b"-----END PGP SIGNATURE-----\n"
)
MINE_ALONE = {
    "S/MIME": made_of(b"signed", PLAIN, part(b"application/pkcs7-signature", b"smime.p7s")),
    "PGP": made_of(b"signed", PLAIN, part(b"application/pgp-signature", b"signature.asc")),
    "a key": made_of(b"mixed", PLAIN, part(b"application/pgp-keys", b"OpenPGP.asc")),
    "PGP in the text": HEAD + b"\n" + SIGNED,
    "a calendar": made_of(b"alternative", PLAIN, part(b"text/calendar; method=REPLY")),
    "an empty plain part": made_of(
        b"alternative", part(b"text/plain", content=b" "), part(b"text/html", content=b"<p>Five, I think.")
    ),
}


@pytest.mark.parametrize("kind", MINE_ALONE)
def test_signatures_of_the_whole_and_other_ways_to_say_it_are_no_files(kind):
    letter = read(MINE_ALONE[kind])
    assert (letter.text, letter.attached, letter.is_sealed) == (MINE, [], False)


@pytest.mark.parametrize(
    "content",
    [
        made_of(b"mixed", part(b"text/plain", content=b""), part(b"application/ms-tnef", b"winmail.dat")),
        HEAD + b"Content-Type: application/pkcs7-mime; smime-type=signed-data\n\nMIIB",
        made_of(b"encrypted", part(b"application/pgp-encrypted"), part(b"application/octet-stream", b"encrypted.asc")),
    ],
    ids=["Outlook's own form (zammad#2403)", "signed as a whole (osTicket#883)", "encrypted"],
)
def test_what_cannot_be_read_is_not_called_empty(content):
    assert read(content).is_sealed


@pytest.mark.parametrize(
    ("charset", "content", "text"),
    [
        ("windows-1258", b"Merci de m\x92\xe9tablir", "Merci de m’établir"),  # zammad#3951
        ("iso-8859-1", b"It\x92s \x93five\x94", "It’s “five”"),
        ("iso-8859-8-i", b"\xf9\xec\xe5\xed", "שלום"),
        ("gb2312", b"\xe9F", "镕"),
        ("cp-850", b"Caf\x82", "Café"),
        ("us-ascii", b"Caf\xc3\xa9", "Café"),
        ("utf-8", b"Caf\xe9", "Café"),
    ],
)
def test_letters_are_read_as_their_program_meant_them(charset, content, text):
    assert read(HEAD + b"Content-Type: text/plain; charset=" + charset.encode() + b"\n\n" + content).text == text


def test_a_file_has_the_name_that_its_program_meant_and_may_be_all_there_is():
    """zammad#928."""
    name = b'"=?utf-8?B?QsO8cm8=?= =?utf-8?Q?_1.pdf?="'
    [(read_as, _content)] = read(HEAD + part(b"application/pdf", name, b"%PDF-1")).attached
    assert read_as == "Büro 1.pdf"


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (
            "<p>We need<ol><li>a rope<li>a ladder</ol><p>Soon.",
            "We need\n\n1. a rope\n2. a ladder\n\nSoon.",
        ),  # discourse#42103
        ("<ul><li>one<ol><li>two</ol></ul>", "- one\n\n1. two"),
        ('See <a href="https://x.example/f?a=1">this [form]</a>.', "See [this (form)](https://x.example/f?a=1)."),
        ('<a href="https://x.example/">https://x.example</a>', "https://x.example"),
        ('<a href="mailto:b@x.example">b@x.example</a>', "b@x.example"),
        ('<a href="javascript:alert(1)">Five</a>', "Five"),
        ("<a href='https://x.example'>" * 50 + "Five", "Five"),
    ],
)
def test_numbers_and_links_of_an_html_e_mail_come_along(html, text):
    assert read(HEAD + b"Content-Type: text/html; charset=utf-8\n\n" + html.encode()).text == text
