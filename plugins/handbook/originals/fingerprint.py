"""The fingerprint of a span of an original: what its clauses were checked against."""

from __future__ import annotations

import hashlib
import re

from handbook.originals.layout import Layout

LENGTH = 12


def fingerprint(layout: Layout, first: int, last: int) -> str:
    """The first 12 hex digits of the SHA-256 over the body of the raw lines `first` to `last`.

    The body is what the layout leaves: no number columns, page numbers, running heads, watermarks and reference
    marks, and no white space; so that a mere change of layout leaves the fingerprint as it is.
    """
    body = "".join(line.text for line in layout.between(first, last))
    return hashlib.sha256(re.sub(r"\s+", "", body).encode("utf-8")).hexdigest()[:LENGTH]
