import type { HttpAnswer } from '../platform/platform.ts';
import type { YarnContainerHistory } from './container-history.ts';
import { isOrdinaryStatus } from './exit-status.ts';
import {
  countOf,
  mebibytes,
  numberOf,
  quoteMembers,
  type RestObject,
  restObjectAt,
  restObjectsAt,
  textOf,
  timeOf,
} from './rest-object.ts';
import { type ContainerIdParts, findContainerId, hostOf } from './yarn-ids.ts';

/** A container of which nothing is known yet but its id. */
export function unknownContainer(id: ContainerIdParts): YarnContainerHistory {
  return {
    containerId: id.containerId,
    applicationId: id.applicationId,
    attempt: id.attempt,
    isMaster: id.number === 1,
    role: id.number === 1 ? 'application_master' : 'unknown',
    executorId: null,
    host: null,
    memoryBytes: null,
    vcores: null,
    queue: null,
    allocatedAt: null,
    startedAt: null,
    finishedAt: null,
    exitCode: null,
    exitStatus: null,
    endedBy: 'unknown',
    endedByEvidence: null,
    endCovered: false,
    breach: null,
    launchFailure: null,
    localizationFailure: null,
    diagnostics: '',
    exitEvidence: null,
    evidence: [],
  };
}

/**
 * Containers of the ResourceManager's or the timeline server's answer to `…/appattempts/{id}/containers` (one flat
 * `container` list in 3.x, wrapped in `containers` elsewhere).
 */
export function parseAttemptContainers(answer: HttpAnswer): YarnContainerHistory[] {
  const objects = [...restObjectsAt(answer, ['container']), ...restObjectsAt(answer, ['containers', 'container'])];
  return objects.flatMap((object) => {
    const id = findContainerId(textOf(object, 'containerId') || textOf(object, 'id'));
    if (!id) return [];
    const finishedAt = timeOf(object, 'finishedTime');
    const status = finishedAt === null ? null : numberOf(object, 'containerExitStatus');
    const keys = ['containerId', 'startedTime', 'finishedTime', 'containerExitStatus', 'containerState'];
    const evidence = quoteMembers(object, keys, 'resource_manager', finishedAt ?? answer.at);
    return [
      {
        ...unknownContainer(id),
        host: hostOf(textOf(object, 'assignedNodeId') || textOf(object, 'nodeId')),
        memoryBytes: mebibytes(object, 'allocatedMB'),
        vcores: countOf(object, 'allocatedVCores'),
        startedAt: timeOf(object, 'startedTime'),
        finishedAt,
        ...statusOf(status),
        diagnostics: textOf(object, 'diagnosticsInfo'),
        exitEvidence: status === null ? null : evidence,
        evidence: [evidence],
      },
    ];
  });
}

/** Containers of a NodeManager's answer to `/ws/v1/node/containers` or `/ws/v1/node/containers/{id}`. */
export function parseNodeContainers(answer: HttpAnswer, host: string | null): YarnContainerHistory[] {
  const single = restObjectAt(answer, ['container']);
  const objects = single?.members.has('id') ? [single] : restObjectsAt(answer, ['containers', 'container']);
  return objects.flatMap((object) => parseNodeContainer(object, host) ?? []);
}

function parseNodeContainer(object: RestObject, host: string | null): YarnContainerHistory | null {
  const id = findContainerId(textOf(object, 'id'));
  if (!id) return null;
  const running = textOf(object, 'state') !== 'DONE' && numberOf(object, 'exitCode') === -1000;
  const evidence = quoteMembers(
    object,
    ['id', 'state', 'exitCode', 'diagnostics', 'totalMemoryNeededMB'],
    'node_manager',
  );
  return {
    ...unknownContainer(id),
    host: hostOf(textOf(object, 'nodeId')) ?? host,
    memoryBytes: mebibytes(object, 'totalMemoryNeededMB'),
    vcores: countOf(object, 'totalVCoresNeeded'),
    ...statusOf(running ? null : numberOf(object, 'exitCode')),
    diagnostics: textOf(object, 'diagnostics'),
    exitEvidence: running ? null : evidence,
    evidence: [evidence],
  };
}

/** Exit code (of the process) and exit status (YARN's, negative) out of the one number that REST gives. */
function statusOf(status: number | null): Pick<YarnContainerHistory, 'exitCode' | 'exitStatus'> {
  if (status === null || status === -1000) return { exitCode: null, exitStatus: null };
  return { exitCode: isOrdinaryStatus(status) ? status : null, exitStatus: status };
}
