"""Data as scripts: packed, and in a form that can stand in a page or beside it."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any


def packed(data: dict[str, Any], edition: object) -> dict[str, object]:
    """The data as gzip in Base64, with the edition that they belong to; the same bytes for the same content.

    GB 18030 writes Chinese in two bytes instead of UTF-8's three, which packs better. (Of all characters in use,
    Python and browsers differ over one rare letter, U+1E3F; a test keeps it out.)
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return {
        "edition": edition,
        "text": base64.b64encode(gzip.compress(text.encode("gb18030"), 9, mtime=0)).decode("ascii"),
    }


def script(value: object) -> str:
    """JSON that is also a script, whatever the texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
