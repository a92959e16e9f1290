import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { RunComparison } from '../run-comparison.ts';
import { hostOfGrowth } from '../slow-host.ts';
import { accountName } from './account-name.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters, topAccount } from './comparison-rule.ts';

/** Accounts an engine's version has no hand in: other things must have changed. */
const NOT_BY_VERSION = new Set(['queue_wait', 'executor_wait', 'skew_tail', 'rework']);

/**
 * Another version of Spark (or Java) than in the whole history, and nothing else that changed explains the difference. It
 * is suggested at most: that nothing else was seen is no proof.
 */
export const engineUpgraded: ComparisonRule = {
  id: 'comparison/engine-upgraded',
  codes: ['code.engine_upgrade'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const version = comparison.changes.find(
      ({ what, name, from, to }) => what === 'environment' && / version$/.test(name) && release(from) !== release(to),
    );
    const top = topAccount(comparison);
    if (!version || top === null || NOT_BY_VERSION.has(top) || otherwiseExplained(comparison)) return [];
    if (hostOfGrowth(comparison, runs, top) !== null || !matters(comparison, version.explainsMs)) return [];
    const grown = duration(grownMs(comparison, top));
    return [
      comparisonFinding(comparison, runs, {
        rule: engineUpgraded.id,
        kind: 'inferred',
        code: 'code.engine_upgrade',
        en: `${version.name} ${version.from} → ${version.to} and nothing else that changed explains it: ${accountName(top).en} grew by ${grown.en}`,
        zh: `${version.name} ${version.from} → ${version.to}，没有其他变化能解释：${accountName(top).zh}多了 ${grown.zh}`,
        evidence: [...version.evidence],
        explainsMs: version.explainsMs * 0.6,
        values: { version: version.to, usualVersion: version.from, account: top },
      }),
    ];
  },
};

/** Settings, program, input or capacity already account for a main part. */
function otherwiseExplained(comparison: RunComparison): boolean {
  return comparison.changes.some(
    ({ what, explainsMs }) =>
      ['setting', 'code', 'input', 'capacity'].includes(what) && matters(comparison, explainsMs),
  );
}

/** Major and minor of a version: a patch release is no upgrade that changes behaviour. */
function release(version: string | null): string {
  return /(\d{1,4})\.(\d{1,4})/.exec(version ?? '')?.[0] ?? version ?? '';
}
