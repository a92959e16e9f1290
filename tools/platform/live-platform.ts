import type { Bilingual } from '../../knowledge/bilingual.ts';
import { count, plural, were } from '../evidence/spoken-figures.ts';
import { answerSource } from './answer-source.ts';
import { eventLogFiles } from './extra-files.ts';
import { expandServices, HOST_PLACE, hostsOfCluster } from './hosts-of-cluster.ts';
import { normaliseRequest } from './http-answers.ts';
import { httpClient, type ServiceAccess } from './http-client.ts';
import type { HttpNoReply, HttpReply } from './http-reply.ts';
import { isNodeService, nodeHostFiles } from './node-hosts.ts';
import type { HttpAnswer, HttpMiss, Platform, PlatformFile } from './platform.ts';
import { type BudgetLimits, DEFAULT_BUDGET, NODE_BUDGET, questionBudget } from './question-budget.ts';
import { isWebPage, troubleBook } from './service-troubles.ts';
import { walkHostsFolder } from './walk-capture.ts';
import { walkHostRoots } from './walk-host-roots.ts';

/** Where the live platform is. A service that is not named here cannot be reached by anybody. */
export interface LivePlatformOptions {
  /** Base URL by service name (DESIGN §9): `yarn-rm`, `celeborn-worker@rss-w1`, `node@bd-node11`; with its token where it wants one. */
  services: Readonly<Record<string, string | ServiceAccess>>;
  /** A folder or file of event logs that this machine can read. */
  eventLogs: string | null;
  /** Services that every host of the cluster has, by a name and URL with `{host}` in them: `yarn-nm@{host}` at `http://{host}:8042`. */
  perHost?: Readonly<Record<string, string | ServiceAccess>>;
  /** A folder with one sub-folder for each host, or the root folder of each with `{host}` in its path: `/mnt/{host}`. */
  hostsDir: string | null;
  /** For one request with its retries. */
  httpTimeoutMs: number;
  /** The largest answer. */
  httpMaxBytes: number;
  /** For the question that this platform is opened for. */
  budget?: BudgetLimits;
  /** The same for the collectors of hosts, apart. */
  nodeBudget?: BudgetLimits;
  now: number;
  /** Replaced in tests; the platform's own fetch otherwise. */
  fetch?: typeof globalThis.fetch;
}

/**
 * The configured platform, live, for one question: files under fixed roots, hosts by their collectors, GET requests to fixed base
 * URLs (`http-client.ts`). Every request is asked once; what failed is kept as an answer with status 0, as a recording has it.
 */
export function openLivePlatform(options: LivePlatformOptions): Platform {
  const services = accessOf(options.services);
  const templates = accessOf(options.perHost ?? {});
  const clientWith = (budget: BudgetLimits) =>
    httpClient({
      services,
      limits: { timeoutMs: options.httpTimeoutMs, maxBytes: options.httpMaxBytes },
      budget: questionBudget(budget),
      fetch: options.fetch ?? globalThis.fetch,
    });
  const client = clientWith(options.budget ?? DEFAULT_BUDGET);
  // Reading logs of hosts takes thousands of small windows: they must not use up what the services may be asked.
  const collectors = clientWith(options.nodeBudget ?? NODE_BUDGET);
  const troubles = troubleBook();
  const answered: HttpAnswer[] = [];
  const ask = async (service: string, request: string): Promise<HttpAnswer | HttpMiss> => {
    // What a collector serves are files, never answers.
    const reply = isNodeService(service) ? notAsked(service) : await client.get(service, request);
    troubles.note(service, request, reply);
    const kept = keptAnswer(service, request, reply);
    if (kept) answered.push(kept);
    return 'miss' in reply ? { miss: reply.miss, why: reply.why } : (kept as HttpAnswer);
  };
  const asked = onceEach(ask);
  const hosts = once(() => hostsOfCluster(Object.keys(options.services), asked));
  // Clients look into `services` at each request: what is put there is known from then on.
  const expanded = once(async () => {
    if (Object.keys(templates).length === 0) return [];
    const found = expandServices(templates, await hosts(), services);
    Object.assign(services, found.services);
    return found.leftOut;
  });
  return {
    kind: 'live',
    now: options.now,
    files: once(async () => {
      const leftOut = await expanded();
      const usesHosts = options.hostsDir?.includes(HOST_PLACE) === true;
      const read = await liveFiles(options, Object.keys(services), collectors, usesHosts ? await hosts() : []);
      return { ...read, skipped: [...read.skipped, ...leftOut.map(tooManyHosts)] };
    }),
    services: async () => {
      await expanded();
      return Object.keys(services).filter((name) => !isNodeService(name));
    },
    get: asked,
    recorded: async (service) => answered.filter((answer) => answer.service === service).sort((a, b) => a.at - b.at),
    getBytes: onceEach(async (service, request) => {
      const reply = await client.get(service, request);
      return 'body' in reply && reply.status >= 200 && reply.status < 300 && !isWebPage(reply) ? reply.body : null;
    }),
    troubles: () => troubles.all(),
  };
}

function accessOf(given: Readonly<Record<string, string | ServiceAccess>>): Record<string, ServiceAccess> {
  return Object.fromEntries(
    Object.entries(given).map(([name, at]) => [name, typeof at === 'string' ? { url: at } : at]),
  );
}

function tooManyHosts({ service, hosts }: { service: string; hosts: number }): Bilingual {
  return {
    en: `${service}: ${plural(hosts, 'host')} of the cluster ${were(hosts)} not asked, it is too many`,
    zh: `${service}：集群中还有 ${count(hosts)} 台主机未询问，数量过多`,
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function onceEach<T>(
  ask: (service: string, request: string) => Promise<T>,
): (service: string, request: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>();
  return (service, request) => {
    const key = `${service} ${normaliseRequest(request)}`;
    const answer = asked.get(key) ?? ask(service, request);
    asked.set(key, answer);
    return answer;
  };
}

async function liveFiles(
  { hostsDir, eventLogs }: LivePlatformOptions,
  services: readonly string[],
  client: Parameters<typeof nodeHostFiles>[1],
  known: readonly string[],
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const ofHosts = (folder: string) =>
    folder.includes(HOST_PLACE) ? walkHostRoots(folder, known) : walkHostsFolder(folder);
  const [hosts, logs, nodes] = await Promise.all([
    hostsDir === null ? NOTHING : ofHosts(hostsDir),
    eventLogs === null ? NOTHING : eventLogFiles(eventLogs, 0),
    nodeHostFiles(services.filter(isNodeService), client),
  ]);
  // A host that is mounted here and has a collector too is read where it is mounted.
  const mounted = new Set(hosts.files.map(({ host }) => host));
  return {
    files: [...hosts.files, ...nodes.files.filter(({ host }) => !mounted.has(host)), ...logs.files],
    skipped: [...hosts.skipped, ...nodes.skipped, ...logs.skipped],
  };
}

const NOTHING: { files: PlatformFile[]; skipped: Bilingual[] } = { files: [], skipped: [] };

function notAsked(service: string): HttpNoReply {
  return {
    miss: 'not_configured',
    why: { en: `${service} serves files of its host, no answers`, zh: `${service} 只提供主机文件，不提供应答` },
    failure: null,
    at: Date.now(),
  };
}

/** What `recorded` shows of a request: its answer, or with status 0 the error that it ended with. */
function keptAnswer(service: string, request: string, reply: HttpReply | HttpNoReply): HttpAnswer | null {
  const { at } = reply;
  if ('miss' in reply) {
    if (reply.failure === null) return null;
    const source = answerSource(service, request, at, 'error');
    return { service, request: normaliseRequest(request), at, status: 0, body: reply.failure, source };
  }
  const body = reply.body.toString('utf8');
  const kind = isWebPage(reply) ? 'html' : /^\s{0,200}[[{]/.test(body) ? 'json' : 'txt';
  const source = answerSource(service, request, at, kind);
  return { service, request: normaliseRequest(request), at, status: reply.status, body, source };
}
