// Bundles the scripts of the pages into plugins/handbook/scripts/, where the command and the site find them.
// `engine` runs in the command line too (V8 without a browser), so it may use nothing of a browser.
import { mkdir } from "node:fs/promises"
import { build } from "esbuild"

const here = new URL(".", import.meta.url).pathname
const target = new URL("../../plugins/handbook/scripts/", import.meta.url).pathname

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "eof", // licences of what is bundled travel with it
  target: "es2022",
  format: "iife",
  logLevel: "warning",
}

const bundles = {
  engine: { entryPoints: ["../../plugins/handbook/checklists/engine/main.ts"], globalName: "handbookChecklists", platform: "neutral", mainFields: ["browser", "module", "main"] },
  workbook: { entryPoints: ["../../plugins/handbook/checklists/engine/workbook/main.ts"], globalName: "handbookWorkbook", platform: "neutral", mainFields: ["browser", "module", "main"], conditions: ["browser"] },
  assessment: { entryPoints: ["assessment/main.tsx"], jsx: "automatic", jsxImportSource: "preact" },
  graph: { entryPoints: ["graph/main.tsx"], jsx: "automatic", jsxImportSource: "preact" },
  builder: { entryPoints: ["builder/main.tsx"], jsx: "automatic", jsxImportSource: "preact" },
}

// `node build.mjs engine workbook` makes those alone.
const asked = process.argv.slice(2)
const wanted = Object.entries(bundles).filter(([name]) => asked.length === 0 || asked.includes(name))

await mkdir(target, { recursive: true })
await Promise.all(wanted.map(([name, own]) => build({ ...shared, ...own, outfile: `${target}${name}.js` })))
