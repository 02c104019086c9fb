"""What stands below somebody's words, and above them, without being theirs: a signature, a disclaimer of their
organisation, what their phone advertises, a warning that a mail server put on top.

Only what looks like one is cut; in doubt it stays, and its author can edit the post.
"""

import re

LOOKED_AT = 20  # lines at the end
SIGNED_WITH, SIGNED_LINE = 10, 70  # lines of a signature that are not blank, letters of one of them
WARNED = 600  # letters of a warning
DASHES = re.compile(r"(--|__|—) ?")
RULE = re.compile(r"[-_=*~—–]{2,}")
PHONES = (  # English, Welsh, then what people's phones say in other languages
    "Sent (from|via|using|with)|Get Outlook for|Anfonwyd o|Von mein|Gesendet (von|mit|über)|Outlook für|"
    "Envoyé (de|à partir|depuis)|Télécharger Outlook|Enviado (desde|do|de)|Obtener Outlook|Inviato da|"
    "Verzonden (vanaf|van|met)|Wysłane? z|Odesláno z|Odoslané z|Skickat från|Sendt fra|Lähetetty|Trimis de|"
    "Отправлено с|从我的|iPhone ?から|أُرسلت من"
)
SENT_FROM = re.compile(rf"\[?({PHONES}).{{0,100}}", re.IGNORECASE)
GREETING = re.compile(
    "((kind|best|warm|many)( \\w+)? regards|regards|best wishes|kind wishes|cofion( cynnes| gorau)?|"
    "yours (sincerely|faithfully)|all the best|(mit )?(freundlichen|viele|beste|liebe) grü(ß|ss)en?|cordialement|"
    "bien à vous|saludos( cordiales)?|pozdrawiam)[,.!]?",
    re.IGNORECASE,
)
THANKS = re.compile(
    "((many |with )?thanks( (a lot|again|all|in advance))?|thank you|cheers|ta|diolch|hwyl|best)[,.!]*", re.IGNORECASE
)
DISCLAIMER = re.compile(
    r"[*\s]*((confidentiality|disclaimer|legal notice|important)\b.{0,40}:?\s*)?"
    r"(this|the (information|contents?) (of|in|contained in) this|mae['’]r) "
    r"(e-?bost|neges|e-?mail|message|communication)\b.{0,200}"
    r"\b(confidential|privileged|intended (solely|only)|intended recipient|monitored|virus|gyfrinachol|bwriadu)",
    re.IGNORECASE | re.DOTALL,
)
REACHED = re.compile(  # a line, or a part of one, that says how its writer is reached and nothing else
    r"((tel(ephone)?|phone|mobile|mob|direct|office|fax|ffôn|symudol|e-?mail|e-?bost|web|[tmewdf])\b\W{0,3})?"
    r"(\+?[\d ()-]{7,25}|\S{1,50}@\S{1,50}\.\w{2,20}|(https?://|www\.)\S{1,60}|\[.{1,60}\]\(\S{1,60}\))",
    re.IGNORECASE,
)
WARNING = re.compile(
    r"[\[*\s]*(caution|warning|external( e-?mail)?|rhybudd)\b.*\b(outside|external|allanol|not recogni[sz]e)\b",
    re.IGNORECASE | re.DOTALL,
)


def without_signature(lines: list[str], name: str = "") -> list[str]:
    """The lines without what stands below the words. ``name`` is what the sender calls themselves."""
    kept = _without_disclaimer(_without_blank(lines))
    for number in range(max(0, len(kept) - LOOKED_AT), len(kept)):
        if _is_signature(kept[number:], name):
            return _without_blank(kept[:number])
    return kept


def how_reached(lines: list[str]) -> list[str]:
    """The last lines from the paragraph on that says how its writer is reached: a signature that begins like none.
    What stands there may be words all the same, so that only pictures are told by it.
    """
    last = max(0, len(lines) - LOOKED_AT)
    short = next((n for n in range(len(lines), last, -1) if len(lines[n - 1]) > SIGNED_LINE), last)
    for number in range(short, len(lines)):
        parts = [part.strip() for part in re.split(r"[|·•,]", lines[number]) if part.strip()]
        if parts and all(REACHED.fullmatch(part) for part in parts):
            begins = [n + 1 for n in range(short, number) if not lines[n].strip()]
            return lines[max([short, *begins]) :]
    return []


def without_warning(lines: list[str]) -> list[str]:
    """The lines without a first paragraph in which a mail server warns of senders from outside."""
    first = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    end = next((n for n in range(first, len(lines)) if not lines[n].strip()), len(lines))
    paragraph = " ".join(lines[first:end])
    return lines[end:] if len(paragraph) <= WARNED and WARNING.match(paragraph) else lines


def _without_blank(lines: list[str]) -> list[str]:
    kept = list(lines)
    while kept and not RULE.sub("", kept[-1]).strip():
        kept.pop()
    return kept


def _without_disclaimer(lines: list[str]) -> list[str]:
    """What organisations put below everything their people write."""
    for number in range(max(0, len(lines) - LOOKED_AT), len(lines)):
        if DISCLAIMER.match(" ".join(lines[number : number + 4])[:WARNED]):
            return _without_blank(lines[:number])
    return lines


def _is_signature(lines: list[str], name: str) -> bool:
    first, *rest = (line.strip() for line in lines)
    if DASHES.fullmatch(first) and lines[0][:1] not in {" ", ""}:
        return True
    rest = [line for line in rest if line]
    if len(rest) > SIGNED_WITH or any(len(line) > SIGNED_LINE for line in rest):
        return False
    if SENT_FROM.fullmatch(first) or GREETING.fullmatch(first):
        return True
    by_name = bool(rest) and _is_name(rest[0], name)
    return _is_name(first, name) or (by_name and bool(THANKS.fullmatch(first) or RULE.fullmatch(first)))


def _is_name(line: str, name: str) -> bool:
    """Whether a line is nothing but words of a name: the first name, or all of it."""
    words = {word.strip(".,").casefold() for word in line.split()}
    return bool(words) and words <= {word.strip('.,"').casefold() for word in name.split()}
