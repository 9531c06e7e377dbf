// Short codes of clauses, as they stand on printed checklists (7KQ-2MD): handbook/codes.py says how they are made.

const CODE = /^[0-9a-z]{3}-?[0-9a-z]{3}$/
const CODE_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"

/** The first 30 bits of the CRC-32 of an id of plain letters, in Crockford's base 32, without the hyphen. */
function codeOf(id) {
  let crc = 0xffffffff
  for (let at = 0; at < id.length; at++) {
    crc ^= id.charCodeAt(at)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  const bits = ~crc & 0x3fffffff
  let code = ""
  for (let shift = 25; shift >= 0; shift -= 5) code += CODE_DIGITS[(bits >>> shift) & 31]
  return code
}

/** The clauses whose code is typed; the table is made when something that looks like a code is first asked for. */
function recordsByCode(query, corpus) {
  if (!CODE.test(query)) return []
  if (!corpus.codes) corpus.codes = new Map([...corpus.places].map(([id, record]) => [codeOf(id), record]))
  const read = query.replace("-", "").replaceAll("o", "0").replace(/[il]/g, "1")
  const record = corpus.codes.get(read)
  return record === undefined ? [] : [record]
}
