"""Names: every id is given once, and every id that is mentioned exists."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from handbook.codes import code_of
from handbook.corpus import Corpus, Entry
from handbook.force import Force
from handbook.model import Applicability, Record
from handbook.problems import Code, Place, Problem, Severity, did_you_mean

APPLICABILITY = tuple(Applicability.model_fields)


@dataclass(frozen=True)
class Known:
    """The ids that exist, by what they name."""

    documents: frozenset[str]
    clauses: frozenset[str]
    references: frozenset[str]
    terms: frozenset[str]
    methods: frozenset[str]
    parameters: frozenset[str]
    evidence: frozenset[str]
    facets: dict[str, frozenset[str]]

    @property
    def works(self) -> frozenset[str]:
        """What a citation may point to."""
        return self.documents | self.references | self.clauses


def known(corpus: Corpus) -> Known:
    """The ids of `corpus`."""
    return Known(
        documents=_ids(corpus.documents),
        clauses=frozenset(entry.id for entry in corpus.clauses),
        references=_ids(corpus.references),
        terms=_ids(corpus.terms),
        methods=_ids(corpus.methods),
        parameters=_ids(corpus.parameters),
        evidence=_ids(corpus.evidence),
        facets={name: _ids(entries) for name, entries in corpus.facets.items()},
    )


def _ids(entries: Iterable[Entry[Record]]) -> frozenset[str]:
    return frozenset(getattr(entry.record, "id") for entry in entries)  # noqa: B009 - Record itself has no id


def _unknown(place: Place, what: str, name: str, ids: Collection[str]) -> Iterator[Problem]:
    if name not in ids:
        yield Problem(place, Code.UNKNOWN_ID, f"unknown {what} '{name}'{did_you_mean(name, ids)}")


# -------------------------------------------------------------------------------- given once


def duplicate_ids(corpus: Corpus) -> Iterator[Problem]:
    """An id given twice, be it in one file or in two."""
    groups: dict[str, Iterable[Entry[Record]]] = {
        "term": corpus.terms,
        "method": corpus.methods,
        "parameter": corpus.parameters,
        "evidence": corpus.evidence,
        "reference": corpus.references,
        **{_singular(name): entries for name, entries in corpus.facets.items()},
    }
    for what, entries in groups.items():
        yield from _twice(what, ((getattr(entry.record, "id"), entry.at("id")) for entry in entries))  # noqa: B009
    yield from _twice("clause", ((entry.id, entry.at("id")) for entry in corpus.clauses))
    for document in corpus.documents:
        keys = ((heading.key, document.at("headings", n, "key")) for n, heading in enumerate(document.record.headings))
        yield from _twice("heading", keys)
    documents = known(corpus).documents
    for entry in corpus.references:
        if entry.record.id in documents:
            message = f"'{entry.record.id}' is now a document of the corpus: delete this reference"
            yield Problem(entry.at("id"), Code.DUPLICATE_ID, message)


def codes_collide(corpus: Corpus) -> Iterator[Problem]:
    """Two clauses with one short code: the code on a printed checklist would lead to either."""
    first: dict[str, str] = {}
    for entry in corpus.clauses:
        other = first.setdefault(code_of(entry.id), entry.id)
        if other != entry.id:
            message = f"clause '{entry.id}' has the short code of '{other}' ({code_of(entry.id)}): give it another id"
            yield Problem(entry.at("id"), Code.DUPLICATE_ID, message)


def _twice(what: str, pairs: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for name, place in pairs:
        if name in first:
            yield Problem(place, Code.DUPLICATE_ID, f"{what} '{name}' is given twice; first at {first[name]}")
        else:
            first[name] = place


def _singular(name: str) -> str:
    return name.replace("_", " ").rstrip("s")


def withdrawn_ids(corpus: Corpus) -> Iterator[Problem]:
    """The id of a withdrawn clause given to another one."""
    gone = {entry.id: entry.at("id") for document in corpus.documents for entry in document.withdrawn}
    clauses = known(corpus).clauses
    for entry in corpus.clauses:
        if entry.id in gone:
            message = f"clause id '{entry.record.id}' was withdrawn at {gone[entry.id]} and is never used again"
            yield Problem(entry.at("id"), Code.WITHDRAWN_ID, message)
    for document in corpus.documents:
        for withdrawn in document.withdrawn:
            for number, target in enumerate(withdrawn.record.to):
                yield from _unknown(withdrawn.at("to", number), "clause", target, clauses)


# ----------------------------------------------------------------------------------- exist


def unknown_in_documents(corpus: Corpus) -> Iterator[Problem]:
    """Facets, lineage and fingerprints of documents."""
    ids = known(corpus)
    for document in corpus.documents:
        record = document.record
        yield from _applicability(document, ("scope",), record.scope, ids)
        for number, body in enumerate(record.bodies):
            yield from _unknown(document.at("bodies", number), "body", body, ids.facets["bodies"])
        for number, link in enumerate(record.lineage):
            yield from _unknown(document.at("lineage", number, "to"), "document or reference", link.to, ids.works)
        gone = sorted(set(document.fingerprints.clauses) - {entry.record.id for entry in document.clauses})
        if gone and document.clauses:  # without clauses their file is broken, and says so itself
            place = Place(f"{document.marks.file.rsplit('/', 1)[0]}/fingerprints.yml")
            message = f"fingerprints of clauses that do not exist ({', '.join(gone[:5])}): run 'handbook stamp'"
            yield Problem(place, Code.UNKNOWN_ID, message, Severity.WARNING)


def unknown_in_clauses(corpus: Corpus) -> Iterator[Problem]:
    """Every name that a clause mentions."""
    ids = known(corpus)
    headings = {d.record.id: {heading.key for heading in d.record.headings} for d in corpus.documents}
    points, parts = ids.facets.get("sampling_points", frozenset()), _parts(corpus)
    for entry in corpus.clauses:
        clause = entry.record
        if entry.document in headings:
            yield from _unknown(entry.at("heading"), "heading", clause.heading, headings[entry.document])
        for number, quantity in enumerate(clause.quantities):
            yield from _unknown(
                entry.at("quantities", number, "parameter"), "parameter", quantity.parameter, ids.parameters
            )
            if quantity.at:
                yield from _unknown(entry.at("quantities", number, "at"), "sampling point", quantity.at, points)
        for number, test in enumerate(clause.tests):
            yield from _unknown(entry.at("tests", number, "method"), "method", test.method, ids.methods)
            if test.at:
                yield from _unknown(entry.at("tests", number, "at"), "sampling point", test.at, points)
        for number, cited in enumerate(clause.cites):
            place = entry.at("cites", number, "to")
            yield from _unknown(place, "document or reference", cited.to, ids.works)
            if cited.part and parts.get(cited.to) and cited.part not in parts[cited.to]:
                near = did_you_mean(cited.part, parts[cited.to])
                message = f"'{cited.to}' lists no part '{cited.part}'{near}: add it to content/references.yml"
                yield Problem(entry.at("cites", number, "part"), Code.UNKNOWN_ID, message)
        yield from _listed(entry, "topics", "topic", clause.topics, ids.facets.get("topics", frozenset()))
        yield from _listed(entry, "terms", "term", clause.terms, ids.terms)
        yield from _listed(entry, "evidence", "evidence", clause.evidence, ids.evidence)
        if clause.applies:
            yield from _applicability(entry, ("applies",), clause.applies, ids)


def _parts(corpus: Corpus) -> dict[str, set[str]]:
    return {entry.record.id: {part.part for part in entry.record.parts} for entry in corpus.references}


def unknown_in_glossary(corpus: Corpus) -> Iterator[Problem]:
    """Relations, sources and chapters of concepts; parents of facets."""
    ids = known(corpus)
    points = ids.facets.get("sampling_points", frozenset())
    for entries, what, own in (
        (corpus.terms, "term", ids.terms),
        (corpus.methods, "method", ids.methods),
        (corpus.parameters, "parameter", ids.parameters),
    ):
        for entry in entries:
            yield from _listed(entry, "broader", what, entry.record.broader, own)
            anything = ids.terms | ids.methods | ids.parameters
            yield from _listed(entry, "related", "term, method or parameter", entry.record.related, anything)
            yield from _listed(entry, "source", "clause", entry.record.source, ids.clauses)
            for number, misprint in enumerate(entry.record.misprints):
                yield from _unknown(
                    entry.at("misprints", number, "document"), "document", misprint.document, ids.documents
                )
    for term in corpus.terms:
        yield from _listed(term, "valid_in", "document", term.record.valid_in, ids.documents)
    for method in corpus.methods:
        attributes = ids.facets.get("attributes", frozenset())
        yield from _unknown(method.at("attribute"), "quality attribute", method.record.attribute, attributes)
        yield from _listed(method, "sampling_points", "sampling point", method.record.sampling_points, points)
        for number, chapter in enumerate(method.record.chapters):
            yield from _unknown(
                method.at("chapters", number, "to"), "document or reference", chapter.to, ids.documents | ids.references
            )
    for name, facets in corpus.facets.items():
        for facet in facets:
            if facet.record.broader:
                yield from _unknown(facet.at("broader"), _singular(name), facet.record.broader, ids.facets[name])
            yield from _listed(facet, "also", _singular(name), facet.record.also, ids.facets[name])
            yield from _listed(facet, "implies", "product", facet.record.implies, ids.facets["products"])


def unknown_in_audits(corpus: Corpus) -> Iterator[Problem]:
    """Every value that a ready-made checklist chooses."""
    ids = known(corpus)
    forces = frozenset(force.value for force in Force)
    for entry in corpus.audits:
        profile = entry.record.profile
        yield from _applicability(entry, ("profile",), profile, ids)
        for key, what, there in (
            ("topics", "topic", ids.facets["topics"]),
            ("points", "sampling point", ids.facets["sampling_points"]),
            ("documents", "document", ids.documents),
            ("forces", "binding force", forces),
        ):
            for number, name in enumerate(getattr(profile, key)):
                yield from _unknown(entry.at("profile", key, number), what, name, there)


def unknown_in_references(corpus: Corpus) -> Iterator[Problem]:
    """What succeeded a work, and what it is an edition of, must be known."""
    ids = known(corpus)
    for entry in corpus.references:
        record = entry.record
        if record.superseded_by:
            yield from _unknown(entry.at("superseded_by"), "document or reference", record.superseded_by, ids.works)
        if record.edition_of:
            yield from _unknown(entry.at("edition_of"), "reference", record.edition_of, ids.references)


def _listed(entry: Entry[Record], key: str, what: str, names: Iterable[str], ids: Collection[str]) -> Iterator[Problem]:
    for number, name in enumerate(names):
        yield from _unknown(entry.at(key, number), what, name, ids)


def _applicability(
    entry: Entry[Record], path: tuple[str, ...], applies: Applicability, ids: Known
) -> Iterator[Problem]:
    for facet in APPLICABILITY:
        for number, name in enumerate(getattr(applies, facet)):
            place = entry.at(*path, facet, number)
            yield from _unknown(place, _singular(facet), name, ids.facets.get(facet, frozenset()))
