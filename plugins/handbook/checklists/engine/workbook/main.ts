// What the pages and the command line call: the global `handbookWorkbook`.
export { toWorkbook } from "./write.ts"
export { type Read, readWorkbook } from "./read.ts"
export { type Change, type Merged, mergeWorkbook, type Unplaced } from "./merge.ts"
