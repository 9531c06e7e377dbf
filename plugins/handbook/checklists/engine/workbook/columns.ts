// The columns of the sheet "Items": what stands in them, how wide they are, and what the auditor fills.
import type { Mark, Shown, Text } from "../types.ts"
import { folded, say } from "./words.ts"

export const FIELDS = ["result", "severity", "evidence", "remark", "reason", "capa"] as const satisfies (keyof Mark)[]
export type Field = (typeof FIELDS)[number]
export type ColumnId =
  | "code" | "document" | "heading" | "lines" | "force" | "modality" | "zh" | "en" | "look" | "ask" | "sample"
  | Field | "id" | "sample-id" | "base"

export interface Column {
  id: ColumnId
  label: Text
  width: number
  kind: "text" | "answer" | "hidden"
}

// Widths add up to what stays readable on A4 landscape when one page wide. (9 would not be written: the library's default.)
const COLUMNS: Column[] = [
  { id: "code", label: { zh: "代码", en: "Code" }, width: 9.5, kind: "text" },
  { id: "document", label: { zh: "文件", en: "Document" }, width: 11, kind: "text" },
  { id: "heading", label: { zh: "章节与条号", en: "Heading and number" }, width: 13, kind: "text" },
  { id: "lines", label: { zh: "原文行", en: "Lines" }, width: 8, kind: "text" },
  { id: "force", label: { zh: "效力", en: "Force" }, width: 9.5, kind: "text" },
  { id: "modality", label: { zh: "语气", en: "Modality" }, width: 8, kind: "text" },
  { id: "zh", label: { zh: "要求（中文）", en: "Requirement (Chinese)" }, width: 32, kind: "text" },
  { id: "en", label: { zh: "要求（英文）", en: "Requirement (English)" }, width: 38, kind: "text" },
  { id: "look", label: { zh: "查看要点", en: "What to look for" }, width: 20, kind: "text" },
  { id: "ask", label: { zh: "索取证据", en: "Evidence to ask for" }, width: 15, kind: "text" },
  { id: "sample", label: { zh: "批次或样品", en: "Batch or sample" }, width: 11, kind: "text" },
  { id: "result", label: { zh: "结果", en: "Result" }, width: 11, kind: "answer" },
  { id: "severity", label: { zh: "严重程度", en: "Severity" }, width: 9.5, kind: "answer" },
  { id: "evidence", label: { zh: "证据索引", en: "Evidence reference" }, width: 15, kind: "answer" },
  { id: "remark", label: { zh: "备注", en: "Remark" }, width: 22, kind: "answer" },
  { id: "reason", label: { zh: "不适用理由", en: "Reason not applicable" }, width: 14, kind: "answer" },
  { id: "capa", label: { zh: "CAPA 编号", en: "CAPA number" }, width: 10, kind: "answer" },
  { id: "id", label: { zh: "条目编号", en: "Item id" }, width: 12, kind: "hidden" },
  { id: "sample-id", label: { zh: "样品编号", en: "Sample id" }, width: 12, kind: "hidden" },
  { id: "base", label: { zh: "导出时的内容", en: "Content when exported" }, width: 12, kind: "hidden" },
]

const WIDER = 1.35 // of the requirement and what to look for, when there is one language alone

/** The columns for a language, or both. */
export function columnsFor(shown: Shown): Column[] {
  if (shown === "both") return COLUMNS
  const other = shown === "zh" ? "en" : "zh"
  return COLUMNS.filter((column) => column.id !== other).map((column) =>
    column.id === shown || column.id === "look" ? { ...column, width: Math.round(column.width * WIDER) } : column,
  )
}

export function labelOf(id: ColumnId, shown: Shown): string {
  return say(COLUMNS.find((column) => column.id === id)!.label, shown, "\n")
}

/** How the hidden row names a column: no word that an auditor would write in a head of his own. */
export function markOf(id: ColumnId): string {
  return `column:${id}`
}

const BY_MARK = new Map(COLUMNS.map((column) => [markOf(column.id), column.id]))
const BY_WORD = new Map(
  COLUMNS.flatMap(({ id, label }) =>
    [label.zh, label.en, label.zh + label.en, label.en + label.zh].map((word): [string, ColumnId] => [folded(word), id]),
  ),
)

/** The column that a cell of the hidden row names, or null. */
export function columnByMark(text: string): ColumnId | null {
  return BY_MARK.get(text.trim()) ?? null
}

/** The column that a head cell names in either language, or null. */
export function columnByWord(text: string): ColumnId | null {
  return BY_WORD.get(folded(text)) ?? null
}
