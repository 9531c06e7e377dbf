// What V8 lacks when no browser is around it and the workbook library expects. In a page nothing is replaced.
import { strFromU8 } from "fflate"

/** UTF-8. (fflate's own stand-in, strToU8 without TextEncoder, gets characters beyond the basic plane wrong.) */
class Encoder {
  encode(text = ""): Uint8Array {
    const bytes = new Uint8Array(text.length * 3)
    let at = 0
    for (let index = 0; index < text.length; index++) {
      const point = text.codePointAt(index)!
      if (point < 0x80) {
        bytes[at++] = point
        continue
      }
      if (point > 0xffff) index += 1
      const tail = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3
      bytes[at++] = [0, 0xc0, 0xe0, 0xf0][tail]! | (point >> (6 * tail))
      for (let left = tail - 1; left >= 0; left--) bytes[at++] = 0x80 | ((point >> (6 * left)) & 0x3f)
    }
    return bytes.slice(0, at)
  }
}

class Decoder {
  private kept = new Uint8Array(0)

  /** With `stream`, the bytes of a character that the next piece completes are kept back. */
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { stream?: boolean }): string {
    const given = bytes === undefined ? new Uint8Array(0) : viewOf(bytes)
    const all = new Uint8Array(this.kept.length + given.length)
    all.set(this.kept)
    all.set(given, this.kept.length)
    const end = options?.stream ? wholeCharacters(all) : all.length
    this.kept = all.slice(end)
    return strFromU8(all.subarray(0, end)).replace(/^\uFEFF/, "")
  }
}

function viewOf(bytes: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes)
}

/** How many of the bytes are whole UTF-8 characters. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

function clone<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T)
}

const lacking: Record<string, unknown> = {
  TextEncoder: Encoder,
  TextDecoder: Decoder,
  queueMicrotask: (job: () => void) => void Promise.resolve().then(job),
  structuredClone: clone, // of plain models only, which is all that the library clones
}

for (const [name, value] of Object.entries(lacking)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}
