import { once } from 'node:events';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { Command } from 'commander';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { chooseCluster } from '../choose-cluster.ts';
import { configuredPlatform, unusablePaths } from '../configured-platform.ts';
import { investigate } from '../investigation/investigate.ts';
import { lateKnowledge } from '../late-knowledge.ts';
import { callGuard } from '../mcp/call-guard.ts';
import { ownFolders } from '../mcp/hide-paths.ts';
import type { McpSources } from '../mcp/mcp-server.ts';
import { serveHttp } from '../mcp/serve-http.ts';
import { serveStdio } from '../mcp/serve-stdio.ts';
import { readSettings, type Settings, SettingsError } from '../settings.ts';
import { type TerminalIo, UsageError } from './terminal-io.ts';
import { Unusable } from './unusable.ts';

interface McpOptions {
  from?: string;
  at?: string;
  http?: string;
  host?: string;
}

/** What the command line and the settings say, checked and opened. */
interface McpInput {
  settings: Settings;
  /** The capture that is served; null: the configured platform. */
  capture: Platform | null;
  /** Null: standard input and output. */
  http: { address: string; port: number } | null;
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1)$/;
/** Calls that may wait, for each that is worked on. */
const WAITING_EACH = 4;

/** `wherefore mcp`: the tools as an MCP server, over standard input and output or over HTTP. Runs until it is stopped. */
export function mcpCommand(io: TerminalIo): Command {
  return new Command('mcp')
    .description('the tools and the diagnosis as an MCP server')
    .option('--from <dir>', 'serve a capture instead of the configured platform')
    .option('--at <time>', 'the time to take for "now" in a capture, ISO 8601')
    .option('--http <port>', 'serve over streamable HTTP instead of standard input and output')
    .option('--host <address>', 'the address for --http, 127.0.0.1 without it; any but loopback needs a token')
    .action(async (options: McpOptions) => {
      const input = await checked(options, io);
      io.willStop?.();
      const knowledge = lateKnowledge(input.settings.knowledge);
      const sources = sourcesOf(input, knowledge, options, io);
      const { deadlineMs, calls } = input.settings.mcp;
      const guard = callGuard({ atOnce: calls, waiting: calls * WAITING_EACH, deadlineMs });
      const stdio = {
        input: io.input,
        write: io.write,
        ...(io.stop === undefined ? {} : { stop: io.stop }),
      };
      try {
        if (input.http === null) await serveStdio(sources, guard, stdio);
        else await overHttp(sources, guard, input, input.http, io);
      } finally {
        knowledge.close();
      }
    });
}

async function overHttp(
  sources: McpSources,
  guard: ReturnType<typeof callGuard>,
  { settings: { mcp } }: McpInput,
  { address, port }: { address: string; port: number },
  io: TerminalIo,
): Promise<void> {
  const limits = { sessions: mcp.sessions, idleMs: mcp.idleMs };
  const options = { address, port, token: mcp.token, hosts: mcp.hosts, limits };
  const server = await serveHttp(sources, guard, options).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`cannot listen on ${address}:${port} (${error.code ?? error.message})`);
  });
  io.writeError(`wherefore mcp: ${server.url}${mcp.token === null ? '' : ', with a token'}\n`);
  const stop = io.stop ?? new AbortController().signal;
  if (!stop.aborted) await once(stop, 'abort');
  await server.close();
}

/** @throws UsageError naming everything that cannot be used */
async function checked(options: McpOptions, io: TerminalIo): Promise<McpInput> {
  const unusable = new Unusable();
  const settings = await unusable.tried<Settings | null>(Promise.resolve(io.environment).then(readSettings), null);
  const at = timeOf(options, unusable);
  const capture =
    options.from === undefined
      ? null
      : await unusable.tried<Platform | null>(openCapture(options.from, at === null ? {} : { at }), null);
  if (settings !== null && options.from === undefined)
    for (const { setting, why } of await unusablePaths(settings))
      unusable.add('unusable_setting', `${setting}: ${why}`);
  const http = options.http === undefined ? null : listenedOn(options, settings, unusable);
  if (options.http === undefined && options.host !== undefined)
    unusable.add('unusable_flag', '--host goes with --http');
  unusable.throwAll();
  return { settings: settings as Settings, capture, http };
}

function listenedOn(
  { http, host = '127.0.0.1' }: McpOptions,
  settings: Settings | null,
  unusable: Unusable,
): { address: string; port: number } {
  const port = /^\d{1,5}$/.test(http ?? '') ? Number(http) : Number.NaN;
  if (!(port <= 65_535)) unusable.add('unusable_flag', `--http ${http} is no port`);
  if (isIP(host) === 0) unusable.add('unusable_flag', `--host ${host} is no IP address`);
  else if (!LOOPBACK.test(host) && settings !== null) {
    if (settings.mcp.token === null)
      unusable.add(
        'unusable_setting',
        `--host ${host} can be reached from other machines: WHEREFORE_MCP_TOKEN is needed (openssl rand -hex 32 makes one)`,
      );
    if (/^(?:0\.0\.0\.0|::)$/.test(host) && settings.mcp.hosts.length === 0)
      unusable.add(
        'unusable_setting',
        `--host ${host} has no name of its own: WHEREFORE_MCP_HOSTS has to say under which names clients ask`,
      );
  }
  return { address: host, port };
}

function timeOf({ at, from }: McpOptions, unusable: Unusable): number | null {
  if (at === undefined) return null;
  if (from === undefined) unusable.add('unusable_flag', '--at goes with --from: a live platform is asked as it is');
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(at) ? Date.parse(at) : Number.NaN;
  if (!Number.isNaN(time)) return time;
  unusable.add('unusable_flag', `--at ${at} is not an ISO 8601 time such as 2026-11-21T10:30:00Z`);
  return null;
}

function sourcesOf(
  { settings, capture }: McpInput,
  knowledge: KnowledgeBase,
  { from }: McpOptions,
  io: TerminalIo,
): McpSources {
  const { clusters } = settings;
  return {
    open: async (question, cluster) => {
      if (capture !== null) return capture;
      return configuredPlatform(settings, await chooseCluster(settings, question, cluster));
    },
    clusters: capture === null ? clusters.map(({ name }) => name) : [],
    knowledge,
    audience: settings.knowledge.audience,
    onlyBuiltIn: settings.knowledge.collections.length === 0,
    language: settings.language,
    investigate,
    isForCaller: (error) => error instanceof SettingsError,
    ownFolders: ownFolders([
      from,
      process.cwd(),
      homedir(),
      ...clusters.flatMap(({ eventLogs, hostsDir }) => [eventLogs, hostsDir]),
    ]),
    log: (line) => io.writeError(`wherefore mcp: ${line}\n`),
  };
}
