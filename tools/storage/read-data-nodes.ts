import type { Evidence } from '../evidence/evidence.ts';
import { countAt, type JsonObject, numberAt, own, placeOf, quoteMembers } from '../evidence/json-object.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import type { DataNodeSample, DataNodeVolume } from './hdfs-facts.ts';
import { beansOf } from './read-name-nodes.ts';

/** `FSDatasetState` carries the storage id behind its name before 3.0; `DataNodeActivity` the host and port. */
const BEAN = /^Hadoop:service=DataNode,name=(DataNodeInfo|FSDatasetState|DataNodeActivity)[\w.-]{0,200}$/;

/** DataNodes by their own JMX (Hadoop 2.7 to 3.4), one sample for each answer; what is no JMX is counted. */
export function readDataNodes(answers: readonly HttpAnswer[]): { samples: DataNodeSample[]; unread: number } {
  const samples: DataNodeSample[] = [];
  let unread = 0;
  for (const answer of answers.toSorted((a, b) => a.at - b.at)) {
    const beans = beansOf(answer, BEAN);
    if (beans === null) unread += 1;
    const sample = beans && beans.length > 0 ? sampleOf(answer, beans) : null;
    if (sample) samples.push(sample);
  }
  return { samples, unread };
}

function sampleOf(answer: HttpAnswer, beans: readonly { name: string; bean: JsonObject }[]): DataNodeSample | null {
  const host = answer.service.split('@')[1]?.replace(/:\d{1,5}$/, '') ?? '';
  const named = (name: string) => beans.find((entry) => entry.name === name)?.bean ?? null;
  const [info, state, activity] = [named('DataNodeInfo'), named('FSDatasetState'), named('DataNodeActivity')];
  const quoted = state ?? info ?? activity;
  if (quoted === null || host === '') return null;
  const flushes = activity ? numberAt(activity, 'FlushNanosNumOps') : null;
  const nanos = activity ? numberAt(activity, 'FlushNanosAvgTime') : null;
  return {
    host,
    at: answer.at,
    failedVolumes: state ? countAt(state, 'NumFailedVolumes') : null,
    volumes: info ? volumesOf(info) : [],
    flushMs: flushes !== null && flushes > 0 && nanos !== null ? nanos / 1e6 : null,
    evidence: evidenceOf(quoted, state ? ['NumFailedVolumes'] : ['VolumeInfo']),
  };
}

/** `VolumeInfo` is JSON in a text, keyed by directory: `{"/data/dn/current":{"usedSpace":…,"freeSpace":…}}`. */
function volumesOf(info: JsonObject): DataNodeVolume[] {
  const value = own(info, 'VolumeInfo');
  let parsed: unknown = null;
  try {
    parsed = typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return [];
  }
  if (typeof parsed !== 'object' || parsed === null) return [];
  return Object.entries(parsed).flatMap(([path, entry]: [string, unknown]): DataNodeVolume[] => {
    const volume = typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : {};
    const { usedSpace, freeSpace, reservedSpace } = volume;
    if (typeof usedSpace !== 'number' || typeof freeSpace !== 'number') return [];
    return [
      {
        path: path.slice(0, 500),
        usedBytes: usedSpace,
        freeBytes: freeSpace,
        reservedBytes: typeof reservedSpace === 'number' ? reservedSpace : null,
        evidence: volumeEvidence(info, path),
      },
    ];
  });
}

function volumeEvidence(info: JsonObject, path: string): Evidence {
  const place = placeOf(info, 'VolumeInfo');
  const { body, source, at } = info.document;
  const start = place ? body.indexOf(path, place.start) : -1;
  if (!place || start === -1 || start >= place.end) return evidenceOf(info, ['VolumeInfo']);
  const close = body.indexOf('}', start);
  return {
    ...quotePiece(body, source, start, close === -1 ? place.end : Math.min(close + 1, place.end)),
    area: 'storage',
    provenance: 'storage',
    at,
  };
}

function evidenceOf(bean: JsonObject, keys: readonly string[]): Evidence {
  return { ...quoteMembers(bean, keys), area: 'storage', provenance: 'storage', at: bean.document.at };
}
