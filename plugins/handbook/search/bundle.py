"""The files that the search adds to a site: the engine, its data, and the definitions that cards show."""

from __future__ import annotations

from handbook.packing import packed, script
from handbook.pipeline import Handbook
from handbook.search.engine import engine_source
from handbook.search.records import search_data


def search_files(handbook: Handbook, edition: str) -> dict[str, str]:
    """Path in the site to text. Data are packed, so that a server that does not compress sends little too."""
    engine = _bare(engine_source())
    return {
        "search/engine.js": f"const handbookEngine = () => {{\n{engine}\nreturn createHandbookSearch\n}}\n",
        "search/data.js": f"const handbookSearchData = {script(packed(search_data(handbook), edition))}\n",
        "search/definitions.js": f"const handbookDefinitions = {script(_definitions(handbook))}\n",
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
