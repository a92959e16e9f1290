import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import type { HdfsFacts, HdfsPath } from './hdfs-facts.ts';
import { readDataNodes } from './read-data-nodes.ts';
import { pathRequest, readHdfsPath } from './read-hdfs-path.ts';
import { readNameNodes } from './read-name-nodes.ts';

/** What is asked of each NameNode, live. */
const NAME_NODE_REQUESTS = ['FSNamesystemState', 'NameNodeInfo', 'FSNamesystem', 'NameNodeStatus'].map(
  (bean) => `/jmx?qry=Hadoop:service=NameNode,name=${bean}`,
);
/** Few beans tell of disks; all of a DataNode together are some 100 KB. */
const DATA_NODE_REQUESTS = ['/jmx?qry=Hadoop:service=DataNode,name=*'];
const MAX_DATA_NODES = 200;
const MAX_PATHS = 8;

/** Facts before anything was read: logs alone can fill them. */
export function emptyHdfsFacts(): HdfsFacts {
  return { nameNodes: [], dataNodes: [], paths: [], events: [] };
}

/**
 * Reads what the NameNodes, the DataNodes and, for the paths named, WebHDFS of an HDFS say. Redirects are not followed: only
 * operations that the NameNode answers itself are asked. Logs are merged in by `merge-hdfs-records.ts`.
 *
 * @param paths absolute paths whose contents and quotas matter, at most eight
 */
export async function readHdfsFacts(
  platform: Platform,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Outcome<HdfsFacts>> {
  const services = await platform.services();
  const nameNodes = services.filter((name) => /^hdfs-namenode(?:@|$)/.test(name));
  const dataNodes = services.filter((name) => /^hdfs-datanode(?:@|$)/.test(name)).slice(0, MAX_DATA_NODES);
  if (nameNodes.length + dataNodes.length === 0) return NOT_CONFIGURED;
  const asked = [...new Set(paths)].flatMap((path) => pathRequest(path) ?? []).slice(0, MAX_PATHS);
  const misses = await ask(platform, [
    ...nameNodes.map((service) => ({ service, requests: NAME_NODE_REQUESTS })),
    ...dataNodes.map((service) => ({ service, requests: DATA_NODE_REQUESTS })),
    ...nameNodes.map((service) => ({ service, requests: asked })),
  ]);
  signal.throwIfAborted();
  const notes = [...misses];
  const samples = [];
  const found: HdfsPath[] = [];
  for (const service of nameNodes) {
    const answers = await platform.recorded(service);
    const jmx = good(
      answers.filter(({ request }) => request.startsWith('/jmx')),
      notes,
    );
    const read = readNameNodes(jmx);
    if (read.unread > 0) notes.push(unreadNote(service, read.unread));
    samples.push(...read.samples);
    found.push(...answers.flatMap((answer) => readHdfsPath(answer) ?? []));
  }
  const answersOfNodes = (await Promise.all(dataNodes.map((service) => platform.recorded(service)))).flat();
  const nodes = readDataNodes(good(answersOfNodes, notes));
  if (nodes.unread > 0) notes.push(unreadNote('hdfs-datanode', nodes.unread));
  const value = { nameNodes: samples, dataNodes: nodes.samples, paths: found, events: [] };
  if (samples.length + nodes.samples.length + found.length > 0) return { outcome: 'ok', value, notes };
  const [why] = notes;
  return why ? { outcome: 'failed', why, retryable: true } : NO_ANSWER;
}

const NOT_CONFIGURED: Outcome<never> = {
  outcome: 'failed',
  why: { en: 'no HDFS is configured', zh: '没有配置 HDFS' },
  retryable: false,
};

const NO_ANSWER: Outcome<never> = {
  outcome: 'no_data',
  looked: { en: 'nothing that a NameNode or DataNode said is at hand', zh: '没有 NameNode 或 DataNode 的任何应答' },
};

/** Live, everything is asked side by side; one sentence for each service that could not be asked. */
async function ask(
  platform: Platform,
  wanted: readonly { service: string; requests: readonly string[] }[],
): Promise<Bilingual[]> {
  if (platform.kind !== 'live') return [];
  const answered = await Promise.all(
    wanted.flatMap(({ service, requests }) =>
      requests.map(async (request) => ({ service, answer: await platform.get(service, request) })),
    ),
  );
  // One sentence for each service: requests side by side may break in different ways.
  const misses = answered.flatMap(({ service, answer }): [string, Bilingual][] =>
    'miss' in answer ? [[service, answer.why]] : [],
  );
  return [...new Map(misses.toReversed()).values()];
}

/** Answers with a body to read; a service that refuses is told once. */
function good(answers: readonly HttpAnswer[], notes: Bilingual[]): HttpAnswer[] {
  for (const [service, own] of Map.groupBy(answers, (answer) => answer.service)) {
    const refused = own.find(({ status }) => status !== 200);
    const told = notes.some(({ en }) => en.includes(service));
    if (refused && !told && !own.some(({ status }) => status === 200)) notes.push(refusedNote(service, refused.status));
  }
  return answers.filter(({ status }) => status === 200);
}

function refusedNote(service: string, status: number): Bilingual {
  return status === 0
    ? { en: `${service} did not answer`, zh: `${service} 没有应答` }
    : { en: `${service} answered with status ${status}`, zh: `${service} 的应答状态为 ${status}` };
}

function unreadNote(service: string, unread: number): Bilingual {
  return {
    en: `${unread} of the answers of ${service} could not be read`,
    zh: `${service} 有 ${unread} 个应答无法读出`,
  };
}
