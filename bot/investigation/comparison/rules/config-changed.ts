import type { Bilingual } from '../../../../knowledge/bilingual.ts';
import type { Finding } from '../../../../tools/evidence/finding.ts';
import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import type { LedgerAccount } from '../../ledger-accounts.ts';
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
 * Properties of one family (`spark.dynamicAllocation.*`) are told together.
 */
export const configChanged: ComparisonRule = {
  id: 'comparison/config-changed',
  codes: ['config.changed'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const top = topAccount(comparison);
    if (top === null) return [];
    const oneHost = hostOfGrowth(comparison, runs, top);
    const changes = comparison.changes
      .filter((change) => change.what === 'setting' && change.worsens && change.moves.includes(top))
      .filter((change) => oneHost === null || ABOUT_ONE_HOST.test(change.name))
      .filter((change) => movedEnough(change) && effectShows(change.name, comparison, runs))
      .filter((change) => matters(comparison, change.explainsMs));
    return [...byFamily(changes)].map((family) => toFinding(family, top, comparison, runs));
  },
};

function movedEnough({ ratio }: RunChange): boolean {
  return ratio === null || ratio === 0 || Math.max(ratio, 1 / ratio) >= COMPARISON_THRESHOLDS.settingMoved;
}

/** Changes by the first parts of their keys: `spark.dynamicAllocation`, `spark.sql.adaptive`, `spark.executor.memory`. */
function byFamily(changes: readonly RunChange[]): RunChange[][] {
  const families = new Map<string, RunChange[]>();
  for (const change of changes) {
    const family = /^spark\.(?:sql\.|executor\.|driver\.|hadoop\.)?\w{1,60}/.exec(change.name)?.[0] ?? change.name;
    const known = families.get(family);
    if (known) known.push(change);
    else families.set(family, [change]);
  }
  return [...families.values()];
}

/** The value itself, without the words that say it is Spark's own. */
export function plainValue(shown: string | null): string | null {
  return shown === null ? null : (/^default \((.*)\)$/s.exec(shown)?.[1] ?? shown);
}

/** `spark.executor.memory 1200m → 512m`, several with commas; the default named as such in each language. */
export function spokenChanges(changes: readonly RunChange[]): Bilingual {
  const one = (change: RunChange, say: (shown: string | null) => string) =>
    `${change.name} ${say(change.from)} → ${say(change.to)}`;
  const zh = (shown: string | null) => shown?.replace(/^default /, '默认 ') ?? '未设置';
  return {
    en: changes.map((change) => one(change, (shown) => shown ?? 'not set')).join(', '),
    zh: changes.map((change) => one(change, zh)).join('，'),
  };
}

function toFinding(
  changes: readonly RunChange[],
  top: LedgerAccount,
  comparison: RunComparison,
  runs: ComparedRuns,
): Finding {
  const [main] = changes;
  const values = spokenChanges(changes);
  const name = accountName(top);
  const grown = duration(grownMs(comparison, top));
  const all = duration(comparison.deltaMs);
  return comparisonFinding(comparison, runs, {
    rule: configChanged.id,
    kind: changes.some(({ evidence }) => evidence.length > 0) ? 'observed' : 'inferred',
    code: 'config.changed',
    en: `No earlier run had it so: ${values.en}. ${main?.because.en}; ${name.en} grew by ${grown.en}, the run is ${all.en} slower`,
    zh: `与以往运行不同：${values.zh}。${main?.because.zh}；${name.zh}多了 ${grown.zh}，整个运行慢了 ${all.zh}`,
    evidence: changes.flatMap(({ evidence }) => [...evidence]),
    explainsMs: Math.max(...changes.map(({ explainsMs }) => explainsMs)),
    values: {
      setting: main?.name,
      settingFrom: plainValue(main?.from ?? null),
      settingTo: plainValue(main?.to ?? null),
      account: top,
      accountGrewMs: grownMs(comparison, top),
      ...Object.fromEntries(changes.slice(1).map(({ name, from }) => [name, plainValue(from)])),
    },
  });
}
