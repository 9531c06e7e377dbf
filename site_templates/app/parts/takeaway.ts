// Files that the page hands to the reader.

/** Saves `content` under `name` where the browser puts downloads. */
export function takeAway(name: string, content: BlobPart, type: string): void {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A title as a file name that every system takes. */
export function fileName(title: string, ending: string): string {
  const clean = title.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, " ").replace(/\s+/g, " ").trim().slice(0, 80)
  return `${clean || "assessment"}.${ending}`
}
