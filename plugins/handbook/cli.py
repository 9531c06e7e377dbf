"""The command `handbook`: the same core as the site, for authors and for machines."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import click
from pydantic import ValidationError

from handbook.align import align_documents
from handbook.census import census, census_text
from handbook.changes.compare import compare, list_sizes
from handbook.changes.exported import open_export, read_export
from handbook.changes.record import release_of, write_release
from handbook.changes.report import changes_data, changes_text
from handbook.checklists.catalogue import EditionFacts
from handbook.checklists.order import (
    FORMATS,
    Format,
    Order,
    chosen_list,
    left_out,
    named_list,
    reason_text,
    written,
)
from handbook.checklists.workbook import Shown
from handbook.conflicts import find_candidates
from handbook.exports.json_export import export_json, exported
from handbook.exports.matrix_xlsx import matrix_xlsx
from handbook.fingerprint import edition_fingerprint
from handbook.link import Labels
from handbook.listed import hold_lists
from handbook.lists import Checklist, ready_lists
from handbook.matrix import matrix_of
from handbook.originals.findings import report_text
from handbook.originals.report import segments_as_json, segments_as_text
from handbook.originals.source import OriginalsError, open_inventory
from handbook.originals.stamp import stamp_documents
from handbook.originals.verify import verify_corpus
from handbook.phrases import Phrases
from handbook.pipeline import Handbook, compile_handbook
from handbook.problems import Code, HandbookError, Place, Problem, did_you_mean
from handbook.read.content import read_corpus
from handbook.schemas import stale_schemas, write_schemas
from handbook.search.bundle import search_files
from handbook.search.engine import SearchEngine
from handbook.search.probes import judge, measure, outcome_text, read_probes
from handbook.search.records import search_data
from handbook.site import build_site, serve_site
from handbook.templates import Templates
from handbook.verdicts import stamp_verdicts
from handbook.views.labels import Vocabulary

ROOT = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder with content/ and glossary/ (default: this one).",
)
ORIGINALS = click.option(
    "--originals",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="HANDBOOK_ORIGINALS",
    required=True,
    help="Folder with the original texts and inventory.yml.",
)
OUTPUT = click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")


class _Group(click.Group):
    """Turns the program's own exceptions into lines for the user and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:

        try:
            return super().invoke(ctx)
        except HandbookError as error:
            _report(error.problems)
        except OriginalsError as error:
            click.echo(f"handbook: {error}", err=True)
        except (OSError, UnicodeError) as error:
            click.echo(f"handbook: {error}", err=True)
        sys.exit(1)


def _report(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    click.echo(f"{len(problems)} problem(s)", err=True)


@click.group(cls=_Group)
@click.version_option(package_name="cell-therapy-handbook")
def main() -> None:
    """Cell Therapy Compliance Handbook: check, verify, build and export."""


@main.command()
@ROOT
@click.option("--strict", is_flag=True, help="Warnings are errors.")
def check(root: Path, strict: bool) -> None:
    """Read and validate all files; print every problem, sorted; exit 1 if there is an error."""

    handbook = compile_handbook(root, strict=strict)
    hold_lists(handbook, root)
    for problem in handbook.warnings:
        click.echo(str(problem), err=True)
    corpus = handbook.corpus
    click.echo(
        f"{len(corpus.documents)} documents, {len(handbook.clauses)} clauses, {len(corpus.terms)} terms, "
        f"{len(corpus.methods)} methods, {len(corpus.parameters)} parameters, {len(corpus.references)} references, "
        f"{handbook.graph.number_of_edges()} edges: no errors"
    )


@main.command()
@click.argument("document")
@ROOT
@ORIGINALS
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
def segment(document: str, root: Path, originals: Path, as_json: bool) -> None:
    """Cut an original into segments: heading path, lines, text, modality, figures, candidates."""
    inventory = open_inventory(originals)
    corpus, _ = read_corpus(root)
    write = segments_as_json if as_json else segments_as_text
    click.echo(write(inventory, inventory.entry(document), Labels.of(corpus, "zh")))


@main.command()
@click.argument("documents", nargs=-1)
@ROOT
@ORIGINALS
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
def verify(documents: tuple[str, ...], root: Path, originals: Path, as_json: bool) -> None:
    """Prove the clauses against the originals; exit 1 if anything is wrong."""

    report = verify_corpus(compile_handbook(root), originals, documents)
    click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=1) if as_json else report_text(report))
    sys.exit(0 if report.clean else 1)


@main.command()
@click.argument("documents", nargs=-1)
@ROOT
@ORIGINALS
def stamp(documents: tuple[str, ...], root: Path, originals: Path) -> None:
    """Write the fingerprints of the clauses' original spans into fingerprints.yml."""

    for path in stamp_documents(compile_handbook(root), root, originals, documents):
        click.echo(f"written: {path}")


@main.command()
@ROOT
def vocabularies(root: Path) -> None:
    """Count how often each value of the vocabularies is used; name the lonely and the crowded."""

    click.echo(census_text(census(compile_handbook(root))))


@main.command()
@click.argument("earlier")
@click.argument("later")
@ROOT
def align(earlier: str, later: str, root: Path) -> None:
    """Propose what became of each clause of EARLIER in LATER; writes content/LATER/lineage.yml, keeps what stands."""

    corpus, problems = read_corpus(root)
    if problems:
        raise HandbookError(problems)
    click.echo(f"written: {align_documents(corpus, root, earlier, later)}")


@main.command()
@ROOT
@click.option("--stamp", "stamped", is_flag=True, help="Stamp the verdicts for the clauses as they stand.")
def conflicts(root: Path, stamped: bool) -> None:
    """List pairs of clauses that may ask for different things, those without a verdict first."""

    handbook = compile_handbook(root)
    if stamped:
        click.echo(f"written: {stamp_verdicts(handbook.corpus, root)}")
        return
    entry = handbook.corpus.verdicts
    verdicts = {frozenset(one.clauses): one.verdict for one in entry.record.verdicts} if entry else {}
    found = find_candidates(handbook.corpus, handbook.clauses, handbook.graph)
    for one in sorted(found, key=lambda one: one.pair in verdicts):
        verdict = verdicts.get(one.pair, "unread")
        about = ", ".join(one.about or one.ground.concepts or one.ground.topics)
        click.echo(f"{verdict:9} {one.confidence:.2f} {one.kind}\n    {one.first}\n    {one.second}\n    {about}")
    click.echo(f"{len(found)} candidate(s), {sum(one.pair not in verdicts for one in found)} without a verdict")


@main.command()
@click.option("--write", is_flag=True, help="Bring the files up to date instead of only checking them.")
def schemas(write: bool) -> None:
    """Check (or write) the JSON Schemas that editors use."""

    stale = write_schemas() if write else stale_schemas()
    for name in stale:
        click.echo(f"{'written' if write else 'out of date'}: {name}")
    sys.exit(1 if stale and not write else 0)


@main.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="en", show_default=True, help="Language of the texts.")
def diff(old: Path, new: Path, as_json: bool, lang: str) -> None:
    """Tell what changed between two exports of `handbook export json`."""

    changes = compare(open_export(old), open_export(new))
    click.echo(json.dumps(changes_data(changes), ensure_ascii=False) if as_json else changes_text(changes, lang))


@main.command()
@click.argument("version")
@ROOT
@click.option("--date", required=True, help="Day of the release, as in 2026-11-26.")
@click.option("--against", type=click.Path(path_type=Path), help="Export of the release before; none for the first.")
@click.option("--again", is_flag=True, help="Write a record that is there anew; its note is kept.")
def release(version: str, root: Path, date: str, against: Path | None, again: bool) -> None:
    """Record a release in content/releases/VERSION.yml: what it holds, and what it changes."""

    new = read_export(exported(compile_handbook(root)), Place("content"))
    changes = compare(open_export(against), new) if against else None
    try:
        record = release_of(version, date, new, list_sizes(new), changes)
    except ValidationError as error:
        place = Place(f"content/releases/{version}.yml")
        found = error.errors(include_url=False)
        raise HandbookError(
            Problem(place, Code.SHAPE, f"{'.'.join(map(str, one['loc']))} {one['input']!r}: {one['msg']}")
            for one in found
        ) from error
    click.echo(f"written: {write_release(record, root, again=again)}")


@main.group()
def export() -> None:
    """Write the handbook in another format."""


@export.command("json")
@ROOT
@OUTPUT
def export_as_json(root: Path, output: Path | None) -> None:
    """Write everything as JSON (schema: handbook-export.schema.json)."""

    text = export_json(compile_handbook(root))
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)


@export.command("search")
@ROOT
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder.")
def export_search(root: Path, output: Path) -> None:
    """Write the search engine and its data as the site loads them."""

    handbook = compile_handbook(root)
    for name, text in search_files(handbook, edition_fingerprint(handbook.corpus.clauses)).items():
        path = output / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        click.echo(f"written: {path}")


@main.command()
@ROOT
@click.option("--document", help="Only what this document asks for, beside the others.")
@click.option("--format", type=click.Choice(["xlsx"]), default="xlsx", show_default=True, expose_value=False)
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Date that the workbook bears (default: today).")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="File to write.")
def matrix(root: Path, document: str | None, date: datetime | None, output: Path) -> None:
    """Write the test matrix: tests by sampling point, their clauses, differences and gaps."""

    handbook = compile_handbook(root)
    known = matrix_of(handbook).documents
    if document and document not in known:
        message = f"no document '{document}' that calls for tests{did_you_mean(document, known)}"
        raise HandbookError([Problem(Place("--document"), Code.UNKNOWN_ID, message)])
    phrases = Phrases(root / "site_templates" / "phrases.yml")
    day = date or datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    output.write_bytes(matrix_xlsx(handbook, phrases, day, document))
    click.echo(f"written: {output}")


@main.command()
@click.argument("words", nargs=-1, required=True)
@ROOT
@click.option("--json", "as_json", is_flag=True, help="JSON instead of text.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--exact", is_flag=True, help="Only as typed: no synonyms, no near spellings.")
def search(words: tuple[str, ...], root: Path, as_json: bool, limit: int, exact: bool) -> None:
    """Search as the site does, with the same engine and ranking."""

    engine = SearchEngine(search_data(compile_handbook(root)))
    answer = engine.search(" ".join(words), limit=limit, expand=not exact)
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    for rank, result in enumerate(answer["results"], start=1):
        click.echo(f"{rank:3} {result['kind']} {result['id']}\n    {result['zh']}\n    {result['en']}")
    click.echo(f"{answer['total']} result(s)")


@main.command()
@ROOT
@click.option("-v", "--verbose", is_flag=True, help="Name every probe that misses something.")
def probe(root: Path, verbose: bool) -> None:
    """Put the probe queries to the search; exit 1 when it finds less than it should."""

    handbook = compile_handbook(root)
    probes = read_probes(root)
    quality = measure(SearchEngine(search_data(handbook)), probes)
    for outcome in quality.outcomes if verbose else ():
        if outcome.recall < 1 or outcome.reciprocal_rank < 1 or outcome in quality.loud:
            click.echo(outcome_text(outcome))
    click.echo(quality.text())
    if problems := list(judge(quality, handbook, probes)):
        raise HandbookError(problems)


CHOICE = {
    "product": "products",
    "source": "sources",
    "modification": "modifications",
    "donor": "donors",
    "stage": "stages",
    "role": "roles",
    "topic": "topics",
    "point": "points",
    "document": "documents",
    "force": "forces",
    "modality": "modalities",
}


def _choices(command: Callable[..., None]) -> Callable[..., None]:
    """The options by which a checklist is chosen; each may be given several times."""
    for name, key in reversed(CHOICE.items()):
        help_text = f"Id of one of the {key}; may be given several times."
        command = click.option(f"--{name}", key, multiple=True, help=help_text)(command)
    return command


@main.command()
@ROOT
@OUTPUT
@click.option("--list", "listed", is_flag=True, help="Name all ready-made checklists and stop.")
@click.option("--profile", "name", help="A ready-made checklist: cell-bank, topic/donor, point/mcb, document/ID.")
@_choices
@click.option("--lang", "shown", type=click.Choice(("zh", "en", "both")), default="both", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), help="Default: by the ending of the file, else text.")
@click.option("--explain", is_flag=True, help="Name every clause that is left out, with every reason.")
def checklist(  # noqa: PLR0913, PLR0917 - the options of the command
    root: Path,
    output: Path | None,
    listed: bool,
    name: str | None,
    shown: Shown,
    form: Format | None,
    explain: bool,
    **choice: tuple[str, ...],
) -> None:
    """Write a checklist: a ready-made one, or the clauses of a choice (several kinds of option narrow it)."""

    handbook = compile_handbook(root)
    if listed:
        for one in ready_lists(handbook):
            click.echo(f"{one.id}\t{len(one.clauses)}\t{one.title.zh}\t{one.title.en}")
        return
    made = _ordered(handbook, name, {key: values for key, values in choice.items() if values})
    if explain:
        words = Vocabulary.of(handbook.corpus)
        for clause, reasons in left_out(handbook, made.profile):
            click.echo(f"{clause}\t{'; '.join(reason_text(reason, words) for reason in reasons)}")
        return
    form = form or _format_of(output)
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    order = Order(form, shown, str(uuid4()), now, _edition(handbook))
    data = written(handbook, made, Templates(root / "site_templates"), order)
    if output:
        output.write_bytes(data)
        click.echo(f"written: {output} ({len(made.clauses)} items)")
    elif form in ("xlsx", "pdf"):
        raise click.UsageError(f"{form} is not for a terminal: name a file with -o")
    else:
        click.echo(data.decode(), nl=False)


def _ordered(handbook: Handbook, name: str | None, choice: dict[str, tuple[str, ...]]) -> Checklist:
    """A single document, topic or point alone is its ready-made list."""
    if name and choice:
        raise click.UsageError("--profile stands alone; choose by the other options, or name a profile")
    if name:
        return named_list(handbook, name)
    if not choice:
        raise click.UsageError("name a --profile, or choose by --product, --topic and the like; --list names all")
    (key, values), *more = choice.items()
    ready = {"documents": "document", "topics": "topic", "points": "point"}
    if not more and len(values) == 1 and key in ready:
        return named_list(handbook, f"{ready[key]}/{values[0]}")
    return chosen_list(handbook, choice)


def _format_of(output: Path | None) -> Format:
    ending = output.suffix.removeprefix(".") if output else ""
    return next((form for form in FORMATS if form == ending), "text")


def _edition(handbook: Handbook) -> EditionFacts:
    version = importlib.metadata.version("cell-therapy-handbook")
    fingerprint = edition_fingerprint(handbook.corpus.clauses)
    return EditionFacts(version, fingerprint, datetime.now(UTC).date().isoformat())


@main.command()
@ROOT
@click.option("-d", "--site-dir", type=click.Path(file_okay=False, path_type=Path), default=Path("site"))
def site(root: Path, site_dir: Path) -> None:
    """Build the site beside the old one and put it in place only when it is whole."""

    built = build_site(root, site_dir)
    click.echo(f"Open {built.index}")
    click.echo(f"{built.pages} pages, {built.clauses} clauses, {built.seconds:.1f} s")


@main.command()
@ROOT
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True)
def serve(root: Path, address: str) -> None:
    """Serve the site and rebuild it on every edit."""

    sys.exit(serve_site(root, address))
