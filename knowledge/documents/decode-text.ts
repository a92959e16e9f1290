/**
 * Bytes as text: by byte-order mark, else UTF-8, else GB18030 (which holds GBK and GB2312). Null for bytes that are no
 * text at all, such as a picture with the wrong ending.
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: string } | null {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return decoded(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return decoded(bytes, 'utf-16be');
  // Text in these encodings has no zero bytes; nearly every binary format has some at its beginning.
  if (bytes.subarray(0, 8_192).includes(0)) return null;
  return decoded(bytes, 'utf-8') ?? decoded(bytes, 'gb18030');
}

function decoded(bytes: Uint8Array, encoding: string): { text: string; encoding: string } | null {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
  } catch {
    return null;
  }
}
