"""Requirement chains: as rows for the pages of methods, parameters and works, all of them, and where they break."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from handbook.chain import Chain, Chains, Chapter, ChapterLink, LimitLink, Origin
from handbook.matrix import NEEDS, Weight, weight_of
from handbook.model import Need, Reference, Text
from handbook.views.links import Ref
from handbook.views.lookup import Lookup
from handbook.views.shelf import HOME
from handbook.views.view import Step, Stop, View

SHOWN = 6


@dataclass(frozen=True)
class Described:
    """A chapter in a chain: the work, its part with a title where one is recorded, and how we know."""

    ref: Ref
    part: str | None
    title: Text | None
    origin: Origin
    clauses: tuple[Ref, ...]
    more: int


@dataclass(frozen=True)
class Limited:
    """A parameter in a chain: how many limits clauses set on it, and how we know that the method measures it."""

    ref: Ref
    limits: int
    origin: Origin
    clauses: tuple[Ref, ...]
    more: int


@dataclass(frozen=True)
class ChainRow:
    """One chain: `called` counts the clauses by need, and those of documents in force among them."""

    method: Ref
    attribute: Ref
    clauses: Ref
    called: tuple[tuple[Need, int, int], ...]
    chapters: tuple[Described, ...]
    limits: tuple[Limited, ...]


@dataclass(frozen=True)
class ChapterRow:
    """A chapter of a work with the chains that pass through it, and the clauses that cite it."""

    part: str | None
    title: Text | None
    rows: tuple[ChainRow, ...]
    cited: int


@dataclass(frozen=True)
class ChainBlock:
    """The chains of one attribute."""

    id: str
    label: Text
    rows: tuple[ChainRow, ...]


@dataclass(frozen=True)
class Counted:
    """Something with a number of clauses."""

    ref: Ref
    count: int


@dataclass(frozen=True)
class LooseChapter:
    """A chapter that is cited and that no method uses."""

    ref: Ref
    part: str | None
    title: Text | None
    clauses: tuple[Ref, ...]


@dataclass(frozen=True)
class ChainsPage:
    """All chains of methods that clauses call for, and how many of them are whole."""

    blocks: tuple[ChainBlock, ...]
    called: int
    with_chapter: int
    with_limit: int
    whole: int
    broken: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class BrokenPage:
    """Broken chains by kind; methods stand by attribute."""

    without_chapter: tuple[tuple[Text, tuple[Counted, ...]], ...]
    without_limit: tuple[tuple[Text, tuple[Counted, ...]], ...]
    unmeasured: tuple[Counted, ...]
    unmeasured_elsewhere: tuple[Counted, ...]
    unused_chapters: tuple[LooseChapter, ...]
    counts: dict[str, int]


KINDS = ("without-chapter", "without-limit", "unmeasured", "unused-chapters")


def chain_views(lookup: Lookup) -> Iterator[View]:
    """The page of all chains and the page of broken ones."""
    chains = lookup.chains
    called = [chain for chain in chains.by_method.values() if chain.called]
    counts = _counts(chains)
    page = ChainsPage(
        blocks=tuple(_blocks(called, lookup)),
        called=len(called),
        with_chapter=sum(bool(chain.named) for chain in called),
        with_limit=sum(chains.with_limit(chain) for chain in called),
        whole=sum(bool(chain.named) and chains.with_limit(chain) for chain in called),
        broken=tuple((kind, counts[kind]) for kind in KINDS),
    )
    stops = tuple(Stop(block.label, f"a_{block.id}", 2) for block in page.blocks)
    yield View("chains", "chains.html", None, page, "nav.chains", stops, HOME, hide=("navigation",))
    broken_stops = tuple(Stop(None, f"_{kind}", 2, f"chains.{kind}") for kind in KINDS)
    above = (*HOME, Step("chains", phrase="nav.chains"))
    yield View(
        "chains/broken",
        "chains-broken.html",
        None,
        _broken(chains, counts, lookup),
        "chains.broken",
        broken_stops,
        above,
        hide=("navigation",),
    )


def method_chain(method: str, lookup: Lookup) -> tuple[ChainRow, ...]:
    """The chain of one method, as a table of one row; nothing when nothing is known beyond its attribute."""
    chain = lookup.chains.by_method[method]
    return (_row(chain, lookup),) if chain.called or chain.chapters or chain.limits else ()


def parameter_chains(parameter: str, lookup: Lookup) -> tuple[ChainRow, ...]:
    """The chains that end at one parameter."""
    links = lookup.chains.by_parameter.get(parameter, ())
    return tuple(_row(lookup.chains.by_method[name], lookup, limits=(link,), brief=True) for name, link in links)


def chapter_chains(reference: Reference, lookup: Lookup) -> tuple[ChapterRow, ...]:
    """The chapters of a work through which chains pass, each with its chains."""
    chains = lookup.chains
    return tuple(
        ChapterRow(
            chapter.part,
            _title(chapter, lookup),
            tuple(_row(chains.by_method[name], lookup, chapters=(link,), brief=True) for name, link in links),
            len(chains.cited.get(chapter, ())),
        )
        for chapter, links in chains.by_chapter.items()
        if chapter.to == reference.id and chapter.part
    )


# -------------------------------------------------------------------------------------- rows


def _row(
    chain: Chain,
    lookup: Lookup,
    *,
    chapters: tuple[ChapterLink, ...] | None = None,
    limits: tuple[LimitLink, ...] | None = None,
    brief: bool = False,
) -> ChainRow:
    """A chain as shown; on the page of a chapter or parameter only with the link that leads there."""
    method = lookup.places.of("method", chain.method)
    label = lookup.words.facet("attributes", chain.attribute)
    shown = chain.named if chapters is None and brief else chain.chapters if chapters is None else chapters
    return ChainRow(
        method=method,
        attribute=Ref("attribute", chain.attribute, label, "chains", f"a_{chain.attribute}"),
        clauses=Ref("method", method.id, method.label, method.path, "_called"),
        called=tuple(_called(chain, lookup)),
        chapters=tuple(_described(link, lookup) for link in shown if lookup.places.work(link.chapter.to)),
        limits=tuple(_limited(link, lookup) for link in (chain.limits if limits is None else limits)),
    )


def _called(chain: Chain, lookup: Lookup) -> Iterator[tuple[Need, int, int]]:
    for need in NEEDS:
        if clauses := chain.calls.get(need):
            weights = [weight_of(lookup.forces[lookup.document_of(clause)]) for clause in clauses]
            yield need, len(clauses), weights.count(Weight.RULES)


def _described(link: ChapterLink, lookup: Lookup) -> Described:
    ref = lookup.places.work(link.chapter.to)
    assert ref is not None
    clauses, more = _some(link.clauses, lookup)
    return Described(ref, link.chapter.part, _title(link.chapter, lookup), link.origin, clauses, more)


def _limited(link: LimitLink, lookup: Lookup) -> Limited:
    clauses, more = _some(link.clauses, lookup)
    limits = len(lookup.chains.limits.get(link.parameter, ()))
    return Limited(lookup.places.of("parameter", link.parameter), limits, link.origin, clauses, more)


def _some(clauses: tuple[str, ...], lookup: Lookup) -> tuple[tuple[Ref, ...], int]:
    """The first clauses, what binds most before the rest, and how many more there are."""
    ordered = sorted(clauses, key=lambda clause: (lookup.rank[lookup.document_of(clause)], lookup.order[clause]))
    return tuple(lookup.places.of("clause", clause) for clause in ordered[:SHOWN]), max(0, len(clauses) - SHOWN)


def _title(chapter: Chapter, lookup: Lookup) -> Text | None:
    """The recorded title of a chapter."""
    reference = lookup.references.get(chapter.to)
    for part in reference.parts if reference else ():
        if part.part == chapter.part:
            return part.title
    return None


# ------------------------------------------------------------------------------------- pages


def _blocks(chains: Iterable[Chain], lookup: Lookup) -> Iterator[ChainBlock]:
    found: dict[str, list[Chain]] = {}
    for chain in chains:
        found.setdefault(chain.attribute, []).append(chain)
    for attribute in lookup.matrix.attributes:
        if members := found.get(attribute):
            rows = tuple(_row(chain, lookup) for chain in members)
            yield ChainBlock(attribute, lookup.words.facet("attributes", attribute), rows)


def _counts(chains: Chains) -> dict[str, int]:
    broken = chains.broken
    return {
        "without-chapter": len(broken.without_chapter),
        "without-limit": len(broken.without_limit),
        "unmeasured": len(broken.unmeasured) + len(broken.unmeasured_elsewhere),
        "unused-chapters": len(broken.unused_chapters),
    }


def _broken(chains: Chains, counts: dict[str, int], lookup: Lookup) -> BrokenPage:
    broken = chains.broken
    return BrokenPage(
        _by_attribute(broken.without_chapter, lookup, lambda chain: len(chain.called)),
        _by_attribute(broken.without_limit, lookup, lambda chain: len(chain.calls["required"])),
        tuple(_parameter(name, lookup) for name in broken.unmeasured),
        tuple(_parameter(name, lookup) for name in broken.unmeasured_elsewhere),
        tuple(
            LooseChapter(
                lookup.places.of("reference", chapter.to),
                chapter.part,
                _title(chapter, lookup),
                tuple(lookup.places.of("clause", clause) for clause in chains.cited[chapter]),
            )
            for chapter in broken.unused_chapters
        ),
        counts,
    )


def _parameter(name: str, lookup: Lookup) -> Counted:
    return Counted(lookup.places.of("parameter", name), len(lookup.chains.limits[name]))


def _by_attribute(
    methods: Iterable[str], lookup: Lookup, count: Callable[[Chain], int]
) -> tuple[tuple[Text, tuple[Counted, ...]], ...]:
    """Methods by attribute, those that most clauses ask for first."""
    found: dict[str, list[Counted]] = {}
    for name in methods:
        chain = lookup.chains.by_method[name]
        found.setdefault(chain.attribute, []).append(Counted(lookup.places.of("method", name), count(chain)))
    return tuple(
        (
            lookup.words.facet("attributes", attribute),
            tuple(sorted(found[attribute], key=lambda counted: (-counted.count, counted.ref.id))),
        )
        for attribute in lookup.matrix.attributes
        if attribute in found
    )
