import { rightCause } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

/** How far outside of the true window a time may lie (OpenRCA scores within a minute). */
const TOLERANCE_MS = 60_000;

/** When the right cause happened: within the true window, a minute on either side. */
export const TIME = scorerOf({
  name: 'time',
  measures: '1: the right cause is dated within the true window ± 60 s; 0: outside, without a time, or no right cause',
  expects: ({ window }) => window !== null,
  judge: ({ diagnosis, expected: { window }, expected }) => {
    const cause = rightCause(diagnosis, expected);
    if (cause === undefined || window === null) return { value: 0, detail: 'no right cause is named' };
    const told = cause.at ?? cause.chain.at(-1)?.at ?? null;
    if (told === null) return { value: 0, detail: 'no time is told' };
    const at = Date.parse(told);
    const isWithin = at >= Date.parse(window.from) - TOLERANCE_MS && at <= Date.parse(window.to) + TOLERANCE_MS;
    return { value: isWithin ? 1 : 0, detail: `${told}, and it was from ${window.from} to ${window.to}` };
  },
});
