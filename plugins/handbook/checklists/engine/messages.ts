// What the engine says to people, in both languages: the one place for its words.
import type { Result, Severity, Text } from "./types.ts"

export interface Message {
  code: string
  text: Text
  /** The row that it is about: the code of an item where it is known, else its id or place in the file. */
  row?: string
}

const MESSAGES = {
  // answers
  "reason-needed": ["“不适用”须写明理由。", "Not applicable needs a reason."],
  "evidence-missing": ["判为“符合”但没有证据索引。", "Conforms, but no evidence reference is given."],
  "severity-missing": ["发现项尚未评定严重程度。", "The finding has no severity yet."],
  "severity-idle": ["已评定严重程度，但结果不是发现项。", "A severity is given, but the result is no finding."],
  "result-unknown": ["结果“{0}”不在选项之内。", "The result “{0}” is not one of the scale."],
  "severity-unknown": ["严重程度“{0}”不在选项之内。", "The severity “{0}” is not one of the scale."],
  "text-too-long": ["文字过长（上限 {0} 字符），没有保存这次改动。", "The text is too long (at most {0} characters); this change was not taken."],
  "item-unknown": ["评估中没有这个条目（{0}）。", "The assessment has no such item ({0})."],
  "sample-unknown": ["评估中没有这个批次或样品（{0}）。", "The assessment has no such batch or sample ({0})."],
  "sample-label": ["批次或样品须有名称，且不与其他的同名。", "A batch or sample needs a name that no other has."],
  "sample-id": ["批次或样品的编号不能用（{0}）。", "The id of the batch or sample cannot be used ({0})."],
  "sample-answered": ["“{0}”已有 {1} 条答案，确认后才会移除。", "{1} items were answered for “{0}”; it is removed only when you are sure."],
  // files
  "file-empty": ["文件是空的。", "The file is empty."],
  "file-not-json": ["文件不是 JSON，或已损坏、被截断：{0}", "The file is not JSON, or it is damaged or cut off: {0}"],
  "file-foreign": ["这不是由本手册导出的评估文件。", "This is not an assessment file from this handbook."],
  "file-newer": ["文件由较新的手册生成（格式 {0}，本手册读到格式 {1}）。请用较新的手册打开。", "The file was made by a newer handbook (format {0}; this one reads up to {1}). Open it with a newer handbook."],
  "file-version": ["文件的格式版本（{0}）无法识别。", "The format version of the file ({0}) is not known."],
  "file-migrated": ["文件为较早的格式 {0}，已转换为格式 {1}。", "The file is in the earlier format {0} and was brought to format {1}."],
  "field-missing": ["{0}：缺少“{1}”。", "{0}: “{1}” is missing."],
  "field-unknown": ["{0}：含有格式以外的内容“{1}”。", "{0}: holds “{1}”, which the format does not know."],
  "field-scale": ["{0}：“{1}”不在选项之内（可用：{2}）。", "{0}: “{1}” is not one of the scale ({2})."],
  "field-wrong": ["{0}：内容不合格式（{1}）。", "{0}: does not fit the format ({1})."],
  "field-date": ["{0}：“{1}”不是日期。", "{0}: “{1}” is not a date."],
  "head-date": ["{0}：“{1}”不是日期，按文字保留。", "{0}: “{1}” is not a date; it is kept as text."],
  "item-twice": ["同一条目出现两次（{0}）。", "The same item stands twice ({0})."],
  "sample-id-twice": ["同一批次或样品编号出现两次（{0}）。", "The same id of a batch or sample stands twice ({0})."],
  "answer-homeless": ["条目中没有 {0}：这条答案已放入归档，没有丢失。", "{0} is not among the items: the answer is kept in the archive."],
  "sample-homeless": ["答案提到的批次或样品 {0} 不在清单中：已补入清单，答案保留。", "An answer names the batch or sample {0}, which is not listed: it was added to the list and the answer kept."],
  "reason-lacking": ["“不适用”没有写明理由，原样保留。", "Not applicable, without a reason; kept as it is."],
  "more-problems": ["另有 {0} 处问题。", "{0} further problems."],
  // what an import would do
  "import-new": ["新的评估：{0} 条，已答 {1} 条，归档 {2} 条。", "A new assessment: {0} items, {1} answered, {2} archived."],
  "import-answer-added": ["文件中有答案（{0}），这里没有。", "Answered in the file ({0}), not here."],
  "import-answer-lost": ["这里有答案（{0}），文件中没有。", "Answered here ({0}), not in the file."],
  "import-answer-newer": ["文件中的答案较新：{0}（这里：{1}）。", "The answer in the file is newer: {0} (here: {1})."],
  "import-answer-older": ["这里的答案较新：{1}（文件：{0}）。", "The answer here is newer: {1} (in the file: {0})."],
  "import-item-added": ["文件多出这一条。", "The file has this item in addition."],
  "import-item-absent": ["文件没有这一条。", "The file does not have this item."],
  "import-title": ["标题：文件为“{0}”，这里为“{1}”。", "Title: “{0}” in the file, “{1}” here."],
  "import-archived": ["是否归档不同。", "One of the two is put away in the archive of assessments, the other is not."],
  "import-checklist": ["检查表不同。", "The checklist differs."],
  "import-items": ["条目的文字或顺序不同。", "Wording or order of the items differs."],
  "import-archive": ["归档条目不同：文件 {0} 条，这里 {1} 条。", "Archived items differ: {0} in the file, {1} here."],
  "import-head": ["审核信息“{0}”不同：文件为“{1}”，这里为“{2}”。", "“{0}” differs: “{1}” in the file, “{2}” here."],
  "import-samples": ["批次或样品不同：文件 {0} 个，这里 {1} 个。", "Batches or samples differ: {0} in the file, {1} here."],
  "import-edition": ["版本不同：文件依据 {0}（{1}），这里依据 {2}（{3}）。", "The editions differ: {0} ({1}) in the file, {2} ({3}) here."],
  // what an update would do
  "update-list-gone": ["新版本没有检查表“{0}”，没有增加条目。", "The new edition has no checklist “{0}”; no items were added."],
} as const satisfies Record<string, readonly [string, string]>

export type Code = keyof typeof MESSAGES

const LONGEST = 200 // characters of a value that a message repeats

const short = (value: string): string => (value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value)

/** The message of a code with what it is about put in: a string as it is, a text in each language. */
export function message(code: Code, values: readonly (string | number | Text)[] = [], row?: string): Message {
  const said = values.map((value) => (typeof value === "object" ? value : { zh: String(value), en: String(value) }))
  const filled = (words: string, language: keyof Text): string =>
    words.replace(/\{(\d)\}/g, (_, at: string) => short(said[Number(at)]?.[language] ?? ""))
  const [zh, en] = MESSAGES[code]
  return { code, text: { zh: filled(zh, "zh"), en: filled(en, "en") }, ...(row === undefined ? {} : { row: short(row) }) }
}

export const RESULT_WORDS: Record<Result, Text> = {
  conforms: { zh: "符合", en: "Conforms" },
  partly: { zh: "部分符合", en: "Partly conforms" },
  "does-not-conform": { zh: "不符合", en: "Does not conform" },
  "not-applicable": { zh: "不适用", en: "Not applicable" },
  "not-checked": { zh: "未检查", en: "Not checked" },
}

export const SEVERITY_WORDS: Record<Severity, Text> = {
  critical: { zh: "严重", en: "Critical" },
  major: { zh: "主要", en: "Major" },
  minor: { zh: "一般", en: "Minor" },
}

/** Why an item was archived, and other words that go into an assessment. */
export const WORDS = {
  collected: { zh: "收集的条目", en: "Collected clauses" },
  chosen: { zh: "自选检查表", en: "Checklist by choice" },
  otherTopic: { zh: "其他", en: "Other" },
  noWording: { zh: "（文件中没有这一条的文字）", en: "(the file does not hold the wording of this item)" },
  withdrawn: { zh: "手册已撤下这一条", en: "The handbook has withdrawn this item" },
  deleted: { zh: "后一版本删去了这一条", en: "The later version has deleted this item" },
  covered: { zh: "后一版本由其他条款涵盖", en: "The later version covers this by other clauses" },
  gone: { zh: "手册不再列出这一条", en: "The handbook no longer lists this item" },
  mergedInto: { zh: "与其他条目合并，答案已并入", en: "Merged with others; its answer was combined into" },
  homeless: { zh: "文件中有答案，但没有这个条目", en: "The file held an answer without the item" },
  otherTab: { zh: "另一标签页更新检查时，这里给出的答案", en: "Answered in one tab while another one updated the assessment" },
  otherAnswer: { zh: "导入时两份答案不同，这一份较早", en: "Two answers differed on import; this is the earlier one" },
} as const satisfies Record<string, Text>
