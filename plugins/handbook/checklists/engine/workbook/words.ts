// The words of the workbook in both languages, and the reading of them back.
import type { Head, Result, Severity, Shown, Text } from "../types.ts"
import { RESULTS, SEVERITIES } from "../types.ts"

export const RESULT_WORDS: Record<Result, Text> = {
  conforms: { zh: "符合", en: "Conforms" },
  partly: { zh: "部分符合", en: "Partly conforms" },
  "does-not-conform": { zh: "不符合", en: "Does not conform" },
  "not-applicable": { zh: "不适用", en: "Not applicable" },
  "not-checked": { zh: "未检查", en: "Not checked" },
}

export const RESULT_MEANINGS: Record<Result, Text> = {
  conforms: { zh: "已看到证据，要求得到满足。请填写证据索引。", en: "Evidence was seen and the requirement is met. Give the evidence reference." },
  partly: { zh: "要求只满足一部分，属于发现项。请填写严重程度。", en: "The requirement is met in part. This is a finding: give its severity." },
  "does-not-conform": { zh: "要求未满足，属于发现项。请填写严重程度。", en: "The requirement is not met. This is a finding: give its severity." },
  "not-applicable": { zh: "要求不适用于此处。必须填写理由，否则不予导入。", en: "The requirement does not apply here. A reason is needed; without one the row is not taken." },
  "not-checked": { zh: "尚未检查（留空同义）。未检查不算符合。", en: "Not looked at yet (an empty cell says the same). Not checked never counts as conforming." },
}

export const SEVERITY_WORDS: Record<Severity, Text> = {
  critical: { zh: "严重", en: "Critical" },
  major: { zh: "主要", en: "Major" },
  minor: { zh: "一般", en: "Minor" },
}

export const HEAD_WORDS: Record<keyof Head, Text> = {
  site: { zh: "场地", en: "Site" },
  product: { zh: "产品", en: "Product" },
  scope: { zh: "审核范围", en: "Scope of the audit" },
  auditor: { zh: "审核员", en: "Auditor" },
  auditee: { zh: "受审核方", en: "Auditee" },
  begins: { zh: "开始日期", en: "Begins" },
  ends: { zh: "结束日期", en: "Ends" },
}

export const WORDS = {
  handbook: { zh: "细胞治疗合规手册", en: "Cell Therapy Compliance Handbook" },
  cover: { zh: "封面", en: "Cover" },
  items: { zh: "条目", en: "Items" },
  findings: { zh: "发现项", en: "Findings" },
  evidence: { zh: "证据清单", en: "Evidence list" },
  continued: { zh: "续文", en: "Continued" },
  checklist: { zh: "检查表", en: "Checklist" },
  audit: { zh: "审核信息", en: "The audit" },
  samples: { zh: "批次或样品", en: "Batches or samples" },
  chosen: { zh: "条目选择条件", en: "Items chosen by" },
  count: { zh: "条目数", en: "Items" },
  number: { zh: "数量", en: "Number" },
  edition: { zh: "版本", en: "Edition" },
  version: { zh: "手册版本", en: "Handbook version" },
  fingerprint: { zh: "内容指纹", en: "Fingerprint of the content" },
  date: { zh: "版本日期", en: "Date of the edition" },
  assessment: { zh: "评估编号", en: "Assessment id" },
  made: { zh: "本工作簿生成时间", en: "Workbook made at" },
  legend: { zh: "图例", en: "Legend" },
  result: { zh: "结果", en: "Result" },
  severity: { zh: "严重程度", en: "Severity" },
  rating: { zh: "按贵单位的程序评定", en: "Rated by your own procedure" },
  meaning: { zh: "含义", en: "Meaning" },
  how: { zh: "填写与交回", en: "Filling in and sending back" },
  whole: { zh: "（整体）", en: "(as a whole)" },
  unrated: { zh: "未评定", en: "Not rated" },
  none: { zh: "生成本工作簿时没有发现项。", en: "There were no findings when the workbook was made." },
  noEvidence: { zh: "所列条目没有注明证据种类。", en: "The items name no kinds of evidence." },
  kind: { zh: "证据种类", en: "Kind of evidence" },
  asking: { zh: "提出该证据的条目（代码）", en: "Items that ask for it (codes)" },
  part: { zh: "段", en: "Part" },
  cell: { zh: "单元格", en: "Cell" },
  text: { zh: "续文内容", en: "Text continued" },
} satisfies Record<string, Text>

export const HOW: Text[] = [
  { zh: "在“条目”表中填写浅黄色各列；“结果”和“严重程度”用下拉选项。本页的审核信息也可以填写。", en: "Fill the pale yellow columns of the sheet “Items”; result and severity have drop-downs. The facts of the audit on this page may be filled in too." },
  { zh: "要求、定位等列已锁定，没有密码。筛选可直接使用；排序前请先撤销工作表保护。", en: "Texts and locators are locked, without a password. Filtering works as it is; to sort, unprotect the sheet first." },
  { zh: "行的顺序可以改变，也可以增加列；导入时按隐藏列中的条目编号找到各行。增加的列不导入，但会列出。", en: "Rows may be reordered and columns added: rows are found by the item id in a hidden column. Added columns are not taken in, but named." },
  { zh: "以等号开头的内容按文字处理，不会计算。超长内容的后半部分在“续文”表中。", en: "What begins with an equals sign is text and is not computed. What is too long for a cell goes on in the sheet “Continued”." },
  { zh: "交回时把本文件导入评估页面：先显示将要改变什么，确认后才改变；放不进去的行会逐行列出，清空的格子要另行确认。", en: "To send back, import this file on the assessment page: it first shows what would change and changes it when you agree; rows that cannot be placed are listed one by one, and emptied cells are asked about." },
]

/** A text in the language asked for, or both. */
export function say(text: Text, shown: Shown, between = " "): string {
  if (shown !== "both") return text[shown]
  return text.zh === text.en ? text.zh : `${text.zh}${between}${text.en}`
}

/** How words are compared: without case, white space, width or strokes between the languages. */
export function folded(word: string): string {
  return word.normalize("NFKC").toLowerCase().replace(/[\s/·|]+/g, "")
}

/** The ids of a scale by every word for them: the id, Chinese, English, and both together. */
function scale<Id extends string>(words: Record<Id, Text>, ids: readonly Id[]): Map<string, Id> {
  const found = new Map<string, Id>()
  for (const id of ids) {
    const { zh, en } = words[id]
    for (const word of [id, zh, en, zh + en, en + zh]) found.set(folded(word), id)
  }
  return found
}

const RESULT_IDS = scale(RESULT_WORDS, RESULTS)
const SEVERITY_IDS = scale(SEVERITY_WORDS, SEVERITIES)

/** The result that a cell names; null when it is none of the scale. Empty is not checked. */
export function resultOf(word: string): Result | null {
  return folded(word) === "" ? "not-checked" : (RESULT_IDS.get(folded(word)) ?? null)
}

/** The severity that a cell names, null for an empty cell; undefined when it is none of the scale. */
export function severityOf(word: string): Severity | null | undefined {
  return folded(word) === "" ? null : SEVERITY_IDS.get(folded(word))
}
