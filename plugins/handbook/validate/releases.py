"""Releases: their days run as their versions do, each is compared with the edition of the one before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from handbook.corpus import Corpus
from handbook.problems import Code, Problem
from handbook.releases import version_key


def releases_in_order(corpus: Corpus) -> Iterator[Problem]:
    """A version given twice, a day before that of an earlier version, changes against another edition."""
    entries = sorted(corpus.releases, key=lambda entry: version_key(entry.record.version))
    for earlier, later in pairwise(entries):
        before, after = earlier.record, later.record
        if version_key(before.version) == version_key(after.version):
            yield Problem(later.at("version"), Code.DUPLICATE_ID, f"version '{after.version}' is recorded twice")
        if after.date < before.date:
            message = f"{after.version} is of {after.date}, before {before.version} of {before.date}"
            yield Problem(later.at("date"), Code.ORDER, message)
        if after.changes is None or after.changes.against != before.edition:
            message = f"the changes of {after.version} are not told against {before.version} (edition {before.edition})"
            yield Problem(later.at("changes") if after.changes else later.at(), Code.ORDER, message)
