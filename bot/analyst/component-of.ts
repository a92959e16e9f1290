import type { JoinKeys } from '../../tools/evidence/join-keys.ts';
import type { Component } from '../investigation/diagnosis.ts';

/** The thing a finding sits in, the narrowest that has a name. */
export function componentOf(keys: JoinKeys): Component | null {
  const pairs: [Component['kind'], string | number | undefined][] = [
    ['container', keys.containerId ?? keys.podName ?? keys.podUid],
    ['executor', keys.executorId === 'driver' ? undefined : keys.executorId],
    ['driver', keys.executorId === 'driver' ? 'driver' : undefined],
    ['stage', keys.stageId],
    ['host', keys.host],
    ['queue', keys.queue],
    ['path', keys.path],
    ['spark_application', keys.applicationId],
  ];
  const found = pairs.find(([, id]) => id !== undefined && id !== '');
  return found ? { kind: found[0], id: String(found[1]) } : null;
}
