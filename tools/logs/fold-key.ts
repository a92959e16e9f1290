/** Classes of bytes: letters, digits, and all the rest. Bytes beyond ASCII are letters of some script. */
const CLASS = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  const isDigit = byte >= 48 && byte <= 57;
  const isLetter = (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte >= 128;
  CLASS[byte] = isDigit ? 2 : isLetter ? 1 : 0;
}

const PRIME = 0x01000193;
const OTHER_PRIME = 0x85ebca6b;
const NUMBER = 0x23;
/** What follows in a record is the same when this much is. */
const MAX_BYTES = 3072;

/**
 * A key that is equal for records of the same text, numbers and ids aside: every word with a digit in it (times, hosts, task and
 * block ids, hex) counts as one and the same, and stack frames are left out, so that what stays is the message and the classes
 * of its exceptions.
 */
export function foldKey(bytes: Buffer, start: number, end: number): number {
  let one = 0x811c9dc5;
  let two = 0x9747b28c;
  let word = 0;
  let hasDigit = false;
  const stop = Math.min(end, start + MAX_BYTES);
  for (let at = start; at < stop; at += 1) {
    const byte = bytes[at] as number;
    const kind = CLASS[byte] as number;
    if (kind === 1) word = Math.imul(word ^ byte, PRIME);
    else if (kind === 2) hasDigit = true;
    else {
      const token = hasDigit ? NUMBER : word;
      one = Math.imul(one ^ token, PRIME) ^ byte;
      two = Math.imul((two + token) | 0, OTHER_PRIME) ^ (byte << 3);
      word = 0;
      hasDigit = false;
      if (byte === 10) at = skipFrames(bytes, at + 1, stop) - 1;
    }
  }
  one = Math.imul(one ^ (hasDigit ? NUMBER : word), PRIME);
  return (one >>> 0) * 0x200000 + ((two ^ word) & 0x1fffff);
}

/** Index of the first line that is no stack frame (`\tat …`, `    at …`, `\t... 12 more`, `  File "a.py", …` with its code). */
function skipFrames(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && isFrame(bytes, at)) {
    const next = bytes.indexOf(10, at);
    at = next === -1 || next >= end ? end : next + 1;
  }
  return at;
}

function isFrame(bytes: Buffer, from: number): boolean {
  const first = bytes[from];
  if (first === 9) return isAtOrMore(bytes, from + 1);
  if (first !== 32 || bytes[from + 1] !== 32) return false;
  const isDeep = bytes[from + 2] === 32 && bytes[from + 3] === 32;
  const isFile =
    bytes[from + 2] === 70 && bytes[from + 3] === 105 && bytes[from + 4] === 108 && bytes[from + 5] === 101;
  return isDeep || isFile;
}

function isAtOrMore(bytes: Buffer, at: number): boolean {
  const isAt = bytes[at] === 97 && bytes[at + 1] === 116 && bytes[at + 2] === 32;
  return isAt || (bytes[at] === 46 && bytes[at + 1] === 46 && bytes[at + 2] === 46);
}
