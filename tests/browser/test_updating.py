"""An older assessment on this edition: what would change is shown first, and nothing that was said is lost."""

from __future__ import annotations

import json

from playwright.sync_api import expect
from test_assessing import answers, begin, choose, export, hb, ready, row, saved

GONE = {"id": "gone-document/1.1", "code": "ZZZ-ZZZ", "zh": "旧版的要求", "en": "What an older edition asked"}
IDLE = {"id": "gone-document/1.2", "code": "ZZZ-ZZY", "zh": "无人作答的要求", "en": "What nobody answered"}


def aged(text):
    """The file as an edition would have written it that asked one item less, two more, and one in other words."""
    a = json.loads(text)
    a["edition"] = {"version": "0.0.1", "fingerprint": "0" * 12, "date": "2020-01-01"}
    first, answer = a["items"][0], a["answers"][a["items"][0]["id"]]
    first |= {"zh": "<b>旧</b>" + first["zh"], "en": "<b>Formerly</b> " + first["en"], "fingerprint": "1" * 12}
    left_out = a["items"].pop(3)
    a["items"] += [first | GONE, first | IDLE]
    a["answers"][GONE["id"]] = answer | {"result": "partly", "severity": "minor", "remark": "kept for years"}
    return json.dumps(a), first, left_out


def test_an_older_assessment_is_updated_only_after_its_changes_were_shown(page, site_url):
    begin(page, site_url)
    choose(page, 0, "conforms")
    saved(page)
    text, first, left_out = aged(export(page, "json").read_text(encoding="utf-8"))
    page.goto(f"{site_url}/en/assessments/index.html")
    hb(page, "delete").click()
    hb(page, "delete-sure").click()
    payload = {"name": "old.json", "mimeType": "application/json", "buffer": text.encode()}
    page.locator('input[data-hb="import"]').set_input_files([payload])
    hb(page, "import-add").click()
    ready(page)
    saved(page)
    before = answers(page)
    hb(page, "update-look").click(timeout=30_000)
    expect(hb(page, "update-reworded").locator("li")).to_have_count(1)
    expect(hb(page, "update-reworded").locator("del").first).to_have_text("<b>Formerly</b> ")
    expect(hb(page, "update-archived")).to_contain_text(GONE["en"])
    expect(hb(page, "update-added")).to_contain_text(left_out["code"])
    expect(hb(page, "update-removed")).to_contain_text(IDLE["en"])
    assert answers(page) == before
    hb(page, "update-apply").click()
    saved(page)
    after = answers(page)[0]
    assert after[first["id"]]["review"]["kind"] == "reworded" and GONE["id"] not in after
    expect(hb(page, "update-offer")).to_have_count(0)
    hb(page, "filter-archived").click()
    expect(hb(page, "archived")).to_contain_text("kept for years")
    hb(page, "filter-changed").click()
    row(page, 0).locator('[data-hb="confirm"]').click()
    saved(page)
    confirmed = answers(page)[0][first["id"]]
    assert confirmed["review"] is None and confirmed["result"] == "conforms"
    hb(page, "undo").click()
    hb(page, "undo").click()
    saved(page)
    assert answers(page)[0].keys() == before[0].keys()
