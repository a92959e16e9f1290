import { sizeOf } from './parse-sizes.ts';
import type { ShuffleDisk } from './shuffle-facts.ts';

/** A longer one is not of any version known; its shuffle allocations (one entry for each shuffle) come last. */
const HEAD_CHARS = 1_000;

/**
 * A disk out of the string that the REST answers and logs of Celeborn 0.3 to 0.7 hold (`DiskInfo.toString`); field names
 * differ by version, so each is looked for by itself. Null when it names no mount point.
 *
 * @param mount the key it stands under, where there is one
 */
export function parseDiskInfo(text: string, mount?: string): ShuffleDisk | null {
  const head = text.slice(0, HEAD_CHARS);
  const point = /mountPoint: (?<mount>\/[^,)\s]{0,400})/.exec(head)?.groups?.mount ?? mount;
  if (point === undefined || !head.includes('DiskInfo')) return null;
  return {
    mount: point,
    status: /\bstatus: (?<status>[A-Z_]{4,40})/.exec(head)?.groups?.status ?? null,
    totalBytes: sizeOf(/totalSpace: (?<size>[\d.]{1,20} ?[A-Za-z]{0,3})/.exec(head)?.groups?.size),
    usableBytes: sizeOf(/usableSpace: (?<size>[\d.]{1,20} ?[A-Za-z]{0,3})/.exec(head)?.groups?.size),
    maxSlots: numberOf(/maxSlots: (?<count>\d{1,12})/.exec(head)?.groups?.count),
    availableSlots: numberOf(/availableSlots: (?<count>\d{1,12})/.exec(head)?.groups?.count),
  };
}

function numberOf(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
