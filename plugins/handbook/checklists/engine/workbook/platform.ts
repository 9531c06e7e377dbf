// What V8 lacks when no browser is around it and the workbook library expects. In a page nothing is replaced.
import { strFromU8, strToU8 } from "fflate"

class Encoder {
  encode(text: string): Uint8Array {
    return strToU8(text)
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
