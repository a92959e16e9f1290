import { duration } from '../../../../tools/spark/measures/figures.ts';
import { MOVABLE_BY_SETTING, movableEntry } from '../movable-accounts.ts';
import type { ComparedRuns, RunChange, RunComparison } from '../run-comparison.ts';
import { effectShows } from '../setting-effects.ts';
import { hostOfGrowth } from '../slow-host.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { accountName } from './account-name.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters, topAccount } from './comparison-rule.ts';

/** Settings that decide what happens on one slow host; no other can make a single host slow. */
const ABOUT_ONE_HOST = /^spark\.(?:speculation|locality|excludeOnFailure|blacklist|local\.dir|decommission)/;

/**
 * A property that no run of the history had so, that goes in the slower direction, whose own effect shows, and that can move
 * the account which grew most. What the growth of that account is due to is the setting, not the account's own mechanism.
 */
export const configChanged: ComparisonRule = {
  id: 'comparison/config-changed',
  codes: ['config.changed'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const top = topAccount(comparison);
    if (top === null) return [];
    const oneHost = hostOfGrowth(comparison, runs, top);
    return comparison.changes
      .filter((change) => change.what === 'setting' && change.worsens && change.moves.includes(top))
      .filter((change) => oneHost === null || ABOUT_ONE_HOST.test(change.name))
      .filter((change) => movedEnough(change) && effectShows(change.name, comparison, runs))
      .filter((change) => matters(comparison, change.explainsMs))
      .map((change) => toFinding(change, top, comparison, runs));
  },
};

function movedEnough({ ratio }: RunChange): boolean {
  return ratio === null || ratio === 0 || Math.max(ratio, 1 / ratio) >= COMPARISON_THRESHOLDS.settingMoved;
}

function toFinding(
  change: RunChange,
  top: NonNullable<ReturnType<typeof topAccount>>,
  comparison: RunComparison,
  runs: ComparedRuns,
) {
  const grown = duration(grownMs(comparison, top));
  const all = duration(comparison.deltaMs);
  const values = `${change.from ?? '–'} → ${change.to ?? '–'}`;
  const name = accountName(top);
  const specific = movableEntry(MOVABLE_BY_SETTING, change.name)?.slowerWhen !== undefined;
  return comparisonFinding(comparison, runs, {
    rule: configChanged.id,
    kind: change.evidence.length > 0 ? 'observed' : 'inferred',
    code: 'config.changed',
    en: `${change.name} differs from the usual runs (${values}). ${change.because.en}; ${name.en} grew by ${grown.en} of the ${all.en} that this run is slower`,
    zh: `${change.name} 与平时不同（${values}）。${change.because.zh}；本次慢了 ${all.zh}，其中${name.zh}多了 ${grown.zh}`,
    evidence: [...change.evidence],
    explainsMs: change.explainsMs * (specific ? 1 : 0.95),
    values: {
      setting: change.name,
      from: change.from,
      to: change.to,
      account: top,
      accountGrewMs: grownMs(comparison, top),
    },
  });
}
