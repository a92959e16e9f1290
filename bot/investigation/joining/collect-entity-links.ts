import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { SparkRun } from '../../../tools/spark/facts.ts';
import type { YarnFacts } from '../../../tools/yarn/facts.ts';
import type { EntityLink } from './entity-directory.ts';

/** Who is who, as every area tells it: executors with their containers and hosts. */
export function collectEntityLinks(
  run: SparkRun | null,
  yarn: YarnFacts | null,
  logs: readonly LogFacts[],
): EntityLink[] {
  const applicationId = run?.application.id ?? undefined;
  const executors = (run?.executors ?? []).map((executor) => ({
    applicationId,
    executorId: executor.id,
    containerId: executor.containerId ?? undefined,
    host: executor.host || undefined,
    podName: executor.podName ?? undefined,
  }));
  const containers = (yarn?.containers ?? []).map((container) => ({
    applicationId: container.applicationId,
    containerId: container.containerId,
    executorId: container.executorId ?? undefined,
    host: container.host ?? undefined,
  }));
  const written = logs.flatMap((log) => [
    linkOf(log.keys),
    ...log.milestones.map((milestone) => linkOf({ ...log.keys, ...milestone.keys })),
  ]);
  return [...executors, ...containers, ...written];
}

function linkOf(keys: LogFacts['keys']): EntityLink {
  const { applicationId, executorId, containerId, host, podName } = keys;
  return { applicationId, executorId, containerId, host, podName };
}
