// What is said about a workbook that is read.
import type { Text } from "../types.ts"

export interface Message {
  code: string
  text: Text
  row?: string
}

const MESSAGES = {
  "workbook-too-large": ["文件过大，不予读取（上限 20 MB，展开后 200 MB）。什么也没有改变。", "The file is too large to be read (20 MB at most, 200 MB unpacked). Nothing was changed."],
  "workbook-old-or-locked": ["这是旧式 .xls 文件，或设有打开密码。请另存为不带密码的 .xlsx。", "This is an old .xls file, or one with a password to open. Save it as .xlsx without a password."],
  "workbook-not-xlsx": ["这不是 .xlsx 工作簿。什么也没有改变。", "This is not an .xlsx workbook. Nothing was changed."],
  "workbook-damaged": ["文件不完整或已损坏，无法读取。什么也没有改变。", "The file is incomplete or damaged and cannot be read. Nothing was changed."],
  "workbook-foreign": ["这个工作簿不是由本手册导出的检查表：找不到条目编号（或代码）和“结果”列。什么也没有改变。", "This workbook is not a checklist from this handbook: no column of item ids (or codes) and results was found. Nothing was changed."],
  "workbook-unmarked": ["封面上没有识别标记；各行只按条目编号放入。", "The cover has no mark of the handbook; rows are placed by item id alone."],
  "workbook-other-assessment": ["这个工作簿出自另一份评估（{0}）。请确认要导入到这份评估。", "The workbook was made from another assessment ({0}). Make sure that it belongs here."],
  "workbook-other-edition": ["这个工作簿按版本 {0} 生成，评估现在依据 {1}。要求的文字可能已有改动，请核对。", "The workbook was made on edition {0}; the assessment is now on {1}. Wording may have changed: check."],
  "workbook-columns-added": ["增加的列不导入：{0}。", "Added columns are not taken in: {0}."],
  "workbook-columns-missing": ["缺少的列：{0}。这些内容保持不变。", "Columns that are missing: {0}. What they would hold stays as it is."],
  "workbook-sheet-again": ["工作表“{0}”也像条目表，没有读取。", "The sheet “{0}” looks like a list of items too; it was not read."],
  "workbook-rows-cut": ["超过 50,000 行，其后的行没有读取。", "There are more than 50,000 rows; those after were not read."],
  "workbook-comments": ["单元格批注不导入；请把内容写进“备注”列。", "Comments on cells are not taken in; write them into the column “Remark”."],
  "workbook-links": ["单元格有超链接：只取显示的文字，不取链接地址。", "Some cells hold links: the words shown are taken in, the addresses behind them are not."],
  "workbook-formula": ["{0} 列是公式（{1}）；取其显示的值，公式没有执行。", "The column {0} held a formula ({1}); the value shown was taken and the formula was not run."],
  "workbook-no-key": ["这一行没有条目编号，也没有代码。", "The row has neither an item id nor a code."],
  "workbook-unknown-item": ["评估中没有这个条目（{0}）。", "The assessment has no such item ({0})."],
  "workbook-archived-item": ["这个条目（{0}）已归档：手册不再提出这项要求。", "The item ({0}) is archived: the handbook no longer asks it."],
  "workbook-two-items": ["代码 {0} 对应不止一个条目。", "More than one item has the code {0}."],
  "workbook-unknown-sample": ["评估中没有这个批次或样品（{0}）。", "The assessment has no such batch or sample ({0})."],
  "workbook-twice": ["第 {0} 行已给出同一条目和样品的答案，这一行与之不同。", "Row {0} answers the same item and sample already, and this row differs from it."],
  "workbook-result": ["结果“{0}”不在选项之内。", "The result “{0}” is not one of the scale."],
  "workbook-severity": ["严重程度“{0}”不在选项之内。", "The severity “{0}” is not one of the scale."],
  "workbook-reason": ["“不适用”没有写明理由。", "Not applicable, without a reason."],
} as const satisfies Record<string, readonly [string, string]>

/** The message of a code, with what it is about put in; `row` says where. */
export function message(code: keyof typeof MESSAGES, values: string[] = [], row?: number): Message {
  const [zh, en] = MESSAGES[code]
  const filled = (words: string): string => words.replace(/\{(\d)\}/g, (_, at: string) => values[Number(at)] ?? "")
  return { code, text: { zh: filled(zh), en: filled(en) }, ...(row === undefined ? {} : { row: String(row) }) }
}
