// Excel is a script of its own, as heavy as all the rest: it is fetched when it is first wanted.
import type * as Workbooks from "../../../plugins/handbook/checklists/engine/workbook/main.ts"
import { script } from "../parts/catalogue.ts"

declare const handbookWorkbook: typeof Workbooks

export async function workbook(): Promise<typeof Workbooks> {
  await script("app/workbook.js")
  return handbookWorkbook
}
