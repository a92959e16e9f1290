import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { plural } from '../evidence/spoken-figures.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import type { YarnApplication } from './application-facts.ts';
import type { YarnContainerHistory } from './container-history.ts';
import { emptyYarnFacts, type YarnFacts, type YarnScope } from './facts.ts';
import { containersOf, endingContext } from './merge-yarn-records.ts';
import type { YarnNode } from './node-facts.ts';
import { parseApplications, parseAttempts } from './parse-applications.ts';
import { parseCluster } from './parse-cluster.ts';
import { parseAttemptContainers, parseNodeContainers } from './parse-containers.ts';
import { parseNodeInfo, parseNodes } from './parse-nodes.ts';
import { parseScheduler } from './parse-scheduler.ts';
import { readHistory } from './read-history.ts';
import { resolveAsked } from './resolve-asked.ts';
import { openYarnRest, type YarnRest } from './yarn-rest.ts';

/** NodeManagers asked in one investigation on a live cluster: those that ran the application, never all of them. */
const MAX_NODE_MANAGERS = 32;

/** Attempts of one application whose containers are asked for. */
const MAX_ATTEMPTS = 8;

/**
 * Reads what YARN's REST services tell about the applications of a scope, and the state of the cluster in any case. `failed`
 * when no ResourceManager can be asked or none gives a usable answer. An id or name that it does not know is no failure: the
 * facts have no application asked about then, and a note says so (the cluster's limits may still explain a refused submission).
 */
export async function readYarnFacts(
  platform: Platform,
  scope: YarnScope,
  signal: AbortSignal = new AbortController().signal,
): Promise<Outcome<YarnFacts>> {
  const rest = await openYarnRest(platform);
  if (rest.managers.length === 0 && rest.nodes.length === 0) return noService(platform);
  const skipped: Bilingual[] = [];
  // What needs no other answer is asked at once: a busy cluster's daemons take seconds for each.
  const [answers, listed, queues, metrics, info] = await Promise.all([
    rest.applicationAnswers(scope),
    rest.latest('/ws/v1/cluster/nodes'),
    readQueues(rest),
    rest.latest('/ws/v1/cluster/metrics'),
    rest.latest('/ws/v1/cluster/info'),
    // Kept by the platform until they are looked at.
    ...askedAttempts(rest, scope),
  ]);
  const applications = readApplications(answers, skipped);
  const asked = resolveAsked(applications, scope);
  const detailed = await Promise.all(
    applications.map(async (application) =>
      rest.recorded || asked.asked.includes(application.id) || asked.candidates.slice(0, 4).includes(application.id)
        ? await withAttempts(rest, application)
        : application,
    ),
  );
  const known = listed ? parseNodes(listed) : [];
  const [nodes, containers, history] = await Promise.all([
    readNodes(rest, known, detailed, asked.asked),
    readContainers(rest, known, detailed, asked.asked),
    readHistory(platform, scope, runsMeant(detailed, asked.asked), signal),
  ]);
  const context = endingContext(detailed, nodes, { applicationStops: [] });
  const built = containersOf(containers, detailed, [], context);
  const facts: YarnFacts = {
    ...emptyYarnFacts(scope),
    ...asked,
    listed: answers.some(isList),
    applications: detailed,
    containers: built.containers,
    nodes,
    queues,
    queueHistory: history.queueHistory,
    nodeHistory: history.nodeHistory,
    cluster: parseCluster(metrics, info),
    skipped: [...skipped, ...rest.skipped(), ...history.missing],
  };
  return outcomeOf(facts, scope);
}

function runsMeant(applications: readonly YarnApplication[], asked: readonly string[]): YarnApplication[] {
  return applications.filter(({ id }) => asked.includes(id));
}

function noService(platform: Platform): Outcome<YarnFacts> {
  const why: Bilingual =
    platform.kind === 'capture'
      ? { en: 'no answers of a YARN ResourceManager were recorded', zh: '没有录制 YARN ResourceManager 的应答' }
      : { en: 'no YARN ResourceManager is configured', zh: '没有配置 YARN ResourceManager' };
  return { outcome: 'failed', why, retryable: false };
}

function outcomeOf(facts: YarnFacts, scope: YarnScope): Outcome<YarnFacts> {
  const wanted = (scope.applicationIds?.length ?? 0) > 0 || scope.name !== undefined;
  const nothing = facts.cluster === null && facts.nodes.length === 0 && facts.queues.length === 0;
  if (facts.applications.length === 0 && nothing) {
    return {
      outcome: 'failed',
      why: facts.skipped[0] ?? { en: 'YARN gave no usable answer', zh: 'YARN 没有给出可用的应答' },
      retryable: true,
    };
  }
  if (!wanted || facts.asked.length > 0) return { outcome: 'ok', value: facts, notes: [...facts.skipped] };
  const names = [...(scope.applicationIds ?? []), ...(scope.name ? [scope.name] : [])].join(', ');
  const known = facts.applications.length;
  const note: Bilingual = {
    en: `the ResourceManager knows ${plural(known, 'application')}, none of them ${names}`,
    zh: `ResourceManager 记录了 ${known} 个应用，其中没有 ${names}`,
  };
  return { outcome: 'ok', value: { ...facts, skipped: [...facts.skipped, note] }, notes: [...facts.skipped, note] };
}

/** Every application that the answers name; of several samples of one the latest, with the earlier ones kept as samples. */
function readApplications(answers: readonly HttpAnswer[], skipped: Bilingual[]): YarnApplication[] {
  const byId = new Map<string, YarnApplication>();
  for (const answer of answers) {
    const found = parseApplications(answer);
    if (found.length === 0 && answer.status >= 200 && answer.status < 300 && !isEmptyList(answer)) {
      skipped.push(unreadable(answer));
    }
    for (const application of found) {
      const before = byId.get(application.id);
      byId.set(application.id, before ? laterOf(before, application) : application);
    }
  }
  return [...byId.values()];
}

/** An answer that names every application there is, none of them included. */
function isList(answer: HttpAnswer): boolean {
  return /^\/ws\/v1\/cluster\/apps\/?(?:\?|$)/.test(answer.request) && /^\s{0,20}\{\s{0,20}"apps"/.test(answer.body);
}

function isEmptyList(answer: HttpAnswer): boolean {
  return /^\s{0,20}\{\s{0,20}"apps"\s{0,20}:\s{0,20}(?:null|\{\s{0,20}\})/.test(answer.body);
}

function unreadable(answer: HttpAnswer): Bilingual {
  const html = /^\s{0,200}<(?:!doctype|html)/i.test(answer.body);
  const [path] = answer.request.split('?', 1);
  return {
    en: `${answer.service} answered ${path} with ${html ? 'a web page' : 'something'} that is no application list`,
    zh: `${answer.service} 对 ${path} 的应答${html ? '是网页' : ''}，不是应用列表`,
  };
}

/** The single answer holds more than the list at the same time; a later sample always wins. */
function laterOf(a: YarnApplication, b: YarnApplication): YarnApplication {
  const newer = b.sampledAt >= a.sampledAt ? b : a;
  const samples = [...a.samples, ...b.samples].sort((left, right) => left.at - right.at);
  return { ...newer, samples };
}

/** Attempts of applications that the scope names need no list to be asked for. */
function askedAttempts(rest: YarnRest, { applicationIds = [] }: YarnScope): Promise<unknown>[] {
  const ids = rest.recorded
    ? []
    : applicationIds.filter((id) => /^application_\d{1,16}_\d{1,12}$/.test(id)).slice(0, 8);
  return ids.map((id) => rest.latest(attemptsOf(id)));
}

function attemptsOf(applicationId: string): string {
  return `/ws/v1/cluster/apps/${applicationId}/appattempts`;
}

async function withAttempts(rest: YarnRest, application: YarnApplication): Promise<YarnApplication> {
  const answer = await rest.latest(attemptsOf(application.id));
  return answer ? { ...application, attempts: parseAttempts(answer) } : application;
}

async function readNodes(
  rest: YarnRest,
  known: readonly YarnNode[],
  applications: readonly YarnApplication[],
  asked: readonly string[],
): Promise<YarnNode[]> {
  const nodes = new Map(known.map((node) => [node.host, node]));
  const ran = applications
    .filter((application) => asked.includes(application.id))
    .flatMap((application) => [application.amHost, ...application.attempts.map((attempt) => attempt.host)]);
  const services = rest.nodesFor(ran.filter((host) => host !== null)).slice(0, MAX_NODE_MANAGERS);
  const told = await Promise.all(
    services.map(async ({ service, host }) => {
      const info = await rest.ofNode(service, '/ws/v1/node/info');
      return info ? parseNodeInfo(info, host) : null;
    }),
  );
  for (const node of told) {
    if (!node) continue;
    const before = nodes.get(node.host);
    nodes.set(node.host, before ? { ...before, checks: node.checks, disks: [...before.disks, ...node.disks] } : node);
  }
  return [...nodes.values()];
}

async function readContainers(
  rest: YarnRest,
  known: readonly YarnNode[],
  applications: readonly YarnApplication[],
  asked: readonly string[],
): Promise<YarnContainerHistory[]> {
  const attempts = applications
    .filter((application) => asked.includes(application.id) || application.attempts.length > 0)
    .flatMap((application) => application.attempts.slice(-MAX_ATTEMPTS));
  const ofAttempts = attempts.map(async ({ applicationId, attemptId }) => {
    const answer = await rest.latest(`/ws/v1/cluster/apps/${applicationId}/appattempts/${attemptId}/containers`);
    return answer ? parseAttemptContainers(answer) : [];
  });
  const hosts = known.map((node) => node.host);
  const ofNodes = rest
    .nodesFor(rest.recorded ? hosts : [])
    .slice(0, MAX_NODE_MANAGERS)
    .map(async ({ service, host }) => {
      const answer = await rest.ofNode(service, '/ws/v1/node/containers');
      return answer ? parseNodeContainers(answer, host) : [];
    });
  return (await Promise.all([...ofAttempts, ...ofNodes])).flat();
}

async function readQueues(rest: YarnRest) {
  const answer = await rest.latest('/ws/v1/cluster/scheduler');
  return answer ? parseScheduler(answer) : [];
}
