import type { HttpAnswer } from '../platform/platform.ts';
import { countOf, type RestObject, restObjectAt, restObjectsAt, textOf } from './rest-object.ts';
import { hostOf } from './yarn-ids.ts';

/** One log of a container as a JobHistoryServer or NodeManager lists it. */
export interface ListedLog {
  containerId: string;
  /** Without the port; `''` when not told. */
  host: string;
  fileName: string;
  /** As written on the node; `null` when not told. */
  sizeBytes: number | null;
}

const CONTAINER_ID = /^container_(?:e\d{1,6}_)?\d{10,16}_\d{4,10}_\d{1,6}_\d{1,10}$/;
/** A name that goes into a request: what `LOG_DIR` holds, no folders. */
const FILE_NAME = /^[\w][\w.@+-]{0,200}$/;

/**
 * The logs of `/ws/v1/history/aggregatedlogs?appid=…` and `/ws/v1/node/containers/{id}/logs` (Hadoop 3.x): one `containerLogsInfo`
 * or an array of them, with names and sizes as text (seen on 3.3.6). Names and ids of other shapes are left out.
 */
export function parseLogList(answer: HttpAnswer): ListedLog[] {
  const single = restObjectAt(answer, ['containerLogsInfo']);
  const containers = single ? [single] : restObjectsAt(answer, ['containerLogsInfo']);
  return containers.flatMap(logsOf);
}

function logsOf(container: RestObject): ListedLog[] {
  const containerId = textOf(container, 'containerId');
  if (!CONTAINER_ID.test(containerId)) return [];
  const host = hostOf(textOf(container, 'nodeId').replace(/_\d{1,5}$/, '')) ?? '';
  const part = { ...container.answer, body: container.answer.body.slice(container.range.start, container.range.end) };
  const lone = restObjectAt(part, ['containerLogInfo']);
  const files = lone ? [lone] : restObjectsAt(part, ['containerLogInfo']);
  return files.flatMap((file) => {
    const fileName = textOf(file, 'fileName');
    return FILE_NAME.test(fileName) ? [{ containerId, host, fileName, sizeBytes: countOf(file, 'fileSize') }] : [];
  });
}
