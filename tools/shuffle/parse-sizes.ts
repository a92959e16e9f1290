import { bytesOf } from '../evidence/bytes-of.ts';

/** A size as Celeborn prints or takes it (`447.9 GiB`, `0.0 B`, `256k`, `5g`), in bytes; null for what is none. */
export function sizeOf(text: string | undefined): number | null {
  return bytesOf(text) ?? null;
}

const SPANS: Readonly<Record<string, number>> = { ns: 1e-6, ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000 };

/** A span of time as Celeborn prints it (`4.0 m`, `120 s`, `1.3 ms`), in milliseconds; null for what is none. */
export function spanOf(text: string | undefined): number | null {
  const found = /^\s{0,4}(?<number>\d{1,18}(?:\.\d{1,9})?)\s?(?<unit>[a-z]{1,3})\s{0,4}$/.exec(text ?? '');
  const unit = SPANS[found?.groups?.unit ?? '?'];
  return found?.groups?.number === undefined || unit === undefined ? null : Number(found.groups.number) * unit;
}
