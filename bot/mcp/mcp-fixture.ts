import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { investigate } from '../investigation/investigate.ts';
import { type CallLimits, callGuard } from './call-guard.ts';
import { createMcpServer, type McpSources } from './mcp-server.ts';
import { type HttpOptions, type McpHttpServer, serveHttp } from './serve-http.ts';

/** The bundled failed run (`bot/demo/README.md`) and its question. */
export const DEMO = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
export const DEMO_QUESTION = 'item_vector_backfill executors die with exit code 137 on bd-node12 only. bad node?';
export const DEMO_ID = 'application_1795259698281_0005';

/** Test harness: sources that answer from the demo, with what differs. */
export async function demoSources(more: Partial<McpSources> = {}): Promise<McpSources & { lines: string[] }> {
  const capture = await openCapture(DEMO);
  const lines: string[] = [];
  return {
    open: async () => capture,
    clusters: [],
    knowledge: null,
    audience: [],
    language: 'auto',
    investigate,
    isForCaller: () => false,
    ownFolders: [DEMO],
    log: (line) => lines.push(line),
    ...more,
    lines,
  };
}

const LIMITS: CallLimits = { atOnce: 4, waiting: 8, deadlineMs: 60_000 };

/** Test harness: the SDK's client, connected in memory to a server of its own. */
export async function inMemory(sources: McpSources, limits: Partial<CallLimits> = {}): Promise<Client> {
  const [near, far] = InMemoryTransport.createLinkedPair();
  await createMcpServer(sources, callGuard({ ...LIMITS, ...limits })).connect(far);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(near);
  return client;
}

/** Test harness: a server over HTTP on a free port of loopback. */
export async function overHttp(
  sources: McpSources,
  more: Partial<HttpOptions> = {},
  limits: Partial<CallLimits> = {},
): Promise<McpHttpServer> {
  const options: HttpOptions = {
    address: '127.0.0.1',
    port: 0,
    token: null,
    hosts: [],
    limits: { sessions: 8, idleMs: 60_000 },
    ...more,
  };
  return await serveHttp(sources, callGuard({ ...LIMITS, ...limits }), options);
}

/** Test harness: the SDK's client over HTTP. */
export async function httpClient(url: string, token?: string): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' });
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } });
  // A class of the SDK whose optional members are typed without `undefined`.
  await client.connect(transport as Transport);
  return client;
}

/** The text of a result. */
export function textOf(result: unknown): string {
  const [first] = (result as CallToolResult).content;
  return first?.type === 'text' ? first.text : '';
}
