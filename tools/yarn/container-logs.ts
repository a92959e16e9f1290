import { writeFile } from 'node:fs/promises';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import { bytes, count, plural, were } from '../evidence/spoken-figures.ts';
import type { HttpAnswer, Platform, PlatformFile } from '../platform/platform.ts';
import { newSpoolPath } from '../platform/spool-stream.ts';
import type { YarnFacts } from './facts.ts';
import { logPageText } from './log-page.ts';
import { type ListedLog, parseLogList } from './parse-log-list.ts';
import { findApplicationId, findContainerId, hostOf } from './yarn-ids.ts';

/** Of a longer log the end is asked for: how a container ended stands there. */
const MAX_LOG_BYTES = 4 << 20;
/** Logs of one question, and their bytes together. */
const MAX_LOGS = 200;
const MAX_BYTES = 96 << 20;
/** Applications whose logs are asked for. */
const MAX_APPLICATIONS = 2;

/** What the node itself puts beside the logs: scripts and listings, with the environment of the container in them. */
const NO_LOGS = new Set(['launch_container.sh', 'directory.info', 'container_tokens', 'sysfs']);

const HISTORY = /^yarn-history(?:[@:].{1,255})?$/;
const APPLICATION_ID = /^application_\d{1,16}_\d{1,12}$/;

/** One log with where it is asked for. */
interface AskedLog extends ListedLog {
  service: string;
  request: string;
}

/**
 * Logs of containers without access to their hosts: aggregated ones through the JobHistoryServer
 * (`/ws/v1/history/aggregatedlogs?appid=`, `/ws/v1/history/containerlogs/{id}/{file}`; Hadoop 2.x: the pages of `/jobhistory/logs`),
 * those of a running application through its NodeManagers (`/ws/v1/node/containers/{id}/logs`). Each is a file whose source is the
 * answer, so that it can be cited and replayed; the text carries the header that `yarn logs` prints.
 *
 * @param ids applications that are asked about
 * @returns what could be had, the ApplicationMasters' first; what was left out is told
 */
export async function containerLogFiles(
  platform: Platform,
  facts: YarnFacts,
  ids: readonly string[],
): Promise<{ files: PlatformFile[]; skipped: Bilingual[] }> {
  const services = await platform.services();
  const history = services.filter((service) => HISTORY.test(service));
  const nodes = services.filter((service) => service.startsWith('yarn-nm@'));
  const recorded = platform.kind === 'capture' ? await recordedIds(platform, [...history, ...nodes]) : [];
  const wanted = [...new Set([...ids, ...recorded])].filter((id) => APPLICATION_ID.test(id)).slice(0, MAX_APPLICATIONS);
  if (wanted.length === 0 || history.length + nodes.length === 0) return { files: [], skipped: [] };
  const listed = await Promise.all(
    wanted.map(async (id) => {
      // Logs are aggregated when the application has ended.
      const runs = facts.applications.some((one) => one.id === id && one.finishedAt === null);
      return runs ? await running(platform, nodes, id, facts) : await aggregated(platform, history, id, facts);
    }),
  );
  const skipped = wanted.flatMap((id, at) => forgottenNote(id, listed[at] ?? [], facts));
  const chosen = choose(listed.flat(), await pathsKnown(platform));
  const read = await Promise.all(chosen.asked.map((log) => fileOf(platform, log)));
  return { files: read.flatMap((file) => file ?? []), skipped: [...skipped, ...notesOf(chosen)] };
}

/** Whose logs a recording holds: a question by name names no id. */
async function recordedIds(platform: Platform, services: readonly string[]): Promise<string[]> {
  const answers = (await Promise.all(services.map((service) => platform.recorded(service)))).flat();
  return answers
    .filter(
      ({ request }) => /^\/ws\/v1\/(?:history|node)\/|^\/jobhistory\/logs\//.test(request) && /log/i.test(request),
    )
    .flatMap(({ request }) => findApplicationId(request) ?? []);
}

/** The ResourceManager forgets; what it started is still on record. */
function forgottenNote(id: string, logs: readonly AskedLog[], { applications, listed }: YarnFacts): Bilingual[] {
  if (logs.length === 0 || !listed || applications.some((application) => application.id === id)) return [];
  return [
    {
      en: `the ResourceManager does not know ${id} (any more); the JobHistoryServer has its logs`,
      zh: `ResourceManager 中（已）没有 ${id}；JobHistoryServer 仍有它的日志`,
    },
  ];
}

async function aggregated(
  platform: Platform,
  services: readonly string[],
  id: string,
  facts: YarnFacts,
): Promise<AskedLog[]> {
  for (const service of services) {
    const answer = await good(platform, service, `/ws/v1/history/aggregatedlogs?appid=${id}`);
    // Of the application asked for alone, whatever else a server lists.
    const logs = answer
      ? parseLogList(answer).filter(({ containerId }) => findContainerId(containerId)?.applicationId === id)
      : [];
    if (logs.length > 0) {
      return logs.map((log) => ({ ...log, service, request: logRequest('/ws/v1/history/containerlogs', log) }));
    }
    const pages = answer ? [] : pagesOf(service, id, facts);
    if (pages.length > 0) return pages;
  }
  return [];
}

/** Hadoop 2.x: the pages of the ApplicationMasters' containers, whose nodes the ResourceManager names (of the others it names none). */
function pagesOf(service: string, id: string, { applications }: YarnFacts): AskedLog[] {
  const application = applications.find((one) => one.id === id);
  if (!application || application.finishedAt === null || !/^[\w.$-]{1,80}$/.test(application.user)) return [];
  return application.attempts.flatMap(({ amContainerId, nodeId }) =>
    amContainerId && nodeId
      ? ['stderr', 'stdout'].map((fileName) => ({
          containerId: amContainerId,
          host: hostOf(nodeId) ?? '',
          fileName,
          sizeBytes: null,
          service,
          request: `/jobhistory/logs/${nodeId}/${amContainerId}/${amContainerId}/${application.user}/${fileName}/?start=-${MAX_LOG_BYTES}`,
        }))
      : [],
  );
}

/** Containers that run now, by the NodeManagers that have them. */
async function running(
  platform: Platform,
  nodes: readonly string[],
  id: string,
  { applications, containers }: YarnFacts,
): Promise<AskedLog[]> {
  const application = applications.find((one) => one.id === id);
  if (!application) return [];
  const held = [
    ...application.attempts.slice(-1).map(({ amContainerId, host }) => ({ containerId: amContainerId, host })),
    ...containers.filter((one) => one.applicationId === id && one.exitStatus === null),
  ];
  const hosts = new Map(held.flatMap(({ containerId, host }) => (containerId && host ? [[containerId, host]] : [])));
  const listed = await Promise.all(
    [...hosts].slice(0, MAX_LOGS).map(async ([containerId, host]) => {
      const service = nodes.find((name) => name.slice('yarn-nm@'.length).replace(/:\d{1,5}$/, '') === host);
      if (service === undefined) return [];
      const answer = await good(platform, service, `/ws/v1/node/containers/${containerId}/logs`);
      const logs = answer ? parseLogList(answer) : [];
      return logs
        .filter((log) => log.containerId === containerId)
        .map((log) => ({ ...log, service, request: logRequest('/ws/v1/node/containerlogs', log) }));
    }),
  );
  return listed.flat();
}

/** `size` counts from the end where it is negative (Hadoop 2.9 and later). */
function logRequest(base: string, { containerId, fileName, sizeBytes }: ListedLog): string {
  const end = (sizeBytes ?? 0) > MAX_LOG_BYTES ? `?size=-${MAX_LOG_BYTES}` : '';
  return `${base}/${containerId}/${fileName}${end}`;
}

async function good(platform: Platform, service: string, request: string): Promise<HttpAnswer | null> {
  const answer = await platform.get(service, request);
  return 'status' in answer && answer.status === 200 && /^\s{0,200}\{/.test(answer.body) ? answer : null;
}

/** Logs of hosts that are mounted or collected are read there. */
async function pathsKnown(platform: Platform): Promise<Set<string>> {
  const { files } = await platform.files();
  return new Set(files.flatMap(({ path }) => /container_\w{1,80}\/[^/]{1,255}$/.exec(path)?.[0] ?? []));
}

interface Choice {
  asked: AskedLog[];
  over: number;
  cut: number;
}

function choose(logs: readonly AskedLog[], known: ReadonlySet<string>): Choice {
  const useful = logs
    .filter(({ fileName, sizeBytes }) => sizeBytes !== 0 && !NO_LOGS.has(fileName))
    .filter(({ containerId, fileName }) => !known.has(`${containerId}/${fileName}`))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  let total = 0;
  const asked = useful.slice(0, MAX_LOGS).filter(({ sizeBytes }) => {
    total += Math.min(sizeBytes ?? MAX_LOG_BYTES, MAX_LOG_BYTES);
    return total <= MAX_BYTES;
  });
  const cut = asked.filter(({ sizeBytes }) => (sizeBytes ?? 0) > MAX_LOG_BYTES).length;
  return { asked, over: useful.length - asked.length, cut };
}

/** The masters of the latest attempts first, then container by container. */
function rankOf({ containerId }: AskedLog): number {
  const parts = findContainerId(containerId);
  if (!parts) return Number.MAX_SAFE_INTEGER;
  return parts.number === 1 ? -parts.attempt : (1000 - Math.min(999, parts.attempt)) * 1e6 + parts.number;
}

async function fileOf(platform: Platform, log: AskedLog): Promise<PlatformFile | null> {
  const answer = await platform.get(log.service, log.request);
  if (!('status' in answer) || answer.status !== 200) return null;
  const text = logPageText(log.request, answer.body) ?? answer.body;
  if (/^Can not find logs for container/.test(text)) return null;
  const realPath = newSpoolPath();
  await writeFile(realPath, text, { mode: 0o600 });
  return {
    source: answer.source,
    realPath,
    origin: 'host',
    ...(log.host === '' ? {} : { host: log.host }),
    path: `/userlogs/${findContainerId(log.containerId)?.applicationId ?? ''}/${log.containerId}/${log.fileName}`,
    storedBytes: Buffer.byteLength(text),
    wrapping: 'none',
  };
}

function notesOf({ over, cut }: Choice): Bilingual[] {
  const notes: Bilingual[] = [];
  if (over > 0) {
    notes.push({
      en: `${plural(over, 'log')} of containers ${were(over)} not asked for: at most ${count(MAX_LOGS)} and ${bytes(MAX_BYTES)} in one question`,
      zh: `有 ${count(over)} 个容器日志未读取：一次提问最多 ${count(MAX_LOGS)} 个、${bytes(MAX_BYTES)}`,
    });
  }
  if (cut > 0) {
    notes.push({
      en: `of ${plural(cut, 'log')} of containers only the last ${bytes(MAX_LOG_BYTES)} were read`,
      zh: `有 ${count(cut)} 个容器日志只读取了最后 ${bytes(MAX_LOG_BYTES)}`,
    });
  }
  return notes;
}
