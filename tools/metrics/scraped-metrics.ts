import type { Outcome } from '../evidence/outcome.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import type { MetricPoint, MetricSeries, MetricsQuery, MetricsSource } from './metric-series.ts';
import { nameAsked } from './name-asked.ts';
import { type Exposition, parseExposition } from './parse-exposition.ts';
import { parseJsonMetrics } from './parse-json-metrics.ts';

/** Where Celeborn (0.4-0.7) and Alluxio (2.x) expose their metrics as Prometheus text. */
const EXPOSITION_PATH = /^\/metrics(?:\/prometheus)?\/?$/;

/** Where Celeborn gives the same as JSON; read where the text is not given, since both tell the same. */
const JSON_PATH = /^\/metrics\/json\/?$/;

/** A sample this much outside the window still tells of its edge: scrapes are 10 to 60 s apart. */
const EDGE_MS = 90_000;

/** Labels that say the same as the service. */
const SERVICE_LABELS = new Set(['instance', 'job', 'role']);

/**
 * Metrics from samples of the services' own endpoints: what a capture recorded, or one scrape of the live endpoint. A live
 * scrape tells of now only, and Celeborn's timers begin anew at each (0.5-0.7): where a Prometheus scrapes, ask that.
 */
export function scrapedMetrics(platform: Platform): MetricsSource {
  return {
    async read(query) {
      const services = (await platform.services()).filter(
        (name) => name === query.kind || name.startsWith(`${query.kind}@`),
      );
      if (services.length === 0) return noData(query);
      const scrapes = await Promise.all(services.map((service) => scrapesOf(platform, service)));
      const all = scrapes.flat().filter(({ answer }) => isInWindow(answer.at, query.window));
      const series = seriesOf(all, query);
      const unreadable = all.reduce((sum, { exposition }) => sum + exposition.unreadable, 0);
      if (series.length === 0) return noData(query);
      return {
        outcome: 'ok',
        value: series,
        notes:
          unreadable === 0
            ? []
            : [
                {
                  en: `lines in the metrics of ${query.kind} that are no samples: ${unreadable}`,
                  zh: `${query.kind} 的指标里有 ${unreadable} 行不是样本`,
                },
              ],
      };
    },
  };
}

interface Scrape {
  answer: HttpAnswer;
  exposition: Exposition;
}

/** Parsed once for each investigation: several rules ask for other names of the same scrapes. */
const PARSED = new WeakMap<Platform, Map<string, Promise<readonly Scrape[]>>>();

function scrapesOf(platform: Platform, service: string): Promise<readonly Scrape[]> {
  const known = PARSED.get(platform) ?? new Map<string, Promise<readonly Scrape[]>>();
  PARSED.set(platform, known);
  const parsed = known.get(service) ?? readScrapes(platform, service);
  known.set(service, parsed);
  return parsed;
}

async function readScrapes(platform: Platform, service: string): Promise<readonly Scrape[]> {
  if (platform.kind === 'live') {
    const text = await platform.get(service, '/metrics/prometheus');
    const isGiven = 'status' in text && text.status === 200;
    if (!isGiven && service.startsWith('celeborn-')) await platform.get(service, '/metrics/json');
  }
  const answers = (await platform.recorded(service)).filter(({ status }) => status === 200);
  const texts = answers.filter(({ request }) => EXPOSITION_PATH.test(request));
  if (texts.length > 0) return texts.map((answer) => ({ answer, exposition: parseExposition(answer.body) }));
  return answers
    .filter(({ request }) => JSON_PATH.test(request))
    .flatMap((answer) => {
      const exposition = parseJsonMetrics(answer.body);
      return exposition ? [{ answer, exposition }] : [];
    });
}

function isInWindow(at: number, window: MetricsQuery['window']): boolean {
  return window === null || (at >= window.from - EDGE_MS && at <= window.to + EDGE_MS);
}

function seriesOf(scrapes: readonly Scrape[], query: MetricsQuery): MetricSeries[] {
  const series = new Map<string, Omit<MetricSeries, 'points'> & { points: MetricPoint[] }>();
  for (const { answer, exposition } of scrapes) {
    for (const sample of exposition.samples) {
      const asked = nameAsked(sample.name, query);
      if (asked === null) continue;
      const labels = Object.fromEntries(Object.entries(sample.labels).filter(([label]) => !SERVICE_LABELS.has(label)));
      const key = JSON.stringify([answer.service, sample.name, labels]);
      const one = series.get(key) ?? { service: answer.service, name: sample.name, asked, labels, points: [] };
      series.set(key, one);
      const at = sample.at ?? answer.at;
      if (one.points.some((point) => point.at === at)) continue;
      one.points.push({
        at,
        value: sample.value,
        quote: quotePiece(answer.body, answer.source, sample.start, sample.end),
      });
    }
  }
  for (const { points } of series.values()) points.sort((a, b) => a.at - b.at);
  return [...series.values()];
}

function noData({ kind, window }: MetricsQuery): Outcome<never> {
  return {
    outcome: 'no_data',
    looked: window
      ? { en: `no sample of the metrics of ${kind} in that window`, zh: `该时间窗内没有 ${kind} 的指标样本` }
      : { en: `no sample of the metrics of ${kind}`, zh: `没有 ${kind} 的指标样本` },
  };
}
