import { describe, expect, it } from 'vitest';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import { parseJsonMetrics } from './parse-json-metrics.ts';
import { scrapedMetrics } from './scraped-metrics.ts';

/** In the form of celeborn-alluxio-fluid.md §1.2; typed, no recording holds it. */
const metric = (name: string, value: unknown, labels: Record<string, string> = { role: 'Worker' }) => ({
  name,
  value,
  timestampMs: 1757000000000,
  labelNames: Object.keys(labels),
  labelValues: Object.values(labels),
});
const BODY = JSON.stringify([
  metric('PausePushDataTime', 12034),
  metric('OpenStreamFailCount', 3),
  metric('FlushDataTime_Max', 88, { role: 'Worker', mountpoint: '/data1' }),
  metric('DirectMemoryUsageRatio', 'NaN'),
  { name: 7 },
]);

describe('parseJsonMetrics', () => {
  it('brings every value to its name in the text format, at its place', () => {
    const read = parseJsonMetrics(BODY);
    expect(read).toMatchObject({ unreadable: 1, withoutValue: 1 });
    const pause = read?.samples.find(({ name }) => name === 'metrics_PausePushDataTime_Value');
    expect(pause).toMatchObject({ value: 12034, at: 1757000000000, labels: { role: 'Worker' } });
    expect(BODY.slice(pause?.start, pause?.end)).toMatch(/^\{"name":"PausePushDataTime".*\}$/);
    expect(read?.samples.find(({ name }) => name === 'metrics_OpenStreamFailCount_Count')?.value).toBe(3);
    expect(read?.samples.filter(({ name }) => name.startsWith('metrics_FlushDataTime'))).toMatchObject([
      { name: 'metrics_FlushDataTime_Max', labels: { mountpoint: '/data1' } },
    ]);
  });

  it('takes no other JSON and no text for it', () => {
    expect(parseJsonMetrics('{"version":"4.0.0","gauges":{}}')).toBeNull();
    expect(parseJsonMetrics('# TYPE metrics_X gauge')).toBeNull();
    expect(parseJsonMetrics('[{"name":')).toMatchObject({ samples: [] });
  });
});

describe('a worker that gives JSON only', () => {
  const platform = (answers: Record<string, string>): Platform & { asked: string[] } => {
    const asked: string[] = [];
    const kept: HttpAnswer[] = [];
    return {
      asked,
      kind: 'live',
      now: 1757000001000,
      files: async () => ({ files: [], skipped: [] }),
      services: async () => ['celeborn-worker@rss-w1'],
      get: async (service, request) => {
        asked.push(request);
        const body = answers[request];
        const answer: HttpAnswer = {
          service,
          request,
          at: 1757000001000,
          status: body === undefined ? 404 : 200,
          body: body ?? 'Not Found',
          source: `http/${service}${request}`,
        };
        kept.push(answer);
        return answer;
      },
      recorded: async () => kept,
    };
  };
  const query = { kind: 'celeborn-worker', names: ['metrics_PausePushDataTime_Value'], window: null };
  const { signal } = new AbortController();

  it('is read beside the text format, which is asked first', async () => {
    const json = platform({ '/metrics/json': BODY });
    const read = await scrapedMetrics(json).read(query, signal);
    expect(json.asked).toEqual(['/metrics/prometheus', '/metrics/json']);
    expect(read).toMatchObject({
      outcome: 'ok',
      value: [{ labels: {}, points: [{ value: 12034, at: 1757000000000 }] }],
    });
    const text = platform({
      '/metrics/prometheus': 'metrics_PausePushDataTime_Value{role="Worker"} 5 1757000000000\n',
      '/metrics/json': BODY,
    });
    expect(await scrapedMetrics(text).read(query, signal)).toMatchObject({ value: [{ points: [{ value: 5 }] }] });
    expect(text.asked).toEqual(['/metrics/prometheus']);
    expect((await scrapedMetrics(platform({})).read(query, signal)).outcome).toBe('no_data');
  });
});
