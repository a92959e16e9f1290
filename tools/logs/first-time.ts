import { parsePrefix } from './parse-prefix.ts';
import type { TimeContext } from './parse-time.ts';

const LINES = 200;

/** The first time told in the beginning of a log. */
export function firstTime(head: string, context: TimeContext): number | null {
  for (const line of head.split('\n', LINES)) {
    const at = parsePrefix(line, context)?.at ?? null;
    if (at !== null) return at;
  }
  return null;
}
