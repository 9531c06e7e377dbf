"""Workbooks of assessments: the bundled script in V8, read with openpyxl and LibreOffice, and back."""

from __future__ import annotations

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from handbook.checklists.workbook import merge_workbook, read_workbook, write_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

NOW = "2026-11-26T07:00:00Z"
LATER = "2026-11-27T07:00:00Z"
LINK = '=HYPERLINK("http://example.invalid","y")'
FIELDS = ("result", "severity", "evidence", "remark", "reason", "capa")
Record = dict[str, Any]


def text(zh: str, en: str) -> Record:
    return {"zh": zh, "en": en}


def mark(**said: Any) -> Record:
    blank = {"result": "not-checked", "severity": None, "evidence": "", "remark": "", "reason": "", "capa": ""}
    return blank | said


def answer(**said: Any) -> Record:
    return mark(changed="2026-11-20T00:00:00Z", samples={}, review=None) | said


def item(number: int) -> Record:
    zh, en = "每批细胞均应进行无菌检查和支原体检查。", "Each batch shall be tested for sterility and mycoplasma."
    return {
        "id": f"guide/part.{number}",
        "code": f"7KQ-{number:03d}",
        "fingerprint": f"{number:012x}",
        "document": {"id": "guide", "short": text("指导原则", "Guideline"), "force": "guidance", "file": "001_a.txt"},
        "heading": text("细胞库", "Cell banks"),
        "number": f"{number}.",
        "lines": [number, number + 2],
        "topic": {"id": "cell-bank", "label": text("细胞库", "Cell bank")},
        "type": "provision",
        "modality": "shall",
        "zh": zh * (1 + number % 3),
        "en": en * (1 + number % 3),
        "look": [text("≥ 80 %（放行）", "≥ 80 % (release)")],
        "evidence": [text("批检验报告", "Batch test report")],
        "url": f"documents/guide/index.html#part.{number}",
    }


def assessment(count: int = 6, samples: tuple[str, ...] = (), **answers: Record) -> Record:
    """An assessment of `count` items; `answers` by number of the item, as i1, i2 …"""
    groups = ("products", "sources", "modifications", "donors", "stages", "roles")
    kinds = ("topics", "points", "documents", "forces", "modalities")
    return {
        "format": "cell-therapy-handbook/assessment",
        "version": 1,
        "id": "a-1",
        "title": "主细胞库审核 & 2026",
        "created": "2026-11-01T00:00:00Z",
        "changed": "2026-11-20T00:00:00Z",
        "archived": False,
        "edition": {"version": "0.2.0", "fingerprint": "3f9c1a7b2e5d8c60", "date": "2026-11-20"},
        "checklist": {
            "id": "audit/cell-bank",
            "title": text("主细胞库", "Master cell bank"),
            "profile": {name: [] for name in groups + kinds} | {"products": ["msc"]},
        },
        "head": dict.fromkeys(("product", "scope", "auditee", "begins", "ends"), "")
        | {"site": "上海一厂", "auditor": "李工"},
        "samples": [{"id": f"s{at}", "label": label} for at, label in enumerate(samples, 1)],
        "items": [item(number) for number in range(1, count + 1)],
        "answers": {f"guide/part.{name[1:]}": given for name, given in answers.items()},
        "archive": [],
    }


def filled() -> Record:
    return assessment(
        i1=answer(result="conforms", evidence="SOP-012"),
        i2=answer(result="does-not-conform", severity="major", remark=LINK, capa="CAPA-7"),
        i3=answer(result="not-applicable", reason="不使用牛血清"),
    )


def column(sheet: Worksheet, name: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == f"column:{name}")


def edited(data: bytes, edit: Callable[[Worksheet], None], sheet: int = 1) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[sheet])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def writing(row: int, **cells: str | None) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        for name, value in cells.items():
            sheet.cell(row, column(sheet, name.replace("_", "-"))).value = value

    return edit


def codes(merged: Record) -> list[tuple[int, str]]:
    return [(one["row"], one["why"]["code"]) for one in merged["unplaced"]]


def soffice(folder: Path, file: Path, kind: str) -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.fail("LibreOffice is needed for this test: apt-get install libreoffice-calc poppler-utils")
    out = folder / "out"
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", out, file], check=True, capture_output=True, timeout=180)
    return out / f"{file.stem}.{kind}"


def test_the_workbook_is_as_excel_wants_it() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(filled(), "both", NOW)))
    assert book.sheetnames == ["封面 Cover", "条目 Items", "发现项 Findings", "证据清单 Evidence list"]
    assert book.properties.title == "主细胞库审核 & 2026"
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "B3" and sheet.print_title_rows == "$2:$2" and sheet.auto_filter.ref == "A2:T8"
    for one in book.worksheets:
        page = one.page_setup
        assert (page.paperSize, page.orientation, one.sheet_properties.pageSetUpPr.fitToPage) == (9, "landscape", True)
        assert "&P" in str(one.oddFooter.right.text) and "3f9c1a7b2e5d8c60" in str(one.oddFooter.left.text)
        # In the file the two say what is forbidden.
        assert one.protection.sheet and not one.protection.autoFilter and one.protection.password is None
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    result, severity = (sheet.cell(1, column(sheet, name)).column_letter for name in ("result", "severity"))
    assert lists[f"{result}3:{result}8"].count(",") == 4 and lists[f"{severity}3:{severity}8"].count(",") == 2
    assert max(map(len, lists.values())) < 255
    for name in FIELDS:
        assert not sheet.cell(3, column(sheet, name)).protection.locked
    for name in ("code", "zh", "lines", "id", "base"):
        assert sheet.cell(3, column(sheet, name)).protection.locked
    hidden = {name for name in ("id", "sample-id", "base") if sheet.column_dimensions[letter(sheet, name)].hidden}
    assert hidden and sheet.row_dimensions[1].hidden
    words = sheet.cell(3, column(sheet, "zh"))
    assert words.alignment.wrap_text and sheet.column_dimensions[words.column_letter].width > 25
    assert sheet.row_dimensions[3].height > 40


def letter(sheet: Worksheet, name: str) -> str:
    return str(sheet.cell(1, column(sheet, name)).column_letter)


def test_every_cell_is_text_and_nothing_is_a_formula() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(filled(), "zh", NOW)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert book.worksheets[1].cell(4, column(book.worksheets[1], "remark")).value == LINK
    assert [row[0].value for row in book.worksheets[2].iter_rows(min_row=3)] == ["7KQ-002"]


def test_the_same_assessment_gives_the_same_bytes() -> None:
    assert write_workbook(filled(), "en", NOW) == write_workbook(filled(), "en", NOW)


def test_a_workbook_that_nobody_touched_changes_nothing() -> None:
    for shown in ("zh", "en", "both"):
        merged = merge_workbook(filled(), write_workbook(filled(), shown, NOW), LATER)
        assert merged["assessment"] == filled() and merged["placed"] == 6
        assert merged["set"] == merged["cleared"] == merged["unplaced"] == merged["notes"] == []


def test_answers_come_back_whatever_the_order_of_rows_and_columns() -> None:
    def shuffle(sheet: Worksheet) -> None:
        writing(5, result="部分符合", severity="Minor", remark=LINK, reason=None)(sheet)
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        rows = [[row[-1], "added", *reversed(row[:-1])] for row in rows[:2] + rows[:1:-1]]
        rows[0][1], rows[1][1] = None, "部门"
        sheet.delete_rows(1, sheet.max_row)
        for at, row in enumerate(rows, 1):
            for to, value in enumerate(row, 1):
                cell = sheet.cell(at, to)
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type

    merged = merge_workbook(filled(), edited(write_workbook(filled(), "both", NOW), shuffle), LATER)
    given = merged["assessment"]["answers"]["guide/part.3"]
    assert (given["result"], given["severity"], given["remark"], given["changed"]) == ("partly", "minor", LINK, LATER)
    assert [note["code"] for note in merged["notes"]] == ["workbook-columns-added"] and merged["unplaced"] == []
    assert merged["assessment"]["answers"]["guide/part.2"] == filled()["answers"]["guide/part.2"]
    # The reason was emptied: that is asked about, and what was there stays.
    assert [(one["field"], one["was"]) for one in merged["cleared"]] == [("reason", "不使用牛血清")]
    assert given["reason"] == "不使用牛血清"


def test_rows_are_found_by_code_when_the_hidden_parts_are_gone() -> None:
    def strip(sheet: Worksheet) -> None:
        writing(6, result="Conforms", evidence="BR-1")(sheet)
        for name in ("base", "sample-id", "id"):
            sheet.delete_cols(column(sheet, name))
        sheet.delete_rows(1)

    merged = merge_workbook(filled(), edited(write_workbook(filled(), "en", NOW), strip), LATER)
    assert merged["placed"] == 6 and [one["item"] for one in merged["set"]] == ["guide/part.4", "guide/part.4"]


def test_what_finds_no_place_is_reported_with_its_row_and_the_rest_goes_in() -> None:
    def spoil(sheet: Worksheet) -> None:
        writing(3, result="mostly", remark="看过")(sheet)
        writing(4, id="guide/gone.1", code="ZZZ-999")(sheet)
        writing(6, result="不适用")(sheet)
        writing(7, severity="huge")(sheet)
        writing(8, result="符合", evidence="BR-8")(sheet)
        sheet.cell(12, column(sheet, "remark")).value = "没有编号的备注"

    merged = merge_workbook(filled(), edited(write_workbook(filled(), "zh", NOW), spoil), LATER)
    assert codes(merged) == [
        (3, "workbook-result"),
        (4, "workbook-unknown-item"),
        (6, "workbook-reason"),
        (7, "workbook-severity"),
        (12, "workbook-no-key"),
    ]
    assert merged["unplaced"][0]["cells"]["备注"] == "看过" and "mostly" in merged["unplaced"][0]["why"]["text"]["en"]
    answers = merged["assessment"]["answers"]
    assert answers["guide/part.6"]["evidence"] == "BR-8"
    assert answers["guide/part.1"] == filled()["answers"]["guide/part.1"]


def test_an_emptied_cell_is_asked_about_and_never_silently_erases() -> None:
    data = edited(write_workbook(filled(), "zh", NOW), writing(4, result=None, remark=None))
    merged = merge_workbook(filled(), data, LATER)
    assert merged["assessment"] == filled()
    assert [(one["field"], one["was"]) for one in merged["cleared"]] == [
        ("result", "does-not-conform"),
        ("remark", LINK),
    ]
    cleared = merge_workbook(filled(), data, LATER, clear=True)["assessment"]["answers"]["guide/part.2"]
    assert (cleared["result"], cleared["remark"], cleared["capa"]) == ("not-checked", "", "CAPA-7")


def test_cells_that_nobody_touched_do_not_undo_newer_answers() -> None:
    data = edited(write_workbook(filled(), "zh", NOW), writing(3, remark="补充", evidence="SOP-013"))
    newer = filled()
    newer["answers"]["guide/part.1"] |= {"result": "partly", "severity": "minor", "evidence": "SOP-099"}
    merged = merge_workbook(newer, data, LATER)
    given = merged["assessment"]["answers"]["guide/part.1"]
    assert (given["result"], given["severity"], given["remark"]) == ("partly", "minor", "补充")
    assert {one["field"]: one["both"] for one in merged["set"]} == {"evidence": True, "remark": False}


def test_samples_have_a_row_each_and_unknown_ones_are_reported() -> None:
    given = assessment(2, ("批号 1", "批号 2"), i1=answer(samples={"s1": mark(result="conforms", evidence="a")}))

    def fill(sheet: Worksheet) -> None:
        writing(4, result="不符合", severity="严重")(sheet)
        writing(6, sample="批号 9", sample_id="s9", result="符合")(sheet)

    data = write_workbook(given, "zh", NOW)
    assert openpyxl.load_workbook(io.BytesIO(data)).worksheets[1].max_row == 6
    merged = merge_workbook(given, edited(data, fill), LATER)
    assert codes(merged) == [(6, "workbook-unknown-sample")]
    samples = merged["assessment"]["answers"]["guide/part.1"]["samples"]
    assert samples["s1"]["result"] == "conforms" and samples["s2"]["severity"] == "critical"


def test_a_million_characters_go_on_in_a_sheet_of_their_own_and_come_back_whole() -> None:
    long = ("很长的备注😀 \n" * 125_001)[:1_000_000]
    given = assessment(2, i1=answer(remark=long, result="conforms"))
    data = write_workbook(given, "both", NOW)
    book = openpyxl.load_workbook(io.BytesIO(data))
    cell = book.worksheets[1].cell(3, column(book.worksheets[1], "remark")).value
    assert isinstance(cell, str) and len(cell.encode("utf-16-le")) // 2 <= 32_767 and "续文" in cell[-100:]
    assert book.sheetnames[-1] == "续文 Continued"
    assert merge_workbook(given, data, LATER)["assessment"] == given
    # Without what was exported to compare with, the text itself has to be the same.
    stripped = edited(data, lambda sheet: sheet.delete_cols(column(sheet, "base")))
    empty = given | {"answers": {}}
    assert merge_workbook(empty, stripped, LATER)["assessment"]["answers"]["guide/part.1"]["remark"] == long


def test_the_head_on_the_cover_comes_back() -> None:
    def fill(sheet: Worksheet) -> None:
        row = next(cell.row for cell in sheet["A"] if cell.value == "受审核方")
        sheet.cell(row, 2).value = "北京二厂"

    merged = merge_workbook(filled(), edited(write_workbook(filled(), "zh", NOW), fill, sheet=0), LATER)
    assert merged["assessment"]["head"] == filled()["head"] | {"auditee": "北京二厂"}


def test_another_assessment_or_edition_is_named() -> None:
    other = filled() | {"id": "a-2", "edition": {"version": "0.3.0", "fingerprint": "ff", "date": "2027-01-01"}}
    notes = merge_workbook(other, write_workbook(filled(), "zh", NOW), LATER)["notes"]
    assert [note["code"] for note in notes] == ["workbook-other-assessment", "workbook-other-edition"]


def test_a_formula_in_an_answer_is_not_run_and_is_named() -> None:
    data = edited(write_workbook(filled(), "zh", NOW), writing(8, remark="=1+1"))
    merged = merge_workbook(filled(), data, LATER)
    assert [(note["code"], note["row"]) for note in merged["notes"]] == [("workbook-formula", "8")]


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    return zipped(**(parts | {name: change(parts[name])}))


def foreign() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Name", "Result"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (foreign(), "workbook-foreign"),
        (b"", "workbook-not-xlsx"),
        (b'{"format": "json"}', "workbook-not-xlsx"),
        (zipped(**{"word/document.xml": b"<w/>"}), "workbook-not-xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "workbook-old-or-locked"),
        (b"PK\x03\x04" + bytes(21 << 20), "workbook-too-large"),
        (b"PK\x03\x04 not a zip at all", "workbook-damaged"),
    ],
    ids=["foreign", "empty", "json", "other zip", "old", "large", "not a zip"],
)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    assert read_workbook(data)["refused"]["code"] == code


def test_damaged_and_hostile_files_are_refused() -> None:
    good = write_workbook(filled(), "zh", NOW)
    assert read_workbook(good[: len(good) // 2])["refused"]["code"] == "workbook-damaged"
    bomb = with_part(good, "xl/worksheets/sheet2.xml", lambda part: part + b" " * (201 << 20))
    assert len(bomb) < 1 << 20 and read_workbook(bomb)["refused"]["code"] == "workbook-too-large"
    # A directory that understates the size: no more than it states is ever unpacked.
    entry = bomb.rindex(b"PK\x01\x02", 0, bomb.index(b"xl/worksheets/sheet2.xml", bomb.index(b"PK\x01\x02")))
    lying = bomb[: entry + 24] + struct.pack("<I", 1000) + bomb[entry + 28 :]
    assert read_workbook(lying)["refused"]["code"] in {"workbook-damaged", "workbook-foreign"}
    entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    named = with_part(good, "xl/workbook.xml", lambda part: part.replace(b"<workbook", entity + b"<workbook", 1))
    assert read_workbook(named)["refused"]["code"] == "workbook-foreign"


def test_ranges_over_whole_sheets_cost_nothing() -> None:
    good = write_workbook(filled(), "zh", NOW)
    everything = b'<mergeCells count="1"><mergeCell ref="V1:XFD1048576"/></mergeCells>'
    merged = with_part(
        good, "xl/worksheets/sheet2.xml", lambda part: part.replace(b"<dataValid", everything + b"<dataValid", 1)
    )
    name = b"<definedNames><definedName name=\"all\">'\xe6\x9d\xa1\xe7\x9b\xae'!$A$1:$XFD$1048576</definedName>"
    named = with_part(merged, "xl/workbook.xml", lambda part: part.replace(b"<definedNames>", name, 1))
    assert len(read_workbook(named)["rows"]) == 6


def test_elements_with_a_prefix_are_read() -> None:
    """As some programs write them: <x:worksheet> instead of <worksheet>."""

    def prefix(part: bytes) -> bytes:
        words = part.decode().split("<")
        out = ["x:" + word if word[:1].isalpha() else "/x:" + word[1:] if word[:1] == "/" else word for word in words]
        return "<".join(out).replace("xmlns=", "xmlns:x=", 1).encode()

    data = write_workbook(filled(), "zh", NOW)
    for name in ("xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/worksheets/sheet2.xml"):
        data = with_part(data, name, prefix)
    assert merge_workbook(filled(), data, LATER)["placed"] == 6


def test_libreoffice_prints_it(tmp_path: Path) -> None:
    file = tmp_path / "audit.xlsx"
    file.write_bytes(write_workbook(assessment(60, i1=answer(result="partly", severity="minor")), "both", NOW))
    pdf = soffice(tmp_path, file, "pdf")
    pages = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    own = pages.rstrip("\f").split("\f")
    items = [page for page in own if "7KQ-0" in page and "Requirement (English)" in page]
    assert len(items) >= 3 and all("要求（中文）" in page for page in items)  # the head is on every page
    assert all(f"第 {at} 页，共 {len(own)} 页" in page for at, page in enumerate(own, 1))
    assert "每批细胞均应进行无菌检查" in pages and "Cell Therapy Compliance Handbook" in own[0]
    sizes = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    assert "841.8" in sizes and "(A4)" in sizes


def test_what_libreoffice_saved_comes_back(tmp_path: Path) -> None:
    given = filled() | {"samples": []}
    file = tmp_path / "filled.xlsx"
    fill = writing(
        7, result="不符合 Does not conform", severity="主要 Major", remark="批记录缺页\n第 3 页", evidence="BR-5"
    )
    file.write_bytes(edited(write_workbook(given, "both", NOW), fill))
    saved = soffice(tmp_path, file, "xlsx").read_bytes()
    merged = merge_workbook(given, saved, LATER)
    assert "refused" not in merged and merged["placed"] == 6 and merged["unplaced"] == merged["cleared"] == []
    assert merged["assessment"]["answers"]["guide/part.5"] == answer(
        result="does-not-conform", severity="major", remark="批记录缺页\n第 3 页", evidence="BR-5", changed=LATER
    )
    assert {one["item"] for one in merged["set"]} == {"guide/part.5"}


def test_comments_and_links_are_named_since_they_are_not_taken_in() -> None:
    def annotate(sheet: Worksheet) -> None:
        sheet.cell(3, column(sheet, "remark")).comment = Comment("看第 3 页", "QA")
        sheet.cell(3, column(sheet, "evidence")).hyperlink = "http://example.invalid/record"
        sheet.cell(3, column(sheet, "evidence")).value = "BR-1"

    merged = merge_workbook(filled(), edited(write_workbook(filled(), "zh", NOW), annotate), LATER)
    assert [note["code"] for note in merged["notes"]] == ["workbook-comments", "workbook-links"]
    assert merged["assessment"]["answers"]["guide/part.1"]["evidence"] == "BR-1"


def test_a_row_that_was_copied_and_changed_is_reported() -> None:
    def copy(sheet: Worksheet) -> None:
        for cell in list(sheet[3]):
            sheet.cell(9, cell.column).value = cell.value
        writing(9, evidence="SOP-999")(sheet)

    merged = merge_workbook(filled(), edited(write_workbook(filled(), "zh", NOW), copy), LATER)
    assert codes(merged) == [(9, "workbook-twice")] and merged["assessment"] == filled()
