"""The files that the search adds to a site: the engine, its data, and the definitions that cards show."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

from handbook.pipeline import Handbook
from handbook.search.engine import engine_source
from handbook.search.records import search_data


def search_files(handbook: Handbook, edition: str) -> dict[str, str]:
    """Path in the site to text. Data are packed, so that a server that does not compress sends little too."""
    engine = _bare(engine_source())
    return {
        "search/engine.js": f"const handbookEngine = () => {{\n{engine}\nreturn createHandbookSearch\n}}\n",
        "search/data.js": f"const handbookSearchData = {_script(packed(search_data(handbook), edition))}\n",
        "search/definitions.js": f"const handbookDefinitions = {_script(_definitions(handbook))}\n",
    }


def packed(data: dict[str, Any], edition: str) -> dict[str, str]:
    """The data as gzip in Base64, with the edition that they belong to; the same bytes for the same content.

    GB 18030 writes Chinese in two bytes instead of UTF-8's three, which packs better. (Of all characters in use,
    Python and browsers differ over one rare letter, U+1E3F; a test keeps it out.)
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return {
        "edition": edition,
        "text": base64.b64encode(gzip.compress(text.encode("gb18030"), 9, mtime=0)).decode("ascii"),
    }


def _bare(source: str) -> str:
    """The script without indents and lines that only comment; no string of the engine runs over several lines."""
    lines = (line.strip() for line in source.split("\n"))
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/**", "*/", "* ")))


def _definitions(handbook: Handbook) -> dict[str, list[str]]:
    corpus = handbook.corpus
    kinds = (("term", corpus.terms), ("method", corpus.methods), ("parameter", corpus.parameters))
    return {
        f"{kind}/{entry.record.id}": [entry.record.definition.zh, entry.record.definition.en]
        for kind, entries in kinds
        for entry in entries
    }


def _script(value: object) -> str:
    """JSON that is also a script, whatever the texts hold."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
