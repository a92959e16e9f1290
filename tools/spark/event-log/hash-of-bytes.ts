/** A quick hash of a byte range, to find keys and strings again without decoding them. */
export function hashOfBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 7;
  for (let at = start; at < end; at += 1) hash = (hash * 31 + (bytes[at] as number)) | 0;
  return hash;
}
