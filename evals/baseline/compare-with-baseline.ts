import { isRight } from '../report/is-right.ts';
import type { SuiteResult } from '../report/suite-result.ts';
import type { Variant } from '../trial/trial.ts';
import type { Baseline, BaselineEntry } from './baseline.ts';
import { entryOf, heldScorers } from './baseline-of.ts';
import { byBaselineKey } from './deterministic.ts';

/**
 * `worse`: wrong where it was right, a hard gate newly broken, less sure and right or surer and wrong, a scorer's value fallen.
 * `better`: the other way round. `changed`: another answer that is neither.
 */
export const DIFFERENCE_KINDS = ['worse', 'better', 'changed', 'new', 'gone', 'not_run'] as const;

export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/** One ask that is not answered as the baseline has it. */
export interface CaseDifference {
  kind: DifferenceKind;
  askId: string;
  variant: Variant;
  /** In words, what was and what is: “was kernel.memcg_oom confirmed, is kernel.global_oom likely”. */
  says: readonly string[];
  was: BaselineEntry | null;
  is: BaselineEntry | null;
}

/** What a run differs in from the baseline, case by case; deterministic variants alone. */
export interface BaselineDifference {
  /** Null where there is no baseline yet: then every case is new. */
  baseline: { version: string; commit: string | null } | null;
  same: number;
  /** Scorers that the baseline holds and the run does not know: what they measured is not looked at any more. */
  scorersGone: readonly string[];
  /** In the order of `DIFFERENCE_KINDS`, then by name. */
  cases: readonly CaseDifference[];
}

/** A value that falls by less is told and does not block: it is within what other names of the same things do to cuts of excerpts. */
const NOTICEABLE = 0.05;

/**
 * Every ask against the baseline, exactly. The order of the run and its seed play no part: entries are found by name, values rounded
 * as they were written. A filtered run says nothing of what it left out.
 */
export function compareWithBaseline(result: SuiteResult, baseline: Baseline | null): BaselineDifference {
  const trials = byBaselineKey(result);
  const known = heldScorers(result);
  const scorers = known.filter((name) => baseline?.scorers.includes(name));
  const cases: CaseDifference[] = [];
  let same = 0;
  for (const [key, scored] of trials) {
    const { askId, variant, why } = scored.trial;
    const was = baseline?.entries[key] ?? null;
    if (isRight(scored, result.decidedBy) === null) {
      cases.push({ kind: 'not_run', askId, variant, says: [`not run: ${why ?? 'nobody said why'}`], was, is: null });
      continue;
    }
    const is = entryOf(scored, result);
    const difference = was === null ? { kind: 'new' as const, says: [`is ${told(is)}`] } : differ(was, is, scorers);
    if (difference === null) same += 1;
    else cases.push({ ...difference, askId, variant, was, is });
  }
  cases.push(...gone(result, baseline, trials));
  cases.sort(
    (a, b) => DIFFERENCE_KINDS.indexOf(a.kind) - DIFFERENCE_KINDS.indexOf(b.kind) || (nameOf(a) < nameOf(b) ? -1 : 1),
  );
  const scorersGone = (baseline?.scorers ?? []).filter((name) => !known.includes(name));
  return { baseline: baseline?.product ?? null, same, scorersGone, cases };
}

const nameOf = ({ askId, variant }: CaseDifference) => `${askId} ${variant}`;

function gone(
  { filter, variants }: SuiteResult,
  baseline: Baseline | null,
  trials: ReadonlyMap<string, unknown>,
): CaseDifference[] {
  if (filter !== null) return [];
  return Object.entries(baseline?.entries ?? {}).flatMap(([key, was]) => {
    const variant = variants.find((variant) => key.endsWith(` ${variant}`));
    if (variant === undefined || trials.has(key)) return [];
    const askId = key.slice(0, -variant.length - 1);
    return [{ kind: 'gone' as const, askId, variant, says: [`was ${told(was)}, is not put any more`], was, is: null }];
  });
}

/** Null where nothing differs. */
function differ(
  was: BaselineEntry,
  is: BaselineEntry,
  scorers: readonly string[],
): Pick<CaseDifference, 'kind' | 'says'> | null {
  // Of a renamed ask (the only kind without its question's hash) the verdict and the gates are held, not the values: among lines that say
  // the same, which one is cited goes by the order of names.
  const held = was.asked === undefined && is.asked === undefined ? [] : scorers;
  const moved = held.flatMap((name) => {
    const [before, now] = [heldValue(was, name), heldValue(is, name)];
    return before === now ? [] : [{ name, before, now }];
  });
  const broken = is.broken.filter((name) => !was.broken.includes(name));
  const mended = was.broken.filter((name) => !is.broken.includes(name));
  const isOther = told(was) !== told(is);
  if (!isOther && moved.length === 0 && broken.length === 0 && mended.length === 0) return null;
  const says = [
    ...(isOther ? [`was ${told(was)}, is ${told(is)}`] : []),
    ...broken.map((name) => `breaks ${name}`),
    ...mended.map((name) => `does not break ${name} any more`),
    ...moved.map(({ name, before, now }) => `${name} ${before ?? 'unsaid'} → ${now ?? 'unsaid'}`),
    ...(was.asked === is.asked ? [] : ['the question is another one']),
  ];
  const falls = (low: number | null, high: number | null) => low !== null && high !== null && high - low >= NOTICEABLE;
  const [before, now] = [worth(was), worth(is)];
  if (broken.length > 0 || now < before) return { kind: 'worse', says };
  // A right answer makes up for values that fall; among answers alike in that, one value that falls is not made up for by another.
  if (now === before && moved.some((value) => falls(value.now, value.before))) return { kind: 'worse', says };
  const isBetter = now > before || mended.length > 0 || moved.some((value) => falls(value.before, value.now));
  return { kind: isBetter ? 'better' : 'changed', says };
}

const STANDINGS = ['inconclusive', 'likely', 'confirmed'];

/** Right and sure is best, wrong and sure is worst, a crash is below all: nobody was told anything. */
function worth({ right, standing, outcome }: BaselineEntry): number {
  if (outcome === 'crashed') return -4;
  const sure = STANDINGS.indexOf(standing ?? '') + 1;
  return right ? 1 + sure : -sure;
}

function told({ first, standing, outcome, right }: BaselineEntry): string {
  const cause = first === null ? outcome : `${first} ${standing ?? ''}`.trim();
  return `${cause}${outcome === 'answered' || first === null ? '' : ` (${outcome})`}, ${right ? 'right' : 'wrong'}`;
}

/** Null where the scorer says nothing; all that is not written is 1. */
function heldValue({ below, unsaid }: BaselineEntry, scorer: string): number | null {
  return unsaid.includes(scorer) ? null : (below[scorer] ?? 1);
}
