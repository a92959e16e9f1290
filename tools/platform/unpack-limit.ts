import type { Bilingual } from '../../knowledge/bilingual.ts';
import { bytes } from '../evidence/spoken-figures.ts';

/**
 * More than this many bytes out of each stored byte is a trap. Real logs pack 10 to 60 times: of the event logs that were recorded the
 * best packs 25 times with `gzip -9`, zstd brings such logs to 60; monotonous text stays below a hundred.
 */
const MAX_RATIO = 100;
/** Up to here nobody asks how much a file expands: it is read in a second or two. */
const RATIO_FREE_BYTES = 256 << 20;
/** No packed file is read beyond this: real ones unpack to some GiB, and each GiB costs seconds. */
const MAX_UNPACKED_BYTES = 16 * 2 ** 30;

/** How far a packed file is unpacked, and which of the limits that is. */
export interface UnpackLimit {
  maxBytes: number;
  limit: 'ratio' | 'size';
}

/** How many bytes a packed file of this size may unpack to. */
export function unpackLimit(storedBytes: number): UnpackLimit {
  const byRatio = Math.max(RATIO_FREE_BYTES, storedBytes * MAX_RATIO);
  return byRatio <= MAX_UNPACKED_BYTES
    ? { maxBytes: byRatio, limit: 'ratio' }
    : { maxBytes: MAX_UNPACKED_BYTES, limit: 'size' };
}

/** A packed file was not read to its end because it unpacks to too much; what came before was given out. */
export class UnpackLimitError extends Error {
  readonly reached: UnpackLimit;

  constructor(reached: UnpackLimit) {
    super(unpackLimitNote(reached, 'the file').en);
    this.reached = reached;
  }
}

/**
 * What was read of such a file and what was not.
 *
 * @param file its name, or `it`, which Chinese leaves out
 */
export function unpackLimitNote({ maxBytes, limit }: UnpackLimit, file: string): Bilingual {
  const read = bytes(maxBytes);
  const named = file === 'it' ? '' : `${file} `;
  return limit === 'ratio'
    ? {
        en: `${file} unpacks to more than ${MAX_RATIO} times its size, which no log does; the first ${read} were read, the rest was not`,
        zh: `${named}解压后超过原大小的 ${MAX_RATIO} 倍，正常日志不会如此；只读取了前 ${read}，其余未读取`,
      }
    : {
        en: `${file} unpacks to more than ${read}; so much was read, the rest was not`,
        zh: `${named}解压后超过 ${read}；只读取了这么多，其余未读取`,
      };
}
