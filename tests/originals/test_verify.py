"""Verification notices every kind of fault: on a small original of our own, and on the real ones where they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import clause, document, project
from click.testing import CliRunner
from handbook.cli import main
from handbook.link import LinkedClause
from handbook.originals.coverage import asking, cover
from handbook.originals.findings import Check, DocumentReport
from handbook.originals.official import layout_of, official_wording
from handbook.originals.segment import segment_layout
from handbook.originals.source import OriginalsError, open_inventory
from handbook.originals.verify import verify_corpus
from handbook.pipeline import compile_handbook

ROOT = Path(__file__).parent.parent.parent
TEXT = """样例指导原则
一、要求
本样例里，制剂放行时的存活率建议不小于85%，低于此值时应写明原因，
并保存记录30天。
此处还需另设专人看管样品的冷藏柜。
这里谈的是背景情况。
二、附则
本样例自发布日起可以试用。
"""
INVENTORY = {
    "documents": [
        {"id": "alpha", "seed": "a", "start_line": 1, "end_line": 9, "title_zh": "样例指导原则", "structure": "一、"}
    ]
}
GOOD = [
    clause(
        lines=[3, 3], zh="放行时制剂存活率建议不小于85%。", en="At release the share should be at least 85 %.", tests=[]
    ),
    clause(
        id="1-reason.1",
        lines=[3, 4],
        modality="shall",
        cue="应",
        zh="存活率低于此值时应写明原因，并把记录保存30天。",
        en="Below this share the reason shall be written down and the record kept for 30 days.",
        quantities=[],
        tests=[],
    ),
    clause(
        id="1-fridge.1",
        lines=[5, 5],
        modality="shall",
        cue="需",
        zh="样品的冷藏柜需设专人看管。",
        en="A person shall be put in charge of the sample refrigerator.",
        quantities=[],
        tests=[],
    ),
    clause(
        id="2-start.1",
        heading="2",
        lines=[8, 8],
        modality="may",
        cue="可以",
        zh="样例发布之日起可以试用。",
        en="From its issue the sample may be used on trial.",
        quantities=[],
        tests=[],
        evidence=[],
    ),
]
HEADINGS = [
    {"key": "1", "level": 1, "number": "一、", "zh": "要求", "en": "Requirements", "lines": [2, 6]},
    {"key": "2", "level": 1, "number": "二、", "zh": "附则", "en": "Final provisions", "lines": [7, 9]},
]


class Sample:
    """A project and its original in one folder; `report` verifies it as it stands."""

    def __init__(self, root: Path) -> None:
        self.root, self.originals = root / "project", root / "originals"
        self.originals.mkdir()
        (self.originals / "a.txt").write_text(TEXT, encoding="utf-8")
        (self.originals / "inventory.yml").write_text(yaml.safe_dump(INVENTORY, allow_unicode=True), encoding="utf-8")
        self.write(GOOD)

    def write(self, clauses: list[dict[str, Any]], **files: Any) -> None:
        record = document(original={"file": "a.txt", "lines": [1, 9]}, headings=HEADINGS)
        project(self.root, {"content/alpha/document.yml": record, **files}, clauses)

    def run(self, *arguments: str) -> Any:
        where = ["--root", str(self.root), "--originals", str(self.originals)]
        return CliRunner().invoke(main, [arguments[0], *where, *arguments[1:]])

    def report(self) -> DocumentReport:
        return verify_corpus(compile_handbook(self.root), self.originals).documents[0]


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    sample = Sample(tmp_path)
    assert sample.run("stamp").exit_code == 0
    return sample


def changed(number: int, **changes: Any) -> list[dict[str, Any]]:
    return [{**one, **changes} if n == number else one for n, one in enumerate(GOOD)]


def test_the_sample_is_clean(sample: Sample) -> None:
    result = sample.run("verify")
    assert result.exit_code == 0, result.output
    report = sample.report()
    assert (report.normative, report.covered) == (3, 3)


@pytest.mark.parametrize("gone", range(len(GOOD)))
def test_a_missing_clause_is_noticed(sample: Sample, gone: int) -> None:
    sample.write([one for n, one in enumerate(GOOD) if n != gone])
    report = sample.report()
    assert report.findings[Check.UNCOVERED] or report.findings[Check.CUES]


def test_a_clause_that_only_stands_on_the_lines_covers_nothing(sample: Sample) -> None:
    sample.write(changed(2, zh="文件需归档。", en="Files shall be archived."))
    (finding,) = sample.report().findings[Check.UNCOVERED]
    assert finding.lines == (5, 5)


def test_a_wrong_figure_is_noticed_on_both_sides(sample: Sample) -> None:
    wrong = {
        "zh": "放行时制剂存活率建议不小于80%。",
        "en": "At release the share should be at least 80 %.",
        "quantities": [],
    }
    sample.write(changed(0, **wrong))
    report = sample.report()
    assert [finding.clause for finding in report.findings[Check.FIGURES_NOT_IN_LINES]] == ["alpha/1-viability.1"]
    assert "85" in report.findings[Check.FIGURES_NOT_HELD][0].message


def test_a_wrong_cue_is_noticed(sample: Sample) -> None:
    sample.write(changed(2, cue="应"))
    assert any("cue '应' is not in its lines" in finding.message for finding in sample.report().findings[Check.CUES])


def test_a_lost_modality_is_noticed(sample: Sample) -> None:
    changes = {"modality": "none", "cue": None, "zh": "样品的冷藏柜设专人看管。", "en": "A person is in charge of it."}
    sample.write(changed(2, **changes))
    assert any("carries the cue 需" in finding.message for finding in sample.report().findings[Check.CUES])


def test_a_changed_original_makes_its_clauses_suspect(sample: Sample) -> None:
    (sample.originals / "a.txt").write_text(TEXT.replace("专人", "双人"), encoding="utf-8")
    assert [f.clause for f in sample.report().findings[Check.FINGERPRINTS]] == ["alpha/1-fridge.1"]


def test_a_changed_layout_does_not(sample: Sample) -> None:
    (sample.originals / "a.txt").write_text(TEXT.replace("专人", " 专 人 "), encoding="utf-8")
    assert sample.report().findings[Check.FINGERPRINTS] == ()


def test_copied_wording_is_noticed(sample: Sample) -> None:
    sentence = "此处甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃需另设专人看管。"
    (sample.originals / "a.txt").write_text(
        TEXT.replace("此处还需另设专人看管样品的冷藏柜。", sentence), encoding="utf-8"
    )
    sample.write(changed(2, zh=sentence))
    assert sample.report().findings[Check.COPIED][0].clause == "alpha/1-fridge.1"


def test_a_term_not_translated_as_the_glossary_says_is_noticed(sample: Sample) -> None:
    sample.write(
        changed(2, zh="成品制剂的冷藏柜需设专人看管样品。", en="A person shall be put in charge of the fridge.")
    )
    (finding,) = sample.report().findings[Check.TRANSLATIONS]
    assert "'成品制剂' is not translated as the glossary says ('drug product')" in finding.message


def test_a_waiver_is_counted_and_an_idle_one_is_noticed(sample: Sample) -> None:
    reason = {"zh": "与本手册无关", "en": "nothing to do with the handbook"}
    waivers = [{"lines": [5, 5], "reason": reason}, {"lines": [6, 6], "reason": reason}]
    sample.write([one for n, one in enumerate(GOOD) if n != 2], **{"content/alpha/coverage.yml": {"waivers": waivers}})
    report = sample.report()
    assert [finding.lines for finding in report.waived] == [(5, 5)]
    assert [finding.lines for finding in report.waivers] == [(5, 5), (6, 6)]
    assert report.findings[Check.UNCOVERED] == ()
    assert [finding.lines for finding in report.findings[Check.UNUSED_WAIVERS]] == [(6, 6)]


def test_the_json_report_has_the_contract(sample: Sample) -> None:
    sample.write(GOOD[1:])
    result = sample.run("verify", "--json")
    assert result.exit_code == 1
    (one,) = json.loads(result.stdout)["documents"]
    assert one.keys() >= {check.value for check in Check} | {"normative", "covered", "waived", "clean"}
    assert one["uncovered"] or one["cues"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["verify", "alpa"], "no document 'alpa' in content/ (did you mean 'alpha'?)"),
        (["segment", "alpa"], "did you mean 'alpha'"),
        (["verify", "--originals", "/no/such/folder"], "no folder of originals"),
    ],
)
def test_what_is_missing_is_said_in_a_line(sample: Sample, arguments: list[str], expected: str) -> None:
    result = sample.run(*arguments)
    assert result.exit_code == 1
    assert expected in result.stderr
    assert "Traceback" not in result.output


def test_official_wording_is_that_of_the_lines(sample: Sample) -> None:
    wording = official_wording(compile_handbook(sample.root).corpus, sample.originals)
    assert wording["alpha/1-fridge.1"] == "此处还需另设专人看管样品的冷藏柜。"
    assert wording["alpha/2-start.1"] == "本样例自发布日起可以试用。"


def test_a_document_that_disagrees_with_the_inventory_is_refused(sample: Sample) -> None:
    text = (sample.originals / "inventory.yml").read_text(encoding="utf-8").replace("end_line: 9", "end_line: 8")
    (sample.originals / "inventory.yml").write_text(text, encoding="utf-8")
    with pytest.raises(OriginalsError, match=r"the inventory says a\.txt lines 1-8, the document a\.txt lines 1-9"):
        sample.report()


@pytest.mark.originals
def test_the_handbook_is_clean_against_the_originals(originals_folder: Path) -> None:
    report = verify_corpus(compile_handbook(ROOT), originals_folder)
    wrong = [
        f"{d.document} {f.lines} {f.clause}: {f.message}"
        for d in report.documents
        for found in d.findings.values()
        for f in found
    ]
    assert wrong == []
    assert [one.document for one in report.documents if one.waived] == []  # no normative segment goes without a clause
    waivers = sum(len(one.waivers) for one in report.documents)  # what is left clears words that only look like cues
    assert waivers <= 0.02 * sum(one.normative for one in report.documents)


@pytest.mark.originals
def test_removing_a_normative_clause_is_mostly_noticed(originals_folder: Path) -> None:
    """The thresholds of `coverage`: take any one requirement away and its sentence stands uncovered, or thin.

    Not every loss can show: where an article lists ten conditions under one lead-in, its other clauses still speak of
    the same words. That is why a second reader reads every line as well.
    """
    handbook = compile_handbook(ROOT)
    inventory = open_inventory(originals_folder)
    uncovered = thin = removed = 0
    for entry in handbook.corpus.documents:
        clauses = handbook.by_document[entry.record.id]
        segments = asking(segment_layout(layout_of(inventory, entry)).segments)
        waivers = [waiver.record for waiver in entry.waivers]
        before = {c.segment.index for c in cover(segments, clauses, waivers) if c.thin}
        for gone in clauses:
            if gone.entry.record.modality in ("none", "may"):
                continue
            first, last = gone.entry.record.lines
            near = [one for one in segments if one.first <= last and first <= one.last]
            begin, end = min((one.first for one in near), default=first), max((one.last for one in near), default=last)
            others = [one for one in clauses if one is not gone and _meets(one, begin, end)]
            after = cover(near, others, waivers)
            removed += 1
            lost = any((not c.covered or c.lost_modalities) and not c.waiver for c in after)
            uncovered += lost
            thin += lost or any(c.thin and c.segment.index not in before for c in after)
    assert removed > 150
    assert uncovered / removed > 0.6, f"{uncovered} of {removed}"
    assert thin / removed > 0.7, f"{thin} of {removed}"


def _meets(clause: LinkedClause, begin: int, end: int) -> bool:
    first, last = clause.entry.record.lines
    return first <= end and begin <= last
