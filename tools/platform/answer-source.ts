import { createHash } from 'node:crypto';
import { normaliseRequest } from './http-answers.ts';

/** Longest name of a file within a capture's folders; file systems allow 255 bytes, a suffix may come. */
const MAX_NAME = 120;

/**
 * The name of an answer within a capture, which is also the name that evidence uses for it while it is live:
 * `http/<service>/<path>@<time>.json`. What a file name cannot hold is replaced, and a hash of the whole tells such names apart.
 */
export function answerSource(
  service: string,
  request: string,
  at: number,
  kind: 'json' | 'html' | 'txt' | 'error',
): string {
  const wanted = normaliseRequest(request);
  const parts = wanted.replace(/^\/+/, '').split('/');
  const safe = parts.map((part) => part.replace(/[^\w.@=,-]+/g, '_').slice(0, MAX_NAME) || '_');
  const named = safe.join('/');
  const exact = `/${named}` === wanted && !safe.some((part) => /^\.+$/.test(part));
  const path = safe.map((part) => part.replace(/^\.+/, '_')).join('/');
  const hash = exact ? '' : `-${createHash('sha256').update(wanted).digest('hex').slice(0, 8)}`;
  return `http/${service}/${path}${hash}@${compactTime(at)}.${kind === 'error' ? 'error.txt' : kind}`;
}

/** `20261121T102305.120Z`: a time as it stands in names and in the index, with its milliseconds. */
export function compactTime(at: number): string {
  return new Date(at).toISOString().replace(/[-:]/g, '');
}
