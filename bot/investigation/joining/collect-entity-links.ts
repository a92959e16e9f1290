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
    // A milestone carries its writer's own keys where it speaks of itself; what a driver tells of executors is not where it runs.
    ...log.milestones.map(({ keys }) => ({
      ...linkOf(keys),
      applicationId: keys.applicationId ?? log.keys.applicationId,
    })),
  ]);
  return [...executors, ...containers, ...written];
}

function linkOf(keys: LogFacts['keys']): EntityLink {
  const { applicationId, executorId, containerId, host, podName } = keys;
  return { applicationId, executorId, containerId, host, podName };
}
