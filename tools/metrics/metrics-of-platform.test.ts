import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import { openLivePlatform } from '../platform/live-platform.ts';
import type { HttpAnswer, Platform } from '../platform/platform.ts';
import { metricsOfPlatform } from './metrics-of-platform.ts';
import { rangeRequest } from './prometheus-metrics.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CELEBORN = path.join(SHARED, 'captures/celeborn-012-push-paused-slow-disk-stall/capture');
const PAUSED = 'metrics_PausePushDataTime_Value';
const signal = new AbortController().signal;

describe.skipIf(!existsSync(CELEBORN))('samples of a recorded Celeborn (capture celeborn-012)', () => {
  it('gives one series for each worker, in the order of time, each value at its place', async () => {
    const platform = await openCapture(CELEBORN);
    const read = await metricsOfPlatform(platform).read(
      { kind: 'celeborn-worker', names: [PAUSED], window: null },
      signal,
    );
    if (read.outcome !== 'ok') throw new Error(read.outcome);
    expect(read.value.map(({ service }) => service).sort()).toEqual([
      'celeborn-worker@rss-w1',
      'celeborn-worker@rss-w2',
      'celeborn-worker@rss-w3',
    ]);
    const stalled = read.value.find(({ service }) => service.endsWith('w3'));
    const values = stalled?.points.map(({ value }) => value) ?? [];
    expect(values).toEqual([...values].sort((a, b) => a - b));
    const { quote } = stalled?.points.find(({ value }) => value === 265798) ?? {};
    expect(quote?.excerpt).toContain(' 265798 ');
    const answers: readonly HttpAnswer[] = await platform.recorded('celeborn-worker@rss-w3');
    const body = answers.find(({ source }) => source === quote?.source)?.body ?? '';
    expect(body.split('\n')[(quote?.fromLine ?? 0) - 1]).toBe(quote?.excerpt);
  });

  it('says no data for another window, and never the present for the past', async () => {
    const platform = await openCapture(CELEBORN);
    const window = { from: Date.UTC(2026, 10, 20), to: Date.UTC(2026, 10, 20, 1) };
    const read = await metricsOfPlatform(platform).read({ kind: 'celeborn-worker', names: [PAUSED], window }, signal);
    expect(read.outcome).toBe('no_data');
  });
});

/** Celeborn's own lines, as a server gives them: the value grows by 1,000 with each scrape. */
function exporter(): Promise<{ server: Server; port: number }> {
  let value = 0;
  const server = createServer((_, response) => {
    value += 1000;
    response.setHeader('content-type', 'text/plain; version=0.0.4');
    response.end(
      `# TYPE ${PAUSED} gauge\n${PAUSED}{role="Worker"} ${value}\nmetrics_NettyMemory_Value{role="Worker"} NaN\n`,
    );
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}

function hasPrometheus(): boolean {
  try {
    execFileSync('prometheus', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasPrometheus())('a real Prometheus (Debian package prometheus)', () => {
  let folder: string;
  let server: Server;
  let prometheus: ChildProcess;
  let platform: Platform;
  const query = { kind: 'celeborn-worker', names: [PAUSED, 'metrics_NettyMemory_Value'], window: null };

  beforeAll(async () => {
    const made = await exporter();
    server = made.server;
    folder = await mkdtemp(path.join(tmpdir(), 'wherefore-prometheus-'));
    const config = path.join(folder, 'prometheus.yml');
    await writeFile(
      config,
      `global: {scrape_interval: 1s}\nscrape_configs:\n  - job_name: rss-worker\n    static_configs: [{targets: ["127.0.0.1:${made.port}"]}]\n`,
    );
    const free = await exporter();
    free.server.close();
    const address = `127.0.0.1:${free.port}`;
    prometheus = spawn(
      'prometheus',
      [`--config.file=${config}`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=${address}`],
      { stdio: 'ignore' },
    );
    const url = `http://${address}`;
    for (let tries = 0; tries < 100; tries += 1) {
      const asked = `${url}/api/v1/query?query=count_over_time(${PAUSED}%5B1m%5D)`;
      const body = await fetch(asked).then(
        (answer) => answer.text(),
        () => '',
      );
      if (Number(/"value":\[[\d.]+,"(\d+)"\]/.exec(body)?.[1] ?? 0) >= 3) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    platform = openLivePlatform({
      services: { prometheus: url },
      eventLogs: null,
      hostsDir: null,
      httpTimeoutMs: 5000,
      httpMaxBytes: 8 << 20,
      now: Date.now(),
    });
  }, 60_000);

  afterAll(async () => {
    prometheus?.kill('SIGKILL');
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('tells the past of a service that itself only tells now', async () => {
    const read = await metricsOfPlatform(platform).read(query, signal);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    expect(read.value).toHaveLength(1);
    const [series] = read.value;
    expect(series).toMatchObject({ service: 'celeborn-worker@127.0.0.1', name: PAUSED, labels: {} });
    expect(series?.points.length).toBeGreaterThan(0);
    const last = series?.points.at(-1);
    expect(last?.value).toBeGreaterThanOrEqual(1000);
    expect(last?.quote.excerpt).toContain(`"${last?.value}"`);
  });

  it('says what the server refused, in one sentence', async () => {
    const bad = await platform.get('prometheus', '/api/v1/query_range?query=%7B&start=1&end=2&step=1');
    const recorded: Platform = { ...platform, kind: 'capture', recorded: async () => ('miss' in bad ? [] : [bad]) };
    const read = await metricsOfPlatform(recorded).read(query, signal);
    expect(read).toMatchObject({ outcome: 'failed', retryable: false });
    expect(read.outcome === 'failed' ? read.why.en : '').toMatch(/^the metrics server answered bad_data: /);
  });
});

describe('rangeRequest', () => {
  it('asks for all names at once, within the points a server allows, and never beyond now', () => {
    const now = Date.UTC(2026, 10, 21, 12);
    const request = rangeRequest(
      { kind: 'alluxio-master', names: ['a', 'b:c'], window: { from: now - 86_400_000, to: now } },
      now,
    );
    const parameters = new URLSearchParams(request.split('?')[1]);
    expect(parameters.get('query')).toBe('{__name__=~"a|b:c",role=~"|Master"}');
    expect(Number(parameters.get('end')) * 1000).toBe(now);
    const points = (Number(parameters.get('end')) - Number(parameters.get('start'))) / Number(parameters.get('step'));
    expect(points).toBeLessThanOrEqual(2001);
    expect(points).toBe(Math.round(points));
  });
});
