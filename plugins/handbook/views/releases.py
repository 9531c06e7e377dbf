"""What changed: the index of releases, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from handbook.model import Text
from handbook.releases import Release, version_key
from handbook.views.labels import both
from handbook.views.lookup import Lookup
from handbook.views.shelf import HOME
from handbook.views.told import Change, Named, Told, told
from handbook.views.view import Step, Stop, View

ON_A_PAGE = 70


@dataclass(frozen=True)
class Listing:
    """A release in the index; clauses of whole documents are among `added` and `withdrawn`."""

    release: Release
    path: str
    added: int
    modified: int
    withdrawn: int


@dataclass(frozen=True)
class Index:
    """All releases, the newest first; `current` tells whether the newest one is what this site shows."""

    listings: tuple[Listing, ...]
    current: bool


@dataclass(frozen=True)
class Sheet:
    """One page of a release: the clauses on it by document; the rest stands on the first page alone."""

    listing: Listing
    previous: Listing | None
    told: Told
    groups: tuple[tuple[Named, tuple[Change, ...]], ...]
    base: str
    number: int
    of: int


def release_path(version: str) -> str:
    """The path of a release's page."""
    return f"releases/{version}"


def release_views(lookup: Lookup, edition: str) -> Iterator[View]:
    """The index and the pages of every release; `edition` is the fingerprint of what the site shows."""
    entries = lookup.handbook.corpus.releases
    releases = sorted((entry.record for entry in entries), key=lambda one: version_key(one.version))
    listings = [_listing(one) for one in releases]
    yield View(
        "releases",
        "releases.html",
        None,
        Index(tuple(reversed(listings)), bool(releases) and releases[-1].edition == edition),
        phrase="nav.releases",
        stops=tuple(Stop(both(one.version), f"v{one.version}", 2) for one in reversed(releases)),
        steps=HOME,
        hide=("navigation",),
    )
    for place, listing in enumerate(listings):
        previous = listings[place - 1] if place else None
        yield from _pages(listing, previous, told(releases[place], releases[place + 1 :], lookup))


def _listing(release: Release) -> Listing:
    path, changes = release_path(release.version), release.changes
    if changes is None:
        return Listing(release, path, 0, 0, 0)
    added = len(changes.added) + sum(one.clauses for one in changes.documents_added)
    gone = len(changes.withdrawn) + sum(one.clauses for one in changes.documents_removed)
    return Listing(release, path, added, len(changes.modified), gone)


def _pages(listing: Listing, previous: Listing | None, all_: Told) -> Iterator[View]:
    version = listing.release.version
    title = Text(zh=f"更新记录 {version}", en=f"Release {version}")
    clauses = all_.clauses
    sheets = [clauses[start : start + ON_A_PAGE] for start in range(0, len(clauses), ON_A_PAGE)] or [()]
    for number, sheet in enumerate(sheets, start=1):
        members = groupby(sheet, key=lambda one: one.document)
        groups = tuple((document, tuple(changes)) for document, changes in members)
        yield View(
            path=listing.path if number == 1 else f"{listing.path}/{number}",
            template="release.html",
            title=title if number == 1 else Text(zh=f"{title.zh}（{number}）", en=f"{title.en} ({number})"),
            data=Sheet(listing, previous, all_, groups, listing.path, number, len(sheets)),
            stops=tuple(_stops(all_)) if number == 1 else (),
            steps=(*HOME, Step("releases", phrase="nav.releases")),
            bilingual=True,
            hide=("navigation",),
        )


def _stops(all_: Told) -> Iterator[Stop]:
    parts: dict[str, object] = {
        "documents": all_.documents_added or all_.documents_removed or all_.documents_changed,
        "limits": all_.limits,
        "clauses": all_.clauses,
        "filed": all_.filed,
        "glossary": all_.glossary,
        "lists": all_.lists,
    }
    for name, there in parts.items():
        if there:
            yield Stop(None, f"_{name}", 2, f"release.{name}")
