import { createHash, timingSafeEqual } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { MAX_LOG_WINDOW_BYTES, NODE_REQUESTS, type NodeFacts } from '../../platform/node-protocol.ts';
import { lanes } from '../../platform/request-lanes.ts';
import { isLogPath } from './allowed-paths.ts';
import { gatherFacts } from './gather-facts.ts';
import { listLogs } from './list-logs.ts';
import { type HostRoot, hostRoot, openAllowed, readStretch } from './open-allowed.ts';

export interface CollectorOptions {
  /** Address to listen on; anything but loopback is for the caller to allow. */
  address: string;
  port: number;
  /** What a request has to bring; at least `MIN_TOKEN` characters. */
  token: string;
  /** Where the host's files lie: `/`, or where its root is mounted. */
  root: string;
  /** Folders of logs, as paths on the host. */
  logFolders: readonly string[];
  /** Replaced in tests: the kernel's ring buffer. */
  kernelMessages?: () => Promise<string | null>;
}

/** A collector that runs. */
export interface NodeCollector {
  url: string;
  close(): Promise<void>;
}

/** A shorter token can be guessed. */
export const MIN_TOKEN = 16;
/** Connections at a time; more are refused by the kernel's answer, not served slower. */
const MAX_CONNECTIONS = 64;
/** Requests worked on at a time, and waiting for it. */
const AT_WORK = 8;
const MAX_WAITING = 256;
/** Facts are not read again for so long: many askers cost the host one reading. */
const FACTS_FOR_MS = 1_000;

/**
 * A small read-only HTTP server on a host of the platform (DESIGN §8, `node-protocol.ts`): GET only, a bearer token for everything,
 * an allow-list of the kernel's files and logs, bounded sizes. What is not there, not allowed or not known is the same 404.
 *
 * @throws when the address cannot be listened on, the root is no folder, or the token is too short
 */
export async function startNodeCollector(options: CollectorOptions): Promise<NodeCollector> {
  if (options.token.length < MIN_TOKEN) throw new RangeError(`the token has fewer than ${MIN_TOKEN} characters`);
  const root = await hostRoot(options.root);
  const allowed = [...options.logFolders, ...(await linkedFolders(root, options.logFolders))];
  const answer = answerer(root, { ...options, allowedFolders: allowed });
  const server = createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, maxHeaderSize: 16 << 10 },
    (request, response) => {
      answer(request, response).catch(() => end(response, 500));
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.keepAliveTimeout = 10_000;
  server.setTimeout(30_000);
  await listen(server, options);
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, { address, port }: CollectorOptions): Promise<void> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, address, () => {
      server.off('error', failed);
      done();
    });
  });
}

/** Where folders of logs lie in truth: `/var/log` may be a link to a larger disk. */
async function linkedFolders({ folder: root }: HostRoot, folders: readonly string[]): Promise<string[]> {
  const prefix = root === '/' ? '' : root;
  const real = await Promise.all(folders.map((folder) => realpath(prefix + folder).catch(() => null)));
  return real.flatMap((folder) => (folder?.startsWith(`${prefix}/`) ? [folder.slice(prefix.length)] : []));
}

function answerer(
  root: HostRoot,
  { token, logFolders, allowedFolders, kernelMessages }: CollectorOptions & { allowedFolders: readonly string[] },
) {
  const wanted = digest(token);
  const atWork = lanes(AT_WORK);
  let waiting = 0;
  let facts: { from: number; read: Promise<NodeFacts> } | null = null;
  const factsNow = () => {
    if (facts === null || performance.now() - facts.from > FACTS_FOR_MS)
      facts = { from: performance.now(), read: gatherFacts(root, kernelMessages) };
    return facts.read;
  };

  async function serve(url: URL, response: ServerResponse): Promise<void> {
    switch (url.pathname) {
      case NODE_REQUESTS.info:
        return json(response, { collector: 'wherefore', version: 1, host: hostname() });
      case NODE_REQUESTS.facts:
        return json(response, await factsNow());
      case NODE_REQUESTS.logs:
        return json(response, await listLogs(root, logFolders));
      case NODE_REQUESTS.log:
        return await logWindow(root, allowedFolders, url.searchParams, response);
      default:
        return end(response, 404);
    }
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A body is nothing we read: the connection ends with the answer.
    if (request.method !== 'GET') return end(response, 405);
    if (!isSame(request.headers.authorization, wanted)) return end(response, 401);
    const url = URL.parse(request.url ?? '/', 'http://collector');
    if (url === null) return end(response, 404);
    if (waiting >= MAX_WAITING) return end(response, 503);
    waiting += 1;
    try {
      await atWork('', () => serve(url, response));
    } finally {
      waiting -= 1;
    }
  };
}

/** Compared by digests: equal lengths, and no time that tells how much of it was right. */
function isSame(given: string | undefined, wanted: Buffer): boolean {
  const token = /^Bearer (\S{1,1024})$/.exec(given ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(token), wanted);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

async function logWindow(
  root: HostRoot,
  folders: readonly string[],
  asked: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  const from = wholeNumber(asked.get('from'), Number.MAX_SAFE_INTEGER - MAX_LOG_WINDOW_BYTES);
  const bytes = wholeNumber(asked.get('bytes'), MAX_LOG_WINDOW_BYTES);
  if (from === null || bytes === null) return end(response, 400);
  const handle = await openAllowed(root, asked.get('path') ?? '', (name) => isLogPath(name, folders));
  if (handle === null) return end(response, 404);
  try {
    const { size } = await handle.stat();
    const window = await readStretch(handle, from, Math.max(0, Math.min(bytes, size - from)));
    response
      .writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': window.length })
      .end(window);
  } finally {
    await handle.close();
  }
}

function wholeNumber(text: string | null, most: number): number | null {
  const value = /^\d{1,16}$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value <= most ? value : null;
}

function json(response: ServerResponse, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
}

function end(response: ServerResponse, status: number): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, { 'content-length': 0, ...(status === 405 ? { connection: 'close' } : {}) }).end();
}
