import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import { isInScope, toldByRun, toldByService } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import type { ShuffleFacts, ShuffleScope } from '../shuffle-facts.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import { isOfRun } from '../shuffle-keys.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { SHUFFLE_THRESHOLDS } from '../thresholds.ts';

const CLEARED: readonly CauseCode[] = [
  'shuffle.remote_service_push',
  'shuffle.remote_service_data_lost',
  'shuffle.remote_service_no_slots',
  'shuffle.remote_service_unavailable',
  'shuffle.remote_service_quota',
  'shuffle.stall',
];

/** Signs of trouble in the run's own logs, also such as no rule of the area makes a cause of. */
const TROUBLE = [
  'no_master',
  'fell_back',
  'quota_refused',
  'reserve_failed',
  'slots_denied',
  'push_failed',
  'read_failed',
  'fetch_failed',
  'data_lost',
  'integrity_mismatch',
] as const;

/**
 * The remote shuffle did its work for the run: every shuffle got its slots, and no push, read or commit of it failed. Judged
 * last, when no other rule found a cause. A client of another version that was served well is no conflict.
 */
export const servedWell: ShuffleRule = {
  id: 'shuffle/served-well',
  area: 'shuffle',
  codes: [],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const { applicationId } = scope;
    const registered = toldByRun(facts, scope, 'registered');
    const offered = toldByService(facts, scope, 'slots_offered').filter(
      (event) => applicationId !== null && isOfRun(event.applicationId, applicationId),
    );
    const shuffles = Math.max(registered.length, offered.length);
    if (applicationId === null || shuffles === 0) return [];
    if (TROUBLE.some((kind) => toldByRun(facts, scope, kind).length > 0)) return [];
    const [version] = toldByRun(facts, { ...scope, window: null }, 'client_version');
    const why = {
      en: `every shuffle of the run (${shuffles}) got its slots, and no push or read of it failed`,
      zh: `该作业的 ${shuffles} 个 shuffle 都分到了槽位，推送和读取都没有失败`,
    };
    const evidence: Evidence[] = [...registered.slice(0, 1), ...offered.slice(-1)].map(({ record }) =>
      recordEvidence(record),
    );
    return [
      shuffleFinding({
        rule: 'shuffle/served-well',
        echo: true,
        statement: {
          en: `The remote shuffle served the run well: ${plural(shuffles, 'shuffle')} got slots, and no push or read failed`,
          zh: `远程 shuffle 对该作业一切正常：${shuffles} 个 shuffle 分到槽位，推送和读取都没有失败`,
        },
        keys: keyOfRun(scope),
        at: registered[0]?.at ?? offered[0]?.at ?? null,
        evidence,
        values: { shuffles, ...(version ? { clientVersion: version.version } : {}) },
        refutes: [
          ...CLEARED.map((code) => ({ code, why })),
          { code: 'dependency.version_conflict', why: versionWhy(version?.version ?? null, shuffles) },
          ...fastDisks(facts, scope),
        ],
      }),
    ];
  },
};

/** Shuffle data went to the disks of the workers: their slowest flush speaks for or against them. */
function fastDisks(facts: ShuffleFacts, scope: ShuffleScope): NonNullable<Finding['refutes']>[number][] {
  const flushes = (facts.meters.flushMaxMs ?? [])
    .flatMap(({ points }) => points)
    .filter(({ at }) => isInScope(at, scope));
  if (flushes.length === 0) return [];
  const slowestMs = Math.max(...flushes.map(({ value }) => value));
  if (slowestMs > SHUFFLE_THRESHOLDS.fastFlushMs) return [];
  const slowest = duration(slowestMs);
  return [
    {
      code: 'storage.slow_disk',
      why: {
        en: `shuffle data went to the remote shuffle, and the slowest write of a buffer there took ${slowest.en}`,
        zh: `shuffle 数据写到了远程 shuffle，那里最慢的一次落盘用了 ${slowest.zh}`,
      },
    },
  ];
}

function versionWhy(version: string | null, shuffles: number): { en: string; zh: string } {
  const client =
    version === null ? { en: 'the client', zh: '客户端' } : { en: `client ${version}`, zh: `客户端 ${version}` };
  return {
    en: `${client.en} of the remote shuffle registered its shuffles (${shuffles}) and nothing of them failed: it works with these servers`,
    zh: `远程 shuffle ${client.zh}注册了 ${shuffles} 个 shuffle 且没有失败：它与这些服务端可以配合`,
  };
}
