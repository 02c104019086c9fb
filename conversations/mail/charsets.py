"""The letters of an e-mail, whatever its mail program calls the way in which it wrote them."""

MEANT = {  # what mail programs say, and what they write: as browsers read it
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "x-mac-roman": "mac_roman",
    "x-unknown": "utf-8",
    "unknown-8bit": "utf-8",
    "cp-850": "cp850",
    "tis-620": "cp874",
}


def decoded(content: bytes, charset: str) -> str:
    """The text of ``content``. What is no text in ``charset`` is read as UTF-8, or else as Windows wrote it."""
    named = charset.strip().strip("'\"").casefold()
    for each in (MEANT.get(named, named), "utf-8"):
        try:
            return content.decode(each)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")
