import { quotePiece } from '../evidence/quote-piece.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import { hostOfService } from './celeborn-services.ts';
import { parseDiskInfo } from './parse-disk-info.ts';
import type { ClusterSample, ShuffleWorker, WorkerStanding } from './shuffle-facts.ts';

/** The text pages that name workers by their address (Celeborn 0.3 to 0.6; in 0.6 beside the JSON ones). */
const LISTS: Readonly<Record<string, WorkerStanding>> = {
  '/lostWorkers': 'lost',
  '/excludedWorkers': 'excluded',
  '/shutdownWorkers': 'shutdown',
  '/decommissionWorkers': 'decommissioning',
};

/** `WorkerInfo.toUniqueId`: host, rpc, push, fetch and replicate port. */
const ADDRESS = /^(?<host>[\w.-]{1,253}):(?<ports>\d{1,5}(?::\d{1,5}){2,4})\b/gm;

/**
 * What a master's text pages of one round say of its workers: `/workerInfo` with one block for each worker, and the lists. Null
 * when the pages hold no worker block.
 *
 * @param pages good answers of one master at about one time, `/workerInfo` among them
 */
export function parseTextPages(pages: readonly HttpAnswer[]): ClusterSample | null {
  const info = pages.find(({ request }) => request === '/workerInfo');
  if (!info) return null;
  const listed = new Map<string, WorkerStanding[]>();
  for (const page of pages) {
    const standing = LISTS[page.request];
    if (standing === undefined) continue;
    for (const { groups } of page.body.matchAll(ADDRESS)) {
      const name = `${groups?.host}:${groups?.ports?.split(':')[0]}`;
      listed.set(name, [...(listed.get(name) ?? []), standing]);
    }
  }
  const workers = blocksOf(info).map((worker) => {
    const standing = listed.get(`${worker.host}:${worker.ports[0]}`);
    listed.delete(`${worker.host}:${worker.ports[0]}`);
    return standing ? { ...worker, standing } : worker;
  });
  // A lost worker has no block any more.
  for (const [name, standing] of listed) {
    const [host = '', rpcPort = '0'] = name.split(':');
    workers.push({ ...nobody(host, Number(rpcPort)), standing, evidence: evidenceAt(info, 0, 300) });
  }
  if (workers.length === 0) return null;
  return { at: info.at, masterHost: hostOfService(info.service), workers, evidence: evidenceAt(info, 0, 600) };
}

/** Shuffle keys on a `/shuffle` page: one in each line under a heading of equal signs. */
export function parseShufflePage(body: string): string[] | null {
  if (!/^=+ .{0,60}Shuffle Key/m.test(body)) return null;
  return body.split('\n').flatMap((line) => (/^[\w-]{1,200}-\d{1,9}$/.test(line.trim()) ? [line.trim()] : []));
}

function blocksOf(info: HttpAnswer): ShuffleWorker[] {
  const starts = [...info.body.matchAll(/^\s{0,8}Host: (?<host>[\w.-]{1,253})\s*$/gm)];
  return starts.map((start, index) => {
    const end = starts[index + 1]?.index ?? info.body.length;
    const block = info.body.slice(start.index, end);
    const port = (name: string) => Number(new RegExp(`${name}: (\\d{1,5})`).exec(block)?.[1] ?? 0);
    const elapsed = /LastHeartbeat: [1-9][\s\S]{0,200}?HeartbeatElapsedSeconds: (?<seconds>\d{1,12})/.exec(block);
    return {
      ...nobody(start.groups?.host ?? '', port('RpcPort')),
      ports: [port('RpcPort'), port('PushPort'), port('FetchPort'), port('ReplicatePort')],
      heartbeatAgeMs: elapsed?.groups?.seconds ? Number(elapsed.groups.seconds) * 1_000 : null,
      disks: block.split('\n').flatMap((line) => parseDiskInfo(line) ?? []),
      evidence: evidenceAt(info, start.index, Math.min(end, start.index + 900)),
    };
  });
}

function nobody(host: string, rpcPort: number): Omit<ShuffleWorker, 'evidence'> {
  return {
    host,
    ports: [rpcPort],
    standing: ['available'],
    heartbeatAgeMs: null,
    disks: [],
    bytesByApplication: {},
  };
}

function evidenceAt(answer: HttpAnswer, start: number, end: number) {
  return {
    ...quotePiece(answer.body, answer.source, start, Math.min(end, answer.body.length)),
    area: 'shuffle' as const,
    provenance: 'shuffle_service' as const,
    at: answer.at,
  };
}
