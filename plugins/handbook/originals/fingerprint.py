"""What a span of an original says, as a fingerprint and as text to show."""

from __future__ import annotations

import hashlib
import re

from handbook.originals.joining import join
from handbook.originals.layout import Layout
from handbook.originals.paragraphs import paragraphs

LENGTH = 12


def fingerprint(layout: Layout, first: int, last: int) -> str:
    """The first 12 hex digits of the SHA-256 over the body of the raw lines `first` to `last`.

    The body is what the layout leaves: no number columns, page numbers, running heads, watermarks and reference
    marks, and no white space; so that a mere change of layout leaves the fingerprint as it is.
    """
    body = "".join(line.text for line in layout.between(first, last))
    return hashlib.sha256(re.sub(r"\s+", "", body).encode("utf-8")).hexdigest()[:LENGTH]


def official_text(layout: Layout, first: int, last: int) -> str:
    """The wording of the raw lines `first` to `last`, clean and in paragraphs, for showing beside a clause."""
    texts = []
    for paragraph in paragraphs(layout):
        parts = [part for part in paragraph.wording.parts if first <= part.line <= last]
        if parts:
            texts.append(join(parts).text)
    return "\n".join(texts)
