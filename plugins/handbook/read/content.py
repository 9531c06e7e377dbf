"""The folders content/ and glossary/ to a `Corpus`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

from handbook.corpus import FACETS, ClauseEntry, Corpus, DocumentEntry, Entry, WithdrawnEntry
from handbook.marks import Marks
from handbook.model import (
    AlignmentFile,
    Audit,
    Clause,
    Document,
    Evidence,
    Facet,
    FingerprintFile,
    Method,
    Parameter,
    Record,
    Reference,
    Term,
    VerdictFile,
    Waiver,
    Withdrawn,
)
from handbook.problems import Code, Place, Problem, did_you_mean
from handbook.read.positions import load
from handbook.read.shape import shape, shape_each
from handbook.releases import Release

R = TypeVar("R", bound=Record)
CLAUSE_FILES = "[0-9][0-9]-*.yml"
NO_DOCUMENTS = ("checklists", "releases")
BESIDE = ("document.yml", "coverage.yml", "fingerprints.yml", "lineage.yml")


def read_corpus(root: Path) -> tuple[Corpus, list[Problem]]:
    """All records below `root`/content and `root`/glossary, and everything wrong with their shape.

    A bad record is left out and named, the rest is read, so that one run shows everything.
    """
    reader = _Reader(root)
    glossary, content = root / "glossary", root / "content"
    if not glossary.is_dir() and not content.is_dir():
        message = "no handbook here: neither content/ nor glossary/; go to its folder or name it with --root"
        return Corpus(facets=dict.fromkeys(FACETS, ())), [Problem(Place("."), Code.FILE, message)]
    corpus = Corpus(
        documents=tuple(reader.documents(content)),
        references=reader.records(Reference, content / "references.yml", "references"),
        verdicts=reader.verdicts(content / "verdicts.yml"),
        terms=reader.records(Term, glossary / "terms.yml", "terms"),
        methods=reader.records(Method, glossary / "methods.yml", "methods"),
        parameters=reader.records(Parameter, glossary / "parameters.yml", "parameters"),
        evidence=reader.records(Evidence, glossary / "evidence.yml", "evidence"),
        facets=reader.facets(glossary / "facets.yml"),
        audits=tuple(reader.audits(content / "checklists")),
        releases=tuple(reader.releases(content / "releases")),
    )
    return corpus, reader.problems


class _Reader:
    """Reads files below a root and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []

    def name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def problem(self, path: Path, message: str) -> None:
        self.problems.append(Problem(Place(self.name(path)), Code.FILE, message))

    def mapping(self, path: Path, keys: tuple[str, ...]) -> tuple[dict[str, object], Marks]:
        """The mapping in a YAML file; with `keys`, any other key is a problem."""
        nothing: dict[str, object] = {}
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            self.problem(path, "the file is missing")
            return nothing, Marks(self.name(path), {})
        except (UnicodeDecodeError, OSError) as error:
            self.problem(path, f"cannot be read as UTF-8 text: {error.__class__.__name__}")
            return nothing, Marks(self.name(path), {})
        value, marks, problems = load(text, self.name(path))
        self.problems += problems
        if not isinstance(value, dict):
            if not problems:
                self.problem(path, "expected a mapping of keys")
            return nothing, marks
        for key in [key for key in value if keys and key not in keys]:
            message = f"unknown key '{key}'{did_you_mean(key, keys)}"
            self.problems.append(Problem(marks.at(key), Code.UNKNOWN_KEY, message))
        return value, marks

    def listed(self, kind: type[R], value: dict[str, object], key: str, marks: Marks) -> list[tuple[R, Marks]]:
        if key not in value:
            return []
        good, problems = shape_each(kind, value[key], marks.below(key))
        self.problems += problems
        return good

    def records(self, kind: type[R], path: Path, key: str) -> tuple[Entry[R], ...]:
        value, marks = self.mapping(path, (key,))
        if value and key not in value:
            self.problem(path, f"key '{key}' is missing")
        return tuple(Entry(record, at) for record, at in self.listed(kind, value, key, marks))

    def facets(self, path: Path) -> dict[str, tuple[Entry[Facet], ...]]:
        value, marks = self.mapping(path, FACETS)
        for key in [key for key in FACETS if value and key not in value]:
            self.problem(path, f"key '{key}' is missing")
        return {key: tuple(Entry(*pair) for pair in self.listed(Facet, value, key, marks)) for key in FACETS}

    def documents(self, content: Path) -> list[DocumentEntry]:
        if not content.is_dir():
            self.problem(content, "the folder is missing")
            return []
        folders = sorted(
            path
            for path in content.iterdir()
            if path.is_dir() and not path.name.startswith(".") and path.name not in NO_DOCUMENTS
        )
        return [entry for folder in folders if (entry := self.document(folder))]

    def audits(self, folder: Path) -> Iterator[Entry[Audit]]:
        for path in sorted(folder.glob("*.y*ml")):
            value, marks = self.mapping(path, ())
            record, problems = shape(Audit, value, marks) if value else (None, [])
            self.problems += problems
            if record and record.id != path.stem:
                message = f"checklist id '{record.id}' differs from the file's name '{path.stem}'"
                self.problems.append(Problem(marks.at("id"), Code.UNKNOWN_ID, message))
            elif record:
                yield Entry(record, marks)

    def releases(self, folder: Path) -> Iterator[Entry[Release]]:
        for path in sorted(folder.glob("*.y*ml")):
            value, marks = self.mapping(path, ())
            record, problems = shape(Release, value, marks) if value else (None, [])
            self.problems += problems
            if record and record.version != path.stem:
                message = f"version '{record.version}' differs from the file's name '{path.stem}'"
                self.problems.append(Problem(marks.at("version"), Code.UNKNOWN_ID, message))
            elif record:
                yield Entry(record, marks)

    def document(self, folder: Path) -> DocumentEntry | None:
        value, marks = self.mapping(folder / "document.yml", ())
        clauses, withdrawn = self.clauses(folder)
        waivers = self.optional(Waiver, folder / "coverage.yml", "waivers")
        fingerprints = self.fingerprints(folder / "fingerprints.yml")
        for path in sorted(folder.glob("*.y*ml")):
            if path.name not in BESIDE and not path.match(CLAUSE_FILES):
                self.problem(path, "no clause file has this name: two digits, a hyphen, a word, as in '01-scope.yml'")
        if not value:
            return None
        record, problems = shape(Document, value, marks)
        self.problems += problems
        if record is None:
            return None
        if record.id != folder.name:
            message = f"document id '{record.id}' differs from the folder's name '{folder.name}'"
            self.problems.append(Problem(marks.at("id"), Code.UNKNOWN_ID, message))
            return None
        lineage = self.lineage(folder / "lineage.yml")
        return DocumentEntry(record, marks, clauses, withdrawn, waivers, fingerprints, lineage)

    def clauses(self, folder: Path) -> tuple[tuple[ClauseEntry, ...], tuple[WithdrawnEntry, ...]]:
        clauses: list[ClauseEntry] = []
        withdrawn: list[WithdrawnEntry] = []
        for path in sorted(folder.glob(CLAUSE_FILES)):
            value, marks = self.mapping(path, ("clauses", "withdrawn"))
            if value and "clauses" not in value:
                self.problem(path, "key 'clauses' is missing")
            clauses += [ClauseEntry(*pair, folder.name) for pair in self.listed(Clause, value, "clauses", marks)]
            gone = self.listed(Withdrawn, value, "withdrawn", marks)
            withdrawn += [WithdrawnEntry(*pair, folder.name) for pair in gone]
        return tuple(clauses), tuple(withdrawn)

    def optional(self, kind: type[R], path: Path, key: str) -> tuple[Entry[R], ...]:
        return self.records(kind, path, key) if path.exists() else ()

    def lineage(self, path: Path) -> Entry[AlignmentFile] | None:
        if not path.exists():
            return None
        before = len(self.problems)
        value, marks = self.mapping(path, ())
        if len(self.problems) > before:
            return None
        record, problems = shape(AlignmentFile, value, marks)
        self.problems += problems
        return Entry(record, marks) if record else None

    def verdicts(self, path: Path) -> Entry[VerdictFile] | None:
        if not path.exists():
            return None
        before = len(self.problems)
        value, marks = self.mapping(path, ())
        if len(self.problems) > before:
            return None
        record, problems = shape(VerdictFile, value, marks)
        self.problems += problems
        return Entry(record, marks) if record else None

    def fingerprints(self, path: Path) -> FingerprintFile:
        nothing = FingerprintFile(clauses={})
        if not path.exists():
            return nothing
        value, marks = self.mapping(path, ("coverage", "clauses"))
        record, problems = shape(FingerprintFile, value, marks) if value else (None, [])
        self.problems += problems
        return record or nothing
