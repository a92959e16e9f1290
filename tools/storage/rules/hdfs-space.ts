import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, percent, plural } from '../../evidence/spoken-figures.ts';
import { type HdfsCase, hdfsFinding, isInHdfsScope, looksInScope } from '../hdfs-case.ts';
import type { DataNodeState, NameNodeSample } from '../hdfs-facts.ts';
import { HDFS_THRESHOLDS as LIMIT } from '../hdfs-thresholds.ts';

/**
 * DataNodes without room: all of them (the file system is full, though each one lives), or single ones among others with room. What
 * fills a disk need not be HDFS: what others hold on it is told.
 */
export const hdfsSpace: Rule<HdfsCase> = {
  id: 'storage/hdfs-space',
  area: 'storage',
  codes: ['storage.disk_full_local'],
  apply(given): Finding[] {
    const looks = looksInScope(given);
    const full = looks.find(isFull);
    if (full) return [fileSystemFull(full)];
    const last = looks.at(-1);
    const nodes = (last?.nodes ?? []).filter((node) => isFullNode(node));
    return [...nodes.slice(0, 5).map((node) => nodeFull(node, last?.at ?? null)), ...fullVolumes(given)];
  },
};

function isFull({ capacity, nodes }: NameNodeSample): boolean {
  const { totalBytes, remainingBytes } = capacity;
  if (totalBytes !== null && totalBytes > 0 && remainingBytes !== null)
    return remainingBytes / totalBytes < LIMIT.fullShare;
  const live = nodes.filter(({ state }) => state === 'live');
  return live.length > 0 && live.every(isFullNode);
}

function isFullNode({ state, capacityBytes, remainingBytes }: DataNodeState): boolean {
  if (state !== 'live' || capacityBytes === null || capacityBytes === 0 || remainingBytes === null) return false;
  return remainingBytes / capacityBytes < LIMIT.fullShare;
}

function fileSystemFull(look: NameNodeSample): Finding {
  const { totalBytes, remainingBytes, usedBytes } = look.capacity;
  const foreign = foreignBytes(look.nodes);
  const others =
    foreign > (usedBytes ?? 0)
      ? {
          en: `; ${bytes(foreign)} of it is held by others than HDFS`,
          zh: `；其中 ${bytes(foreign)} 被 HDFS 以外的文件占用`,
        }
      : { en: '', zh: '' };
  const room =
    totalBytes === null || remainingBytes === null ? null : `${bytes(remainingBytes)} / ${bytes(totalBytes)}`;
  return hdfsFinding({
    rule: hdfsSpace.id,
    // The nearest code there is: it is the DataNodes' own disks that are full, of all hosts at once.
    code: 'storage.disk_full_local',
    kind: 'inferred',
    weight: 0.9,
    statement: {
      en: `HDFS is full: ${room === null ? 'no DataNode has room' : `${room} is free`}, on ${plural(look.liveDataNodes ?? look.nodes.length, 'live DataNode')}${others.en}`,
      zh: `HDFS 已满：${room === null ? '没有 DataNode 有剩余空间' : `剩余 ${room}`}，存活 DataNode ${look.liveDataNodes ?? look.nodes.length} 个${others.zh}`,
    },
    at: look.at,
    evidence: [look.evidence.capacity, look.nodes.find(isFullNode)?.evidence].flatMap((piece) => piece ?? []),
    values: {
      ...(totalBytes === null ? {} : { capacityBytes: totalBytes }),
      ...(remainingBytes === null ? {} : { remainingBytes }),
      nonDfsBytes: foreign,
    },
    refutes: [
      {
        code: 'storage.hdfs_datanode_down',
        why: { en: 'the DataNodes live; they have no room', zh: 'DataNode 都存活，只是没有空间' },
      },
    ],
  });
}

function foreignBytes(nodes: readonly DataNodeState[]): number {
  return nodes.reduce((sum, { nonDfsUsedBytes }) => sum + (nonDfsUsedBytes ?? 0), 0);
}

function nodeFull(node: DataNodeState, at: number | null): Finding {
  return partly({
    host: node.host,
    what: { en: `DataNode ${node.host}`, zh: `DataNode ${node.host}` },
    freeBytes: node.remainingBytes ?? 0,
    totalBytes: node.capacityBytes ?? 0,
    at,
    evidence: node.evidence,
  });
}

/** A full directory among others of the same DataNode: the DataNode still reports room. */
function fullVolumes({ facts, scope }: HdfsCase): Finding[] {
  return facts.dataNodes
    .filter(({ at }) => isInHdfsScope(at, scope))
    .flatMap(({ host, at, volumes }) =>
      volumes
        .filter(
          ({ usedBytes, freeBytes }) =>
            usedBytes + freeBytes > 0 && freeBytes / (usedBytes + freeBytes) < LIMIT.fullShare,
        )
        .slice(0, 3)
        .map((volume) =>
          partly({
            host,
            path: volume.path,
            what: { en: `${volume.path} of DataNode ${host}`, zh: `DataNode ${host} 的 ${volume.path}` },
            freeBytes: volume.freeBytes,
            totalBytes: volume.usedBytes + volume.freeBytes,
            at,
            evidence: volume.evidence,
          }),
        ),
    );
}

interface Place {
  host: string;
  path?: string;
  what: { en: string; zh: string };
  freeBytes: number;
  totalBytes: number;
  at: number | null;
  evidence: Evidence;
}

/** Others have room: writes go there, so this explains little by itself. */
function partly({ host, path, what, freeBytes, totalBytes, at, evidence }: Place): Finding {
  const share = percent(freeBytes / totalBytes);
  return hdfsFinding({
    rule: hdfsSpace.id,
    code: 'storage.disk_full_local',
    kind: 'inferred',
    statement: {
      en: `${what.en} is full: ${bytes(freeBytes)} of ${bytes(totalBytes)} free (${share})`,
      zh: `${what.zh} 已满：${bytes(totalBytes)} 中剩余 ${bytes(freeBytes)}（${share}）`,
    },
    keys: { host, ...(path === undefined ? {} : { path }) },
    at,
    evidence: [evidence],
    weight: 0.2,
    values: { freeBytes, capacityBytes: totalBytes },
  });
}
