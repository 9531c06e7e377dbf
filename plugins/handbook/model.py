"""What the clause files, document records and glossary say, as immutable typed records.

The records are shape only: which keys exist and what type their values have. Whether a name that a record
mentions exists elsewhere is the business of `handbook.validate`. The JSON Schemas that editors use are made
from these classes (`handbook.schemas`), so a description here is what an author reads while typing.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.types import Strict

from handbook.modality import Modality

T = TypeVar("T")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*(/[a-z0-9][a-z0-9.-]*)?$")]
Words = Annotated[str, StringConstraints(min_length=1, pattern=r"\S")]
Whole = Annotated[int, Strict()]
Number = Annotated[int, Strict()] | Annotated[float, Strict()]
Span = tuple[Whole, Whole]


class Record(BaseModel):
    """Base of all records: frozen, and a key that the model does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_inf_nan="constants")


class Text(Record):
    """The same statement in both languages."""

    zh: Words
    en: Words

    def of(self, language: str) -> str:
        """The text in `language` ("zh" or "en")."""
        return self.zh if language == "zh" else self.en


# ------------------------------------------------------------------------------------------ clauses

ClauseType = Literal["provision", "definition", "statement", "indicator", "table-row", "form-field"]
Relation = Literal[">=", ">", "<=", "<", "=", "~", "range"]
Sense = Literal["limit", "example", "reported", "condition"]
Need = Literal["required", "conditional", "not-required"]


class Formula(Record):
    """How an indicator is computed: numerator over denominator, times a factor (100 for a percentage)."""

    numerator: Text
    denominator: Text
    factor: Number = Field(1, description="what the ratio is multiplied by; 100 for a percentage")


class Quantity(Record):
    """One figure of a clause as data: `parameter relation value unit`, where it holds and under what condition."""

    parameter: Slug = Field(description="id in glossary/parameters.yml")
    relation: Relation = Field(description="'range' takes low and high, '=' may take a formula, '~' is about")
    value: Number | None = None
    low: Number | None = Field(None, description="lower end of a range")
    high: Number | None = Field(None, description="upper end of a range")
    unit: Words = Field(description="UCUM, e.g. '%', 'Cel', 'd', 'um', '10*9/L', '{copies}/{cell}', '1'")
    formula: Formula | None = None
    at: Slug | None = Field(None, description="sampling point in glossary/facets.yml")
    condition: Text | None = Field(None, description="when the figure holds")
    sense: Sense = Field(
        "limit",
        description="a limit that the clause sets, an example, a reported finding, or a mere condition",
    )
    printed: Words | None = Field(
        None, description="the figure as the original prints it, where that differs: misprints, words such as 百级"
    )


class Applicability(Record):
    """To what a document or clause applies; an empty list means that it sets no restriction."""

    products: tuple[Slug, ...] = ()
    sources: tuple[Slug, ...] = ()
    modifications: tuple[Slug, ...] = ()
    donors: tuple[Slug, ...] = ()
    stages: tuple[Slug, ...] = ()
    roles: tuple[Slug, ...] = ()


class Test(Record):
    """A test that a clause calls for (or says is not called for)."""

    method: Slug = Field(description="id in glossary/methods.yml")
    at: Slug | None = Field(None, description="sampling point in glossary/facets.yml")
    need: Need = "required"


class Citation(Record):
    """A work that a clause cites."""

    to: NodeId = Field(description="a document of the corpus, one of its clauses, or a work in content/references.yml")
    part: Words | None = Field(None, description='chapter, section or article, as a quoted string: "0234"')


class Clause(Record):
    """The smallest statement that can be complied with, or cited, alone."""

    id: Slug = Field(description="short id; the full id is <document>/<id>; never reused")
    heading: Words = Field(description="key of a heading in document.yml")
    number: Words | None = Field(None, description="number as printed, quoted")
    lines: Span = Field(description="narrowest raw lines [first, last] of the original, 1-based")
    type: ClauseType = "provision"
    modality: Modality = Field(description="shall, shall-not, should, should-not, may or none")
    cue: Words | None = Field(None, description="the word in the original that carries the modality")
    zh: Words
    en: Words
    quantities: tuple[Quantity, ...] = ()
    applies: Applicability | None = Field(None, description="given fields replace those of the document")
    topics: tuple[Slug, ...] = Field(min_length=1)
    tests: tuple[Test, ...] = ()
    terms: tuple[Slug, ...] = Field((), description="terms that the automatic linker cannot find")
    cites: tuple[Citation, ...] = ()
    evidence: tuple[Slug, ...] = Field((), description="what an auditor asks to see; ids in glossary/evidence.yml")
    note: Text | None = Field(None, description="ours, never the source's: misprints, likely intent, ambiguity")


class Withdrawn(Record):
    """A clause id that is out of use; kept so that it is never given to another clause."""

    id: Slug
    since: Words = Field(description="the release that withdrew it")
    reason: Text
    to: tuple[NodeId, ...] = ()


class ClauseFile(Record):
    """content/<document>/NN-<section>.yml"""

    clauses: tuple[Clause, ...]
    withdrawn: tuple[Withdrawn, ...] = ()


# ---------------------------------------------------------------------------------------- documents

Status = Literal[
    "consultation-draft", "trial", "in-force-at-issue", "notice", "interpretation", "journal-article", "form"
]
Kind = Literal[
    "regulation", "guideline", "self-discipline-standard", "quality-indicators", "form", "review", "journal-article"
]
LineageRelation = Literal["draft_of", "supersedes", "superseded_by", "part_of", "interprets", "related"]
Basis = Literal["printed", "corpus", "general-knowledge"]
TextStatus = Literal["official", "reviewed", "machine"]


class OriginalSpan(Record):
    """Where the document stands: file name and raw lines, 1-based, inclusive."""

    file: Words
    lines: Span


class Heading(Record):
    """A heading of the original, in the order of the text."""

    key: Words = Field(description="what clauses name in `heading`")
    level: Annotated[int, Strict(), Field(ge=1, le=6)]
    number: Words | None = Field(None, description="as printed, quoted")
    zh: Words
    en: Words
    lines: Span = Field(description="from the heading's own line to the last line of its section")


class Lineage(Record):
    """How the document relates to another one."""

    relation: LineageRelation
    to: NodeId
    basis: Basis = Field(description="printed in the text, said elsewhere in the corpus, or general knowledge")
    note: Text | None = None


class Reading(Record):
    """A second reading of the clauses against the original by someone who did not write them."""

    date: Words
    reader: Text
    clauses: Whole = Field(description="clauses read")
    wrong: Whole = Field(description="clauses found wrong")
    mended: Whole
    note: Text | None = None


class Review(Record):
    """Who restated and translated the document, and how it was checked."""

    restated: TextStatus
    translated: TextStatus
    by: Text
    readings: tuple[Reading, ...] = ()


class Dated(Record):
    """About when a document appeared that prints no date itself."""

    date: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}){0,2}$")] = Field(description='"2017-12", quoted')
    basis: Basis


class Document(Record):
    """content/<document>/document.yml"""

    id: Slug
    title: Text
    short: Text = Field(description="a short title for tables and badges")
    title_note: Text | None = None
    aliases: tuple[Words, ...] = Field((), description="titles under which other works cite it")
    issuer: Text
    issuer_basis: Basis = "printed"
    date: Words | None = Field(None, description='as printed, quoted: "2026-05"')
    date_note: Text | None = None
    dated: Dated | None = Field(None, description="for a document that prints no date: about when, and how we know")
    bodies: tuple[Slug, ...] = Field((), description="`bodies` in glossary/facets.yml: who issued it, by today's name")
    status: Status
    kind: Kind
    scope: Applicability = Applicability()
    scope_note: Text | None = None
    original: OriginalSpan
    headings: tuple[Heading, ...]
    lineage: tuple[Lineage, ...] = ()
    currency: Text | None = Field(None, description="what is known of its current status; ours")
    note: Text | None = Field(None, description="ours: what is peculiar about the text")
    review: Review


class Waiver(Record):
    """Normative lines that no clause needs to cover, and why."""

    lines: Span
    reason: Text


class CoverageFile(Record):
    """content/<document>/coverage.yml"""

    waivers: tuple[Waiver, ...]


DifferenceKind = Literal[
    "conflicts-with",
    "stricter-than",
    "figures-differ",
    "figure-in-one",
    "test-need-differs",
    "same-subject-other-modality",
]


class Verdict(Record):
    """What a reader found of two clauses that may ask for different things."""

    clauses: tuple[NodeId, NodeId] = Field(description="full ids; of stricter-than the stricter one first")
    kind: DifferenceKind
    verdict: Literal["confirmed", "dismissed"]
    reason: Text = Field(description="what differs, in one sentence; or why it is no difference")
    stamp: Words = Field(description="fingerprint of both clauses when read; made by `handbook conflicts --stamp`")


class VerdictFile(Record):
    """content/verdicts.yml: which of the candidates of `handbook conflicts` are differences."""

    by: Text = Field(description="who read the pairs, and how")
    verdicts: tuple[Verdict, ...]


LineageVerb = Literal[
    "unchanged", "wording", "modified", "moved-to", "split-to", "merged-to", "covered-by", "deleted", "added"
]


class Alignment(Record):
    """What became of clauses of an earlier version in a later one (verbs after OWASP ASVS)."""

    verb: LineageVerb = Field(
        description="unchanged, wording (says the same), modified (asks other things), moved-to (same, elsewhere), "
        "split-to, merged-to, covered-by (what it asks stands in clauses that have their own origin), deleted, added"
    )
    old: tuple[Slug, ...] = Field((), description="short ids in the earlier document")
    new: tuple[Slug, ...] = Field((), description="short ids in this document")
    stamp: Words = Field(description="fingerprint of these clauses when confirmed; made by `handbook align`")
    note: Text | None = None


class AlignmentFile(Record):
    """content/<document>/lineage.yml: this document against an earlier version, clause by clause."""

    earlier: Slug = Field(description="id of the earlier document")
    confirmed: Text = Field(description="who confirmed the proposals, and how")
    alignments: tuple[Alignment, ...]


class Coverage(Record):
    """How much of an original its clauses cover, counted in segments of `handbook segment`."""

    segments: Whole
    normative: Whole
    covered: Whole
    waived: Whole


class FingerprintFile(Record):
    """content/<document>/fingerprints.yml: made by `handbook stamp`, never by hand."""

    coverage: Coverage | None = None
    clauses: dict[str, str] = Field(description="clause id to the fingerprint of its original span")


ReferenceKind = Literal[
    "pharmacopoeia", "law", "regulation", "guideline", "international-guideline", "standard", "journal-article", "web"
]


class Part(Record):
    """A chapter or section of a cited work."""

    part: Words
    title: Text
    note: Text | None = None


class Reference(Record):
    """A work that the corpus cites but does not hold."""

    id: Slug
    title: Text
    aliases: tuple[Words, ...] = Field((), description="other ways in which the work is cited, either language")
    misprints: tuple[Words, ...] = Field((), description="titles as misprinted in the corpus")
    issuer: Text | None = None
    date: Words | None = None
    date_note: Text | None = None
    kind: ReferenceKind
    citation: Words | None = Field(None, description="bibliographic data of an article: authors, journal, year, pages")
    parts: tuple[Part, ...] = ()
    edition_of: Slug | None = Field(None, description="the work of which this is one edition")
    superseded_by: NodeId | None = None
    note: Text | None = None


class ReferenceFile(Record):
    """content/references.yml"""

    references: tuple[Reference, ...]


# ----------------------------------------------------------------------------------------- glossary


class Wordings(Record):
    """Further labels per language."""

    zh: tuple[Words, ...] = ()
    en: tuple[Words, ...] = ()


class Misprint(Record):
    """A label as misprinted in the corpus, so that a search for it still finds the concept."""

    text: Words
    document: Slug
    line: Whole


class Concept(Record):
    """Base of terms, methods and parameters: a concept with its labels (SKOS)."""

    id: Slug
    label: Text
    alt: Wordings = Field(Wordings(), description="other correct names (altLabel)")
    abbr: tuple[Words, ...] = Field((), description="abbreviations, used in both languages (altLabel)")
    hidden: Wordings = Field(Wordings(), description="variants that a search shall find (hiddenLabel)")
    misprints: tuple[Misprint, ...] = ()
    definition: Text
    source: tuple[NodeId, ...] = Field((), description="clauses that define it")
    scope_note: Text | None = None
    broader: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    exact_match: tuple[Words, ...] = ()
    link: bool = Field(True, description="false: the word is too common to be linked in running text")


class Term(Concept):
    """glossary/terms.yml"""

    valid_in: tuple[Slug, ...] = Field((), description="documents for which alone the definition holds")


class Chapter(Record):
    """A chapter of a pharmacopoeia or guideline that describes the method."""

    to: NodeId
    part: Words | None = None


class Method(Concept):
    """glossary/methods.yml: the definition says what is tested, the principle says how."""

    attribute: Slug = Field(description="quality attribute tested; `attributes` in glossary/facets.yml")
    principle: Text | None = None
    chapters: tuple[Chapter, ...] = ()
    sampling_points: tuple[Slug, ...] = ()


Stricter = Literal["higher", "lower", "none"]


class Parameter(Concept):
    """glossary/parameters.yml"""

    dimension: Words = Field(description="fraction, count, duration, temperature, concentration …")
    unit: Words = Field(description="default unit, UCUM")
    stricter: Stricter = Field(description="which direction is stricter; none where the question has no sense")


class Evidence(Record):
    """glossary/evidence.yml: a kind of record that an auditor asks to see."""

    id: Slug
    label: Text
    definition: Text | None = None


class Facet(Record):
    """One value of a controlled vocabulary."""

    id: Slug
    label: Text
    broader: Slug | None = None
    also: tuple[Slug, ...] = Field((), description="further broader values: a CAR-T cell is gene-modified too")
    implies: tuple[Slug, ...] = Field((), description="of a modification: the products that a modified product is too")
    definition: Text | None = None


class FacetFile(Record):
    """glossary/facets.yml: the controlled vocabularies."""

    products: tuple[Facet, ...]
    sources: tuple[Facet, ...]
    modifications: tuple[Facet, ...]
    donors: tuple[Facet, ...]
    stages: tuple[Facet, ...]
    roles: tuple[Facet, ...]
    bodies: tuple[Facet, ...]
    sampling_points: tuple[Facet, ...]
    attributes: tuple[Facet, ...]
    topics: tuple[Facet, ...]


class TermFile(Record):
    """glossary/terms.yml"""

    terms: tuple[Term, ...]


class MethodFile(Record):
    """glossary/methods.yml"""

    methods: tuple[Method, ...]


class ParameterFile(Record):
    """glossary/parameters.yml"""

    parameters: tuple[Parameter, ...]


class EvidenceFile(Record):
    """glossary/evidence.yml"""

    evidence: tuple[Evidence, ...]


class Profile(Applicability):
    """What a checklist is about; an empty list restricts nothing (`handbook.applicability` says how it is read)."""

    topics: tuple[Slug, ...] = ()
    points: tuple[Slug, ...] = Field((), description="sampling points; a clause of a chosen topic or point is taken")
    documents: tuple[Slug, ...] = ()
    forces: tuple[Slug, ...] = ()
    modalities: tuple[Modality, ...] = ()


class Audit(Record):
    """content/checklists/<id>.yml: a common audit, as the choice that makes its checklist."""

    id: Slug
    title: Text
    purpose: Text = Field(description="who uses it, and when")
    profile: Profile


class Probe(Record):
    """A query and what a specialist expects among the first ten results; nothing where nothing may be found."""

    query: Words
    language: Literal["zh", "en"]
    kind: Words = Field(description="fragment, figure, abbreviation, synonym, misprint, question, slip, nothing …")
    expect: tuple[NodeId, ...] = Field(description="ids of clauses, terms, methods, parameters, references, documents")


class ProbeFile(Record):
    """content/probes.yml: the build fails when the search finds less than it should."""

    probes: tuple[Probe, ...]
