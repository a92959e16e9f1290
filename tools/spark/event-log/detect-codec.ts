/** How the bytes of an event log may be packed: by its writer (`spark.eventLog.compression.codec`), a capture or a person. */
export type Codec = 'none' | 'gzip' | 'zstd' | 'lz4_block' | 'snappy_xerial' | 'lzf';

/** Packings that are recognised only to say what they are. */
export type ForeignPacking = 'lz4_frame' | 'bzip2' | 'xz' | 'zip' | 'parquet' | 'orc' | 'avro' | 'class_or_jar';

/** Bytes that are enough to tell any codec. */
export const CODEC_HEAD_BYTES = 32;

/** Codec by the first bytes alone; names of files are not looked at, and often lie. */
export function detectCodec(head: Buffer): Codec {
  if (startsWith(head, [0x1f, 0x8b, 0x08])) return 'gzip';
  if (startsWith(head, [0x28, 0xb5, 0x2f, 0xfd])) return 'zstd';
  // A zstd stream may begin with a skippable frame (RFC 8878 §3.1.2).
  if (((head[0] ?? 0) & 0xf0) === 0x50 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18])) return 'zstd';
  if (startsWith(head, 'LZ4Block')) return 'lz4_block';
  if (startsWith(head, [0x82, ...Buffer.from('SNAPPY'), 0x00])) return 'snappy_xerial';
  if (startsWith(head, 'ZV') && (head[2] === 0 || head[2] === 1)) return 'lzf';
  return 'none';
}

/** What packing this is that the reader does not undo, `null` when none is recognised. */
export function foreignPacking(head: Buffer): ForeignPacking | null {
  if (startsWith(head, [0x04, 0x22, 0x4d, 0x18])) return 'lz4_frame';
  if (startsWith(head, 'BZh')) return 'bzip2';
  if (startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00])) return 'xz';
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return 'zip';
  if (startsWith(head, 'PAR1')) return 'parquet';
  if (startsWith(head, 'ORC')) return 'orc';
  if (startsWith(head, 'Obj\u0001')) return 'avro';
  if (startsWith(head, [0xca, 0xfe, 0xba, 0xbe])) return 'class_or_jar';
  return null;
}

function startsWith(head: Buffer, bytes: string | readonly number[]): boolean {
  const wanted = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : Buffer.from(bytes);
  return head.length >= wanted.length && head.subarray(0, wanted.length).equals(wanted);
}
