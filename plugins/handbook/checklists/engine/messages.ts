// Everything that the engine says, in both languages, in one place. {0} and {1} are filled in.
import type { Text } from "./types.ts"

/** What the engine says; `row` names the code of the item, or the row of a file, that it is about. */
export interface Message {
  code: string
  text: Text
  row?: string
}

const MESSAGES = {
  "reason-needed": ["“不适用”须写明理由。", "“Not applicable” needs a reason."],
  "no-evidence": ["判为符合，但没有写所见证据。", "Conforms, but no evidence is named."],
  "no-severity": ["发现项尚未分级（严重/主要/一般）。", "The finding has no severity yet (critical, major, minor)."],
  "severity-without-finding": ["不是发现项，却有分级。", "A severity stands where there is no finding."],
  "sample-answered": ["样本“{0}”下已有 {1} 条答案；确认后才会移除。", "{1} items were answered for “{0}”; it is removed only when you are sure."],
  "sample-unknown": ["没有样本“{0}”。", "There is no sample “{0}”."],
  "sample-label": ["样本须有名称，且不与其他样本同名。", "A sample needs a name that no other sample has."],
  "item-unknown": ["清单中没有条目“{0}”。", "The list has no item “{0}”."],
  "result-unknown": ["“{0}”不是评定结果。", "“{0}” is not a result."],
  "severity-unknown": ["“{0}”不是分级。", "“{0}” is not a severity."],
} as const satisfies Record<string, readonly [string, string]>

/** A message by its code, with the row that it concerns. */
export function message(code: keyof typeof MESSAGES, values: readonly (string | number)[] = [], row?: string): Message {
  const [zh, en] = MESSAGES[code]
  const filled = (text: string): string => text.replace(/\{(\d)\}/g, (_, place: string) => String(values[Number(place)] ?? ""))
  return { code, text: { zh: filled(zh), en: filled(en) }, ...(row === undefined ? {} : { row }) }
}
