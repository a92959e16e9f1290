import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { JoinKeys } from '../../tools/evidence/join-keys.ts';
import type { Component } from '../investigation/diagnosis.ts';

/**
 * The thing a finding sits in, the narrowest that has a name. A run's queue is where it ran; it is the place of what happened
 * only where scheduling is what happened, or where no run is named.
 *
 * @param code the cause that the finding stands for; null or absent for a mere observation
 */
export function componentOf(keys: JoinKeys, code: CauseCode | null = null): Component | null {
  const isOfQueue = keys.applicationId === undefined || code?.startsWith('scheduling.') === true;
  const pairs: [Component['kind'], string | number | undefined][] = [
    ['container', keys.containerId ?? keys.podName ?? keys.podUid],
    ['executor', keys.executorId === 'driver' ? undefined : keys.executorId],
    ['driver', keys.executorId === 'driver' ? 'driver' : undefined],
    ['stage', keys.stageId],
    ['host', keys.host],
    ['queue', isOfQueue ? keys.queue : undefined],
    ['path', keys.path],
    ['spark_application', keys.applicationId],
  ];
  const found = pairs.find(([, id]) => id !== undefined && id !== '');
  return found ? { kind: found[0], id: String(found[1]) } : null;
}
