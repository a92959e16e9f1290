import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { scorerOf } from './scorer-of.ts';

/** The wall clock of a run and the window it is told for differ by what lies between submission and start. */
const WINDOW_TOLERANCE_MS = 90_000;

/**
 * Where the time went, against what was injected: the account that grew most, and how far what it grew by lies from what the fault added. Without a run to
 * compare with, the largest account of the run alone.
 */
export const LEDGER = scorerOf({
  name: 'ledger',
  measures: '0: another account grew most; else 1 less the share by which its growth misses what was injected',
  expects: ({ ledger }) => ledger !== null,
  judge: ({ diagnosis, expected: { ledger: truth } }) => {
    if (truth === null) return { value: null };
    const grown = grownAccounts(diagnosis);
    const [largest] = [...grown].sort(([, a], [, b]) => b - a);
    if (largest === undefined) return { value: 0, detail: 'no ledger' };
    const [account, deltaMs] = largest;
    const wanted = truth.largest.join(' or ');
    const figures = { largest: account, deltaMs };
    if (!truth.largest.some((one) => one === account))
      return { value: 0, detail: `${account} grew most, and it was ${wanted}`, figures };
    if (truth.addedMs === undefined || truth.addedMs === 0) return { value: 1, figures };
    const together = grown.filter(([one]) => truth.largest.includes(one)).reduce((sum, [, ms]) => sum + ms, 0);
    const error = Math.abs(together - truth.addedMs) / Math.abs(truth.addedMs);
    return {
      value: Math.max(0, 1 - error),
      detail: `${wanted}: ${together} ms told, ${truth.addedMs} ms injected`,
      figures: { ...figures, errorShare: error },
    };
  },
});

type Account = NonNullable<Diagnosis['ledger']>['accounts'][number]['account'];

function grownAccounts({ comparison, ledger }: Diagnosis): [Account, number][] {
  if (comparison && comparison.accounts.length > 0)
    return comparison.accounts.map(({ account, deltaMs }) => [account, deltaMs]);
  return (ledger?.accounts ?? []).map(({ account, ms }) => [account, ms]);
}

/** The books are closed: all accounts and what is unexplained add up to the wall clock, to the millisecond, and that is as long as the run was. */
export const LEDGER_SUM = scorerOf({
  name: 'ledger-sum',
  measures: '1: accounts and remainder add up to the wall clock, and the wall clock is that of the run; 0: they do not',
  // Whatever a scenario is about: an answer that prints a ledger prints a right one.
  expects: () => true,
  judge: ({ diagnosis: { ledger, window } }) => {
    if (ledger === null) return { value: null };
    const booked = ledger.accounts.reduce((sum, { ms }) => sum + ms, 0) + ledger.unexplainedMs;
    if (booked !== ledger.wallClockMs)
      return { value: 0, detail: `${booked} ms booked, ${ledger.wallClockMs} ms wall clock` };
    if (window === null) return { value: 1 };
    const lastedMs = Date.parse(window.to) - Date.parse(window.from);
    const off = Math.abs(lastedMs - ledger.wallClockMs);
    const isThatLong = off <= Math.max(WINDOW_TOLERANCE_MS, lastedMs / 2);
    return {
      value: isThatLong ? 1 : 0,
      detail: `${ledger.wallClockMs} ms wall clock of a run of ${lastedMs} ms`,
      figures: { offMs: off },
    };
  },
});
