import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';

/** Managers that keep their data in a service of their own and need none of Spark's on the hosts. */
const REMOTE_MANAGER = /\.(?:celeborn|uniffle|rss)\.|RssShuffleManager|Celeborn/i;

/**
 * Executors that die looking for Spark's external shuffle service although the run uses a remote one: the old switch was left
 * on. The remote shuffle has no part in it.
 */
export const serviceMismatch: ShuffleRule = {
  id: 'shuffle/service-mismatch',
  area: 'shuffle',
  codes: ['config.shuffle_service_mismatch'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const refused = toldByRun(facts, scope, 'external_service_refused');
    const [first] = refused;
    const manager = managerOf({ facts, scope });
    if (!first || manager === null) return [];
    const hosts = new Set(refused.flatMap(({ host }) => host ?? [])).size;
    return [
      shuffleFinding({
        rule: 'shuffle/service-mismatch',
        code: 'config.shuffle_service_mismatch',
        symptom: 'executor_lost',
        kind: manager.isProven ? 'observed' : 'inferred',
        responsibility: 'user',
        statement: {
          en: `The run uses a remote shuffle and still has spark.shuffle.service.enabled on: its executors look for Spark's external shuffle service${hosts > 0 ? ` (on ${plural(hosts, 'host')})` : ''}, find none and end`,
          zh: `作业使用远程 shuffle，却仍开启 spark.shuffle.service.enabled：executor 寻找 Spark 外部 shuffle 服务${hosts > 0 ? `（${hosts} 台主机）` : ''}，找不到便退出`,
        },
        keys: keyOfRun(scope),
        at: first.at,
        until: Math.max(...refused.map(({ at, record }) => record.lastAt ?? at ?? 0)),
        evidence: [recordEvidence(first.record), ...manager.evidence],
        count: refused.reduce((sum, { record }) => sum + record.count, 0),
        values: {
          'spark.shuffle.service.enabled': 'false',
          ...(hasWorked({ facts, scope }) ? {} : { blocksProgress: 'true' }),
        },
        refutes: [
          {
            code: 'shuffle.remote_service_unavailable',
            why: {
              en: "it is Spark's own external shuffle service that is missing; the remote shuffle was not asked",
              zh: '缺少的是 Spark 自己的外部 shuffle 服务；远程 shuffle 并没有被访问',
            },
          },
          {
            code: 'shuffle.external_service_unavailable',
            why: {
              en: 'no such service should be looked for with a remote shuffle manager',
              zh: '使用远程 shuffle 管理器时本不该寻找该服务',
            },
          },
        ],
      }),
    ];
  },
};

/** Some executor got as far as work: then it is not this that keeps the run from any. */
function hasWorked({ facts, scope }: ShuffleCase): boolean {
  return toldByRun(facts, scope, 'registered').length + toldByRun(facts, scope, 'stage_finished').length > 0;
}

/** What shows that the run's manager is a remote one: its settings, or the manager's own words in its log. */
function managerOf({ facts, scope }: ShuffleCase): { evidence: Evidence[]; isProven: boolean } | null {
  const { settings } = scope;
  const isSet = REMOTE_MANAGER.test(settings?.values['spark.shuffle.manager'] ?? '');
  if (isSet && settings?.values['spark.shuffle.service.enabled'] === 'true') {
    return { evidence: settings.evidence ? [settings.evidence] : [], isProven: true };
  }
  const words = [
    ...toldByRun(facts, { ...scope, window: null }, 'remote_manager'),
    ...toldByRun(facts, { ...scope, window: null }, 'endpoints'),
  ];
  const [word] = words;
  return word ? { evidence: [recordEvidence(word.record)], isProven: true } : null;
}
