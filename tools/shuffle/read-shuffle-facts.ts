import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import { plural } from '../evidence/spoken-figures.ts';
import type { MetricsQuery } from '../metrics/metric-series.ts';
import { parseJson } from '../platform/parse-json.ts';
import type { HttpAnswer, HttpMiss, Platform } from '../platform/platform.ts';
import { roundsMissed } from '../platform/rounds-missed.ts';
import { SAME_ROUND_MS, silencesOf } from '../platform/silences-of.ts';
import { hostOfService, roleOfService } from './celeborn-services.ts';
import { parseHeld, usesOf } from './parse-held.ts';
import { parseSettings } from './parse-settings.ts';
import { parseTextPages } from './parse-text-pages.ts';
import { parseWorkers } from './parse-workers.ts';
import { readMasters } from './read-masters.ts';
import { readMeters } from './read-meters.ts';
import type { ClusterSample, ShuffleFacts, ShuffleRole, ShuffleSilence } from './shuffle-facts.ts';

/** What is asked of a live process, all GET; POST paths change the cluster and are never asked. */
const ASKED: Readonly<Record<ShuffleRole, readonly string[]>> = {
  master: ['/api/v1/workers', '/api/v1/masters', '/api/v1/conf'],
  worker: ['/api/v1/shuffles', '/api/v1/conf'],
};

/** What versions before 0.6 answer instead, as text. */
const ASKED_AS_TEXT: Readonly<Record<ShuffleRole, readonly string[]>> = {
  master: [
    '/workerInfo',
    '/lostWorkers',
    '/excludedWorkers',
    '/shutdownWorkers',
    '/decommissionWorkers',
    '/masterGroupInfo',
    '/conf',
  ],
  worker: ['/shuffle', '/conf'],
};

/**
 * Reads what a Celeborn cluster answers: REST and text pages of masters and workers (0.4 to 0.7), their metrics, and when they
 * did not answer. What its logs and its clients' logs tell is merged in by `merge-shuffle-logs.ts`.
 */
export async function readShuffleFacts(
  platform: Platform,
  window: MetricsQuery['window'],
  signal: AbortSignal,
): Promise<Outcome<ShuffleFacts>> {
  const services = (await platform.services()).filter((name) => roleOfService(name) !== null);
  if (services.length === 0) return NOT_CONFIGURED;
  const notes: Bilingual[] = [];
  const unreached = platform.kind === 'live' ? await askAll(platform, services, notes) : [];
  const answers = new Map<string, readonly HttpAnswer[]>();
  for (const service of services) answers.set(service, await platform.recorded(service));
  signal.throwIfAborted();
  const meters = await readMeters(platform, window, signal);
  const all = [...answers.values()].flat().filter(({ status }) => status >= 200 && status < 300);
  const settings = latestOf(all.flatMap((answer) => (isConf(answer) ? (parseSettings(answer) ?? []) : [])));
  const masters = readMasters(ofRole(answers, 'master'), meters, settings);
  const leader = masters.find((master) => master.leader)?.host ?? null;
  const samples = samplesOf(all, notes);
  notes.push(...withoutJson(all));
  const held = all.flatMap((answer) => {
    const found = roleOfService(answer.service) === 'worker' ? parseHeld(answer) : null;
    return found ? [{ found, answer }] : [];
  });
  return {
    outcome: 'ok',
    value: {
      ...EMPTY,
      masters,
      samples: leader && samples.some(isOf(leader)) ? samples.filter(isOf(leader)) : samples,
      silences: [...silences(answers), ...unreached],
      uses: held.flatMap(({ found, answer }) => usesOf(found, answer.body, answer.source)),
      held: held.map(({ found }) => found),
      meters,
      settings,
    },
    notes,
  };
}

const EMPTY: ShuffleFacts = {
  masters: [],
  samples: [],
  silences: [],
  uses: [],
  held: [],
  meters: {},
  settings: [],
  events: [],
  daemons: [],
};

/** Facts before anything was read: logs alone can fill them. */
export function emptyShuffleFacts(): ShuffleFacts {
  return EMPTY;
}

const NOT_CONFIGURED: Outcome<never> = {
  outcome: 'failed',
  why: { en: 'no Celeborn is configured', zh: '没有配置 Celeborn' },
  retryable: false,
};

function isOf(leader: string): (sample: ClusterSample) => boolean {
  return ({ masterHost }) => masterHost === leader;
}

/** Asks every process; those that cannot be reached are told once each, whatever was asked of them. */
async function askAll(platform: Platform, services: readonly string[], notes: Bilingual[]): Promise<ShuffleSilence[]> {
  const asked = await Promise.all(
    services.map(async (service) => {
      const role = roleOfService(service) as ShuffleRole;
      const first = await Promise.all(ASKED[role].map((path) => platform.get(service, path)));
      const knows = first.some((answer) => 'status' in answer && answer.status === 200);
      const reached = first.some((answer) => 'status' in answer);
      const more = knows || !reached ? [] : ASKED_AS_TEXT[role].map((path) => platform.get(service, path));
      return { service, role, answers: [...first, ...(await Promise.all(more))] };
    }),
  );
  return asked.flatMap(({ service, role, answers }) => {
    const misses = answers.filter((answer): answer is HttpMiss => 'miss' in answer);
    const good = answers.some((answer) => 'status' in answer && answer.status === 200);
    const [miss] = misses;
    if (miss) notes.push(miss.why);
    else if (!good) notes.push(refusesAll(service, answers));
    const host = hostOfService(service);
    if (misses.length < answers.length || miss?.miss !== 'unreachable' || host === null) return [];
    return [{ role, host, refused: null, answeredAt: null, from: platform.now, until: null, evidence: [] }];
  });
}

function refusesAll(service: string, answers: readonly (HttpAnswer | HttpMiss)[]): Bilingual {
  const status = answers.flatMap((answer) => ('status' in answer ? [answer.status] : []))[0] ?? 0;
  return {
    en: `${service} answers nothing that is asked of it (HTTP ${status})`,
    zh: `${service} 对所有查询都没有有效应答（HTTP ${status}）`,
  };
}

/** Processes that answer something else than JSON where only JSON can be: a login page, half a body. */
function withoutJson(all: readonly HttpAnswer[]): Bilingual[] {
  const asked = new Set([...ASKED.master, ...ASKED.worker]);
  const wrong = all.filter(({ request, body }) => asked.has(request) && parseJson(body) === null);
  return [...Map.groupBy(wrong, ({ service }) => service)].map(([service, answers]) => ({
    en: `${service} answered ${plural(answers.length, 'request')} with something that is no JSON`,
    zh: `${service} 有 ${answers.length} 个应答不是 JSON`,
  }));
}

function isConf({ request }: HttpAnswer): boolean {
  return request === '/api/v1/conf' || request === '/conf';
}

/** The latest settings of each process. */
function latestOf<One extends { role: ShuffleRole; host: string }>(all: readonly One[]): One[] {
  return [...new Map(all.map((one) => [`${one.role} ${one.host}`, one])).values()];
}

function ofRole(answers: ReadonlyMap<string, readonly HttpAnswer[]>, role: ShuffleRole) {
  return new Map([...answers].filter(([service]) => roleOfService(service) === role));
}

function samplesOf(all: readonly HttpAnswer[], notes: Bilingual[]): ClusterSample[] {
  const ofMasters = all.filter(({ service }) => roleOfService(service) === 'master');
  const samples: ClusterSample[] = [];
  let unread = 0;
  for (const answer of ofMasters) {
    if (answer.request === '/api/v1/workers') {
      const parsed = parseWorkers(answer);
      if (parsed) samples.push(parsed.sample);
      unread += parsed?.unread ?? 1;
    } else if (answer.request === '/workerInfo') {
      const round = ofMasters.filter(
        ({ service, at }) => service === answer.service && Math.abs(at - answer.at) < SAME_ROUND_MS,
      );
      const sample = parseTextPages(round);
      if (sample && !samples.some(({ at }) => Math.abs(at - sample.at) < SAME_ROUND_MS)) samples.push(sample);
    }
  }
  if (unread > 0) {
    notes.push({
      en: `answers or workers of the shuffle masters that could not be read: ${unread}`,
      zh: `shuffle master 的应答或其中的 worker 有 ${unread} 处无法读出`,
    });
  }
  return samples.sort((a, b) => a.at - b.at);
}

function silences(answers: ReadonlyMap<string, readonly HttpAnswer[]>): ShuffleSilence[] {
  const good = new Map([...answers].map(([service, own]) => [service, own.filter(({ status }) => status > 0)]));
  return [...answers].flatMap(([service, own]): ShuffleSilence[] => {
    const role = roleOfService(service) as ShuffleRole;
    const host = hostOfService(service);
    if (host === null) return [];
    const told = silencesOf(own);
    if (told.length > 0) {
      return told.map(({ failed, ...stretch }) => ({ role, host, ...stretch, evidence: failed.map(evidenceOf) }));
    }
    const neighbours = [...good].flatMap(([other, theirs]) => (other === service ? [] : [theirs]));
    return roundsMissed(good.get(service) ?? [], neighbours).map(({ last, from, until }) => ({
      role,
      host,
      refused: null,
      answeredAt: last.at,
      from,
      until,
      evidence: [evidenceOf(shortestBeside(last, good.get(service) ?? []))],
    }));
  });
}

/** Of the last round's answers the shortest: a page of metrics begins with nothing of interest. */
function shortestBeside(last: HttpAnswer, own: readonly HttpAnswer[]): HttpAnswer {
  const round = own.filter(({ at }) => Math.abs(at - last.at) < SAME_ROUND_MS);
  return round.reduce((best, answer) => (answer.body.length < best.body.length ? answer : best), last);
}

function evidenceOf(answer: HttpAnswer): Evidence {
  return {
    ...quotePiece(answer.body, answer.source, 0, Math.min(300, answer.body.length)),
    area: 'shuffle',
    provenance: 'shuffle_service',
    at: answer.at,
  };
}
