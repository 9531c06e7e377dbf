// An assessment as CSV (RFC 4180, UTF-8 with byte order mark): a row for each item, or for each sample of an item.
//
// The head of a column ends in its id in brackets, such as "结果 Result [result]": the ids do not change, the words may.
// A cell that a spreadsheet would run as a formula gets an apostrophe in front, as does one that begins with apostrophes
// before such a sign; so taking one apostrophe away (`unguarded`) always gives back what was written.
import { answerOf, isMarked, sampleMark } from "./answers.ts"
import { RESULT_WORDS, SEVERITY_WORDS } from "./messages.ts"
import type { Answer, Assessment, Item, Mark, Sample, Shown, Text } from "./types.ts"

interface Row {
  item: Item
  answer: Answer
  sample: Sample | null
  mark: Mark
}

interface Column {
  id: string
  label: Text
  cell: (row: Row, say: (text: Text) => string) => string
}

const COLUMNS: readonly Column[] = [
  { id: "code", label: { zh: "代码", en: "Code" }, cell: ({ item }) => item.code },
  { id: "id", label: { zh: "条目编号", en: "Item id" }, cell: ({ item }) => item.id },
  { id: "topic", label: { zh: "主题", en: "Topic" }, cell: ({ item }, say) => say(item.topic.label) },
  { id: "document", label: { zh: "文件", en: "Document" }, cell: ({ item }, say) => say(item.document.short) },
  { id: "heading", label: { zh: "章节", en: "Heading" }, cell: ({ item }, say) => say(item.heading) },
  { id: "number", label: { zh: "条号", en: "Number" }, cell: ({ item }) => item.number ?? "" },
  { id: "file", label: { zh: "原文文件", en: "File of the original" }, cell: ({ item }) => item.document.file },
  { id: "lines", label: { zh: "原文行", en: "Lines" }, cell: ({ item }) => item.lines.join("–") },
  { id: "force", label: { zh: "效力", en: "Force" }, cell: ({ item }) => item.document.force },
  { id: "modality", label: { zh: "语气", en: "Modality" }, cell: ({ item }) => item.modality },
  { id: "zh", label: { zh: "要求（中文）", en: "Requirement (Chinese)" }, cell: ({ item }) => item.zh },
  { id: "en", label: { zh: "要求（英文）", en: "Requirement (English)" }, cell: ({ item }) => item.en },
  { id: "look", label: { zh: "查看要点", en: "What to look for" }, cell: ({ item }, say) => item.look.map(say).join("\n") },
  { id: "ask", label: { zh: "索取证据", en: "Evidence to ask for" }, cell: ({ item }, say) => item.evidence.map(say).join("\n") },
  { id: "sample", label: { zh: "批次或样品", en: "Batch or sample" }, cell: ({ sample }) => sample?.label ?? "" },
  { id: "sample-id", label: { zh: "样品编号", en: "Sample id" }, cell: ({ sample }) => sample?.id ?? "" },
  { id: "result", label: { zh: "结果代号", en: "Result id" }, cell: ({ mark }) => mark.result },
  { id: "result-word", label: { zh: "结果", en: "Result" }, cell: ({ mark }, say) => say(RESULT_WORDS[mark.result]) },
  { id: "severity", label: { zh: "严重程度代号", en: "Severity id" }, cell: ({ mark }) => mark.severity ?? "" },
  { id: "severity-word", label: { zh: "严重程度", en: "Severity" }, cell: ({ mark }, say) => (mark.severity ? say(SEVERITY_WORDS[mark.severity]) : "") },
  { id: "evidence", label: { zh: "证据索引", en: "Evidence reference" }, cell: ({ mark }) => mark.evidence },
  { id: "remark", label: { zh: "备注", en: "Remark" }, cell: ({ mark }) => mark.remark },
  { id: "reason", label: { zh: "不适用理由", en: "Reason not applicable" }, cell: ({ mark }) => mark.reason },
  { id: "capa", label: { zh: "CAPA 编号", en: "CAPA number" }, cell: ({ mark }) => mark.capa },
  { id: "review", label: { zh: "待复核", en: "To review" }, cell: ({ answer }) => answer.review?.kind ?? "" },
  { id: "changed", label: { zh: "最后改动", en: "Last change" }, cell: ({ answer }) => answer.changed ?? "" },
]

function rowsOf(a: Assessment): Row[] {
  return a.items.flatMap((item): Row[] => {
    const answer = answerOf(a, item.id)
    const whole: Row = { item, answer, sample: null, mark: answer }
    const each = a.samples.map((sample): Row => ({ item, answer, sample, mark: sampleMark(answer, sample.id) }))
    return each.length === 0 || isMarked(answer) ? [whole, ...each] : each
  })
}

const DANGEROUS = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A cell that no spreadsheet takes for a formula. */
export function guarded(cell: string): string {
  return DANGEROUS.test(cell) ? `'${cell}` : cell
}

/** What was written before `guarded`. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && DANGEROUS.test(cell) ? cell.slice(1) : cell
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** The assessment as CSV in a language, or both; of the requirement only the languages shown. */
export function toCsv(a: Assessment, shown: Shown): string {
  const say = (text: Text): string => (shown !== "both" ? text[shown] : text.zh === text.en ? text.zh : `${text.zh} ${text.en}`)
  const columns = COLUMNS.filter(({ id }) => shown === "both" || id !== (shown === "zh" ? "en" : "zh"))
  const head = columns.map(({ id, label }) => `${say(label)} [${id}]`)
  const rows = rowsOf(a).map((row) => columns.map(({ cell }) => guarded(cell(row, say))))
  return `\uFEFF${[head, ...rows].map((cells) => cells.map(quoted).join(",")).join("\r\n")}\r\n`
}
