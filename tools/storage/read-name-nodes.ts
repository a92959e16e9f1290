import type { Evidence } from '../evidence/evidence.ts';
import {
  childObjects,
  countAt,
  type JsonObject,
  numberAt,
  own,
  placeOf,
  quoteMembers,
  quoteRange,
  rootObject,
  textAt,
} from '../evidence/json-object.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import type { DataNodeState, NameNodeSample, NameNodeTopic } from './hdfs-facts.ts';

/** Answers of one look at a NameNode come within this of each other. */
const SAME_LOOK_MS = 20_000;
/** The lists that a NameNode prints of its DataNodes; a cluster of 10,000 is larger than any known to us. */
const MAX_NODES = 10_000;

/** The beans that are read (Hadoop 2.7 to 3.4): which members say what. */
const BEAN = /^Hadoop:service=NameNode,name=(FSNamesystem|FSNamesystemState|NameNodeInfo|NameNodeStatus)$/;

/** Looks at one NameNode, oldest first, from its JMX answers; what is no JMX is left out and counted. */
export function readNameNodes(answers: readonly HttpAnswer[]): { samples: NameNodeSample[]; unread: number } {
  const samples: NameNodeSample[] = [];
  let beans = new Set<string>();
  let unread = 0;
  for (const answer of answers.toSorted((a, b) => a.at - b.at)) {
    const read = beansOf(answer);
    if (read === null) unread += 1;
    for (const { name, bean } of read ?? []) {
      let sample = samples.at(-1);
      if (sample === undefined || answer.at - sample.at > SAME_LOOK_MS || beans.has(name)) {
        beans = new Set();
        sample = emptySample(answer);
        samples.push(sample);
      }
      beans.add(name);
      samples[samples.length - 1] = withBean(sample, name, bean);
    }
  }
  return { samples, unread };
}

/** The NameNode's beans of an answer; null when it is no JMX at all. */
export function beansOf(answer: HttpAnswer, pattern: RegExp = BEAN): { name: string; bean: JsonObject }[] | null {
  const root = rootObject(answer);
  if (root === null || !Array.isArray(own(root, 'beans'))) return null;
  return childObjects(root, 'beans').flatMap((bean) => {
    const name = pattern.exec(textAt(bean, 'name'))?.[1];
    return name === undefined ? [] : [{ name, bean }];
  });
}

function emptySample({ service, at }: HttpAnswer): NameNodeSample {
  return {
    service,
    at,
    haState: null,
    safeMode: null,
    startedAt: null,
    blocks: { total: null, missing: null, missingReplicationOne: null, corrupt: null, lowRedundancy: null },
    capacity: { totalBytes: null, usedBytes: null, remainingBytes: null },
    liveDataNodes: null,
    deadDataNodes: null,
    staleDataNodes: null,
    nodes: [],
    corruptFiles: [],
    failedDirectories: [],
    slowNodes: [],
    slowDisks: [],
    safeModeCallers: [],
    evidence: {},
  };
}

function withBean(sample: NameNodeSample, name: string, bean: JsonObject): NameNodeSample {
  const next = { ...sample, evidence: { ...sample.evidence } };
  const { evidence } = next;
  const quote = (topic: NameNodeTopic, ...keys: string[]) => {
    const there = keys.filter((key) => own(bean, key) !== undefined);
    if (there.length > 0) evidence[topic] ??= evidenceOf(bean, there);
  };
  if (name === 'NameNodeStatus') {
    next.haState = textAt(bean, 'State') || sample.haState;
    next.slowNodes = idsOf(bean, 'SlowPeersReport', /"SlowNode"\s{0,4}:\s{0,4}"([^"]{1,255})"/g);
    next.slowDisks = idsOf(bean, 'SlowDisksReport', /"SlowDiskID"\s{0,4}:\s{0,4}"([^"]{1,400})"/g);
    if (next.slowNodes.length > 0) quote('slow_nodes', 'SlowPeersReport');
    if (next.slowDisks.length > 0) quote('slow_disks', 'SlowDisksReport');
  } else if (name === 'FSNamesystemState') {
    const state = textAt(bean, 'FSState');
    if (state === 'Operational') next.safeMode ??= '';
    if (state === 'safeMode') next.safeMode ||= state;
    quote('fs_state', 'FSState');
    next.safeModeCallers = callersOf(bean);
    const at = callersPlace(bean);
    if (next.safeModeCallers.length > 0 && at) evidence.callers = at;
    takeCounts(next, bean);
    quoteCounts(quote);
  } else if (name === 'NameNodeInfo') readInfo(next, bean, quote);
  else {
    next.haState ??= textAt(bean, 'tag.HAState') || null;
    takeCounts(next, bean);
    quoteCounts(quote);
  }
  return next;
}

type Quote = (topic: NameNodeTopic, ...keys: string[]) => void;

function quoteCounts(quote: Quote): void {
  quote('missing', 'MissingBlocks');
  quote('corrupt', 'CorruptBlocks');
  quote('low_redundancy', 'UnderReplicatedBlocks');
  quote('capacity', 'CapacityTotal', 'CapacityRemaining');
  quote('live', 'NumLiveDataNodes');
  quote('dead', 'NumDeadDataNodes');
}

function takeCounts(sample: NameNodeSample, bean: JsonObject): void {
  const { blocks, capacity } = sample;
  sample.blocks = {
    total: countAt(bean, 'BlocksTotal') ?? blocks.total,
    missing: countAt(bean, 'MissingBlocks') ?? blocks.missing,
    missingReplicationOne: countAt(bean, 'MissingReplOneBlocks') ?? blocks.missingReplicationOne,
    corrupt: countAt(bean, 'CorruptBlocks') ?? blocks.corrupt,
    lowRedundancy:
      countAt(bean, 'LowRedundancyBlocks') ?? countAt(bean, 'UnderReplicatedBlocks') ?? blocks.lowRedundancy,
  };
  sample.capacity = {
    totalBytes: countAt(bean, 'CapacityTotal') ?? capacity.totalBytes,
    usedBytes: countAt(bean, 'CapacityUsed') ?? capacity.usedBytes,
    remainingBytes: countAt(bean, 'CapacityRemaining') ?? capacity.remainingBytes,
  };
  sample.liveDataNodes = countAt(bean, 'NumLiveDataNodes') ?? sample.liveDataNodes;
  sample.deadDataNodes = countAt(bean, 'NumDeadDataNodes') ?? sample.deadDataNodes;
  sample.staleDataNodes =
    countAt(bean, 'NumStaleDataNodes') ?? countAt(bean, 'StaleDataNodes') ?? sample.staleDataNodes;
}

function readInfo(sample: NameNodeSample, bean: JsonObject, quote: Quote): void {
  // The words of this bean say more than the state of the other one.
  if (typeof own(bean, 'Safemode') === 'string') {
    sample.safeMode = textAt(bean, 'Safemode');
    quote('safe_mode', 'Safemode');
  }
  sample.startedAt = numberAt(bean, 'NNStartedTimeInMillis');
  sample.blocks = {
    ...sample.blocks,
    total: countAt(bean, 'TotalBlocks') ?? sample.blocks.total,
    missing: countAt(bean, 'NumberOfMissingBlocks') ?? sample.blocks.missing,
    missingReplicationOne:
      countAt(bean, 'NumberOfMissingBlocksWithReplicationFactorOne') ?? sample.blocks.missingReplicationOne,
  };
  quote('missing', 'NumberOfMissingBlocks');
  sample.capacity = {
    totalBytes: countAt(bean, 'Total') ?? sample.capacity.totalBytes,
    usedBytes: countAt(bean, 'Used') ?? sample.capacity.usedBytes,
    remainingBytes: countAt(bean, 'Free') ?? sample.capacity.remainingBytes,
  };
  quote('capacity', 'Free', 'Total');
  // One that is being decommissioned stands in two of the lists.
  const nodes = new Map([
    ...nodesOf(bean, 'LiveNodes', 'live'),
    ...nodesOf(bean, 'DeadNodes', 'dead'),
    ...nodesOf(bean, 'DecomNodes', 'decommissioning'),
  ]);
  sample.nodes = [...nodes.values()];
  sample.corruptFiles = idsOf(bean, 'CorruptFiles', /"(\/[^"]{1,1000})"/g).slice(0, 100);
  if (sample.corruptFiles.length > 0) quote('corrupt_files', 'CorruptFiles');
  const failed = record(record(parsed(own(bean, 'NameDirStatuses'))).failed);
  sample.failedDirectories = Object.keys(failed).slice(0, 20);
  if (sample.failedDirectories.length > 0) quote('failed_directories', 'NameDirStatuses');
}

/** A member that is itself JSON in a text, keyed by `host:port`. */
function nodesOf(
  bean: JsonObject,
  key: 'LiveNodes' | 'DeadNodes' | 'DecomNodes',
  state: DataNodeState['state'],
): [string, DataNodeState][] {
  const listed = Object.entries(record(parsed(own(bean, key)))).slice(0, MAX_NODES);
  const place = placeOf(bean, key);
  const text = place ? bean.document.body.slice(place.start, place.end) : '';
  let from = 0;
  return listed.map(([name, value]) => {
    // Within a text the quotes are escaped; entries stand in the order they are parsed in.
    const start = text.indexOf(JSON.stringify(JSON.stringify(name)).slice(1, -1), from);
    const close = start === -1 ? -1 : text.indexOf('}', start);
    if (close !== -1) from = close;
    const evidence =
      place && close !== -1 ? evidenceAt(bean, place.start + start, place.start + close + 1) : evidenceOf(bean, [key]);
    return [name, nodeOf(name, record(value), state, evidence)];
  });
}

function nodeOf(
  name: string,
  node: Readonly<Record<string, unknown>>,
  state: DataNodeState['state'],
  evidence: Evidence,
): DataNodeState {
  const admin = typeof node.adminState === 'string' ? node.adminState : '';
  const gone = node.decommissioned === true || admin === 'Decommissioned';
  return {
    host: name.replace(/:\d{1,5}$/, '').slice(0, 253),
    state: gone ? 'decommissioned' : admin.startsWith('Decommission') ? 'decommissioning' : state,
    lastContactS: figure(node.lastContact),
    capacityBytes: figure(node.capacity),
    remainingBytes: figure(node.remaining),
    nonDfsUsedBytes: figure(node.nonDfsUsedSpace),
    failedVolumes: figure(node.volfails),
    evidence,
  };
}

function evidenceAt(bean: JsonObject, start: number, end: number): Evidence {
  return { ...quoteRange(bean.document, { start, end }), area: 'storage', provenance: 'storage', at: bean.document.at };
}

/** Users who called `safemode_enter` in the windows that the NameNode counts calls over (`TopUserOpCounts`, 2.7 and later). */
function callersOf(bean: JsonObject): string[] {
  const callers = new Set<string>();
  for (const window of list(record(parsed(own(bean, 'TopUserOpCounts'))).windows))
    for (const call of list(record(window).ops))
      if (record(call).opType === 'safemode_enter')
        for (const user of list(record(call).topUsers)) {
          const name = record(user).user;
          if (typeof name === 'string' && name !== '') callers.add(name.slice(0, 100));
        }
  return [...callers].slice(0, 10);
}

function callersPlace(bean: JsonObject): Evidence | null {
  const place = placeOf(bean, 'TopUserOpCounts');
  const { body } = bean.document;
  const start = place ? body.indexOf('safemode_enter', place.start) : -1;
  if (!place || start === -1 || start >= place.end) return null;
  const close = body.indexOf(']}', start);
  const end = close === -1 || close > place.end ? Math.min(start + 200, place.end) : close + 2;
  return evidenceAt(bean, start, end);
}

/** Names inside a member that holds JSON as text, or (3.4) JSON itself. */
function idsOf(bean: JsonObject, key: string, pattern: RegExp): string[] {
  const value = own(bean, key);
  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
  return [...new Set([...text.slice(0, 200_000).matchAll(pattern)].map((found) => found[1] ?? ''))].slice(0, 100);
}

function evidenceOf(bean: JsonObject, keys: readonly string[]): Evidence {
  // Members that lie far apart are quoted by the first one.
  const both = quoteMembers(bean, keys);
  const quote = both.excerpt.length > 600 && keys[0] !== undefined ? quoteMembers(bean, [keys[0]]) : both;
  return { ...quote, area: 'storage', provenance: 'storage', at: bean.document.at };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, 1000) : [];
}

function figure(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
}
