import type { Finding } from '../../evidence/finding.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { isInScope, toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { useOfWorker } from '../use-of-worker.ts';

/**
 * Congestion control holds users back that write faster than a worker can take. Its meters exist only where it is switched on
 * (off by default): absent, nothing is said.
 */
export const congested: ShuffleRule = {
  id: 'shuffle/congested',
  area: 'shuffle',
  codes: ['shuffle.remote_service_push'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const told = toldByRun(facts, scope, 'congested');
    const over = (facts.meters.potentialConsumeSpeed ?? []).flatMap(({ host, points }) => {
      const busy = facts.meters.highWorkload?.find((series) => series.host === host);
      return points.flatMap((point) => {
        const load = busy?.points.find(({ at }) => Math.abs(at - point.at) < 1_000);
        const produced = speedAt({ facts, scope }, host, point.at);
        if (!isInScope(point.at, scope) || load?.value !== 1 || produced <= point.value) return [];
        return [{ host, produced, taken: point.value, point }];
      });
    });
    const own = over.filter(({ host }) => useOfWorker(facts, scope, host, null).used !== 'no');
    const [first] = own;
    if (!first && told.length === 0) return [];
    return [
      shuffleFinding({
        rule: 'shuffle/congested',
        code: 'shuffle.remote_service_push',
        symptom: 'slow',
        kind: told.length > 0 ? 'observed' : 'inferred',
        weight: 0.6,
        statement: first
          ? {
              en: `Worker ${first.host} of the remote shuffle held writers back: ${bytes(first.produced)}/s were pushed, it could take ${bytes(first.taken)}/s`,
              zh: `远程 shuffle 的 worker ${first.host} 对写入限速：推送 ${bytes(first.produced)}/s，它只能接收 ${bytes(first.taken)}/s`,
            }
          : {
              en: 'Workers of the remote shuffle answered pushes as congested: the run was held back',
              zh: '远程 shuffle 的 worker 对推送返回拥塞：该作业被限速',
            },
        keys: keyOfRun(scope),
        at: told[0]?.at ?? first?.point.at ?? null,
        evidence: [
          ...told.slice(0, 1).map(({ record }) => recordEvidence(record)),
          ...(first ? [first.point.evidence] : []),
        ],
        count: Math.max(1, told.length),
        values: first ? { workerHost: first.host, producedBytesPerS: first.produced, takenBytesPerS: first.taken } : {},
      }),
    ];
  },
};

/** What all users pushed to a worker at a time. */
function speedAt({ facts }: ShuffleCase, host: string, at: number): number {
  return (facts.meters.produceSpeed ?? [])
    .filter((series) => series.host === host)
    .reduce((sum, { points }) => sum + (points.find((point) => Math.abs(point.at - at) < 1_000)?.value ?? 0), 0);
}
