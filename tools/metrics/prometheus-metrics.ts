import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { HttpAnswer, HttpMiss, Platform } from '../platform/platform.ts';
import type { MetricPoint, MetricSeries, MetricsQuery, MetricsSource } from './metric-series.ts';
import { nameAsked } from './name-asked.ts';

/** The metrics server's name among the services (DESIGN §9). */
export const PROMETHEUS = 'prometheus';

/** Points of one range query; Prometheus refuses more than 11,000 (web/api/v1, 2.x and 3.x). */
const MAX_POINTS = 2_000;
const SHORTEST_STEP_S = 5;
/** Points of a series whose place is not found: Prometheus prints all of them alike. */
const MAX_MISSED = 20;
/** Before and after the window, so that its edges are known. */
const EDGE_MS = 60_000;
/** Asked for when the question names no window. */
const LAST_MS = 3_600_000;

const MATRIX = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        values: z.array(z.tuple([z.number(), z.string()])),
      }),
    ),
  }),
});

const REFUSAL = z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() });

/**
 * Metrics that a Prometheus server keeps (HTTP API v1, range queries): the past of services whose own endpoints only tell
 * now. Recorded answers are searched for the names asked; a live server is asked once for each question.
 */
export function prometheusMetrics(platform: Platform): MetricsSource {
  return {
    async read(query) {
      if (!(await platform.services()).includes(PROMETHEUS)) return notConfigured;
      if (platform.kind === 'capture') return fromAnswers(await rangeAnswers(platform), query);
      const answer = await platform.get(PROMETHEUS, rangeRequest(query, platform.now));
      return 'miss' in answer ? missed(answer) : fromAnswers([answer], query);
    },
  };
}

const notConfigured: Outcome<never> = {
  outcome: 'failed',
  why: { en: 'no Prometheus is configured', zh: '没有配置 Prometheus' },
  retryable: false,
};

/** `/api/v1/query_range?…` for the metrics of one kind of service. */
export function rangeRequest({ kind, names, hostSuffixed, ofBeans, window }: MetricsQuery, now: number): string {
  const from = (window?.from ?? now - LAST_MS) - EDGE_MS;
  const to = Math.min((window?.to ?? now) + EDGE_MS, now);
  const stepS = Math.max(SHORTEST_STEP_S, Math.ceil((to - from) / 1000 / MAX_POINTS));
  const role = /-(master|worker)$/.exec(kind)?.[1];
  const suffix = hostSuffixed ? '(_.+)?' : '';
  const ofBean = `{__name__=~"(?i:.+_(${names.map(wordByWord).join('|')}))",user=""}`;
  const selector = ofBeans ? ofBean : `{__name__=~"${names.map((name) => escaped(name) + suffix).join('|')}"}`;
  // Exporters that tell their role share names between roles; those without the label are told apart by their names.
  const byRole = role === undefined ? selector : selector.replace('}', `,role=~"|${capitalised(role)}"}`);
  const parameters = [
    `query=${encodeURIComponent(byRole)}`,
    // Steps are counted from the start: laid so that one falls on the end, or the newest samples would be missed.
    `start=${((to - Math.ceil((to - from) / 1000 / stepS) * stepS * 1000) / 1000).toFixed(3)}`,
    `end=${(to / 1000).toFixed(3)}`,
    `step=${stepS}`,
  ];
  return `/api/v1/query_range?${parameters.join('&')}`;
}

/** Names hold letters, digits, `_`, `:` and, of some exporters, `.`, `$` and `-`. */
function escaped(name: string): string {
  return name.replace(/[^\w:]/g, (other) => `\\\\${other}`);
}

/** `AllocatedVCores` with its words apart or not: `Allocated_?V_?Cores`. */
function wordByWord(name: string): string {
  return name.replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '_?');
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

async function rangeAnswers(platform: Platform): Promise<readonly HttpAnswer[]> {
  const answers = await platform.recorded(PROMETHEUS);
  return answers.filter(({ request }) => request.startsWith('/api/v1/query_range'));
}

function fromAnswers(answers: readonly HttpAnswer[], query: MetricsQuery): Outcome<readonly MetricSeries[]> {
  const series: MetricSeries[] = [];
  for (const answer of answers) {
    const read = readMatrix(answer, query);
    if ('outcome' in read) {
      if (answers.length === 1) return read;
    } else for (const one of read) addTo(series, one);
  }
  if (series.length > 0) return { outcome: 'ok', value: series, notes: [] };
  return {
    outcome: 'no_data',
    looked: {
      en: `the metrics server holds nothing of ${query.kind} in that window`,
      zh: `指标服务器在该时间窗内没有 ${query.kind} 的数据`,
    },
  };
}

/** A series that several answers hold, of windows of their own, is one series with the points of all. */
function addTo(all: MetricSeries[], one: MetricSeries): void {
  const at = all.findIndex((other) => isSame(one, other));
  const known = all[at];
  if (known === undefined) {
    all.push(one);
    return;
  }
  const times = new Set(known.points.map((point) => point.at));
  const fresh = one.points.filter((point) => !times.has(point.at));
  if (fresh.length > 0) all[at] = { ...known, points: [...known.points, ...fresh].sort((a, b) => a.at - b.at) };
}

function isSame(a: MetricSeries, b: MetricSeries): boolean {
  return a.service === b.service && a.name === b.name && JSON.stringify(a.labels) === JSON.stringify(b.labels);
}

function readMatrix(answer: HttpAnswer, query: MetricsQuery): MetricSeries[] | Outcome<never> {
  const parsed = parseJson(answer.body);
  const refusal = REFUSAL.safeParse(parsed);
  if (refusal.success) return unusable(`${refusal.data.errorType}: ${refusal.data.error.slice(0, 160)}`, false);
  const matrix = MATRIX.safeParse(parsed);
  if (!matrix.success) return unusable(`HTTP ${answer.status}`, answer.status >= 500);
  const series: MetricSeries[] = [];
  let from = 0;
  for (const { metric, values } of matrix.data.data.result) {
    const { __name__: name, instance, job, role, ...labels } = metric;
    const start = answer.body.indexOf('"metric"', from);
    from = start === -1 ? from : start + 1;
    const asked = name === undefined ? null : nameAsked(name, query);
    if (name === undefined || asked === null || !isOfKind(query.kind, job, role)) continue;
    const points = pointsOf(values, answer, Math.max(0, start));
    if (points.length > 0) series.push({ service: serviceOf(query.kind, instance), name, asked, labels, points });
  }
  return series;
}

/** A job that is named for another kind of service is that service's, whatever the metric is called. */
function isOfKind(kind: string, job: string | undefined, role: string | undefined): boolean {
  const own = /-(master|worker|fuse|namenode|datanode)$/.exec(kind)?.[1];
  if (own === undefined) return true;
  if (role !== undefined && /^(?:master|worker)$/i.test(role)) return role.toLowerCase() === own;
  const named = /(master|worker|fuse|namenode|datanode)/i.exec(job ?? '')?.[1];
  return named === undefined || named.toLowerCase() === own;
}

function serviceOf(kind: string, instance: string | undefined): string {
  const host = instance?.replace(/:\d{1,5}$/, '');
  return host ? `${kind}@${host}` : kind;
}

/** The points of one series, each quoted at its place: pairs stand in the body in the order they were read. */
function pointsOf(values: readonly [number, string][], answer: HttpAnswer, start: number): MetricPoint[] {
  const points: MetricPoint[] = [];
  let from = start;
  let missed = 0;
  for (const [seconds, text] of values) {
    // Each search that finds nothing goes to the body's end: a server that prints its pairs in another way is not searched on.
    if (missed >= MAX_MISSED) break;
    const value = Number(text);
    if (!Number.isFinite(value) || text.trim() === '') continue;
    const pair = `[${seconds},"${text}"]`;
    const at = answer.body.indexOf(pair, from);
    // Without its place a value cannot be cited, and what cannot be cited is not used.
    if (at === -1) {
      missed += 1;
      continue;
    }
    from = at + pair.length;
    points.push({ at: Math.round(seconds * 1000), value, quote: quotePiece(answer.body, answer.source, at, from) });
  }
  return points;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unusable(what: string, retryable: boolean): Outcome<never> {
  return {
    outcome: 'failed',
    why: { en: `the metrics server answered ${what}`, zh: `指标服务器的应答是 ${what}` },
    retryable,
  };
}

function missed({ why, miss }: HttpMiss): Outcome<never> {
  return { outcome: 'failed', why, retryable: miss === 'unreachable' };
}
