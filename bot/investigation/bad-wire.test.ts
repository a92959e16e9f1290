import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeAnswer } from '../../tools/platform/fake-service.ts';
import {
  type Answered,
  KEEPS_WAITING,
  openSoundPlatform,
  SHORT_TIMEOUT_MS,
  type SoundPlatform,
  WIRE_FAULTS,
} from './bad-wire-fixture.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURES = path.join(SHARED, 'captures');
const here = existsSync(path.join(CAPTURES, 'yarn-025-ad-feature-join-still-running'));

/** Every kind of service, and the areas that may have nothing to tell while it misbehaves. */
const SERVICES: Readonly<Record<string, readonly string[]>> = {
  'yarn-rm': ['yarn'],
  'spark-history': ['spark'],
  'hdfs-namenode': [],
  'celeborn-master@rss-m1': ['shuffle'],
  'alluxio-master': ['cache'],
  kubernetes: ['kubernetes'],
  prometheus: [],
  'node@n1': ['logs', 'memory', 'storage'],
};

/** A request has a short time here; whatever a server does, the answer is there soon after. */
const BOUND_MS = 5 * SHORT_TIMEOUT_MS;

let sound: SoundPlatform;
let well: Answered;

beforeAll(async () => {
  if (!here) return;
  sound = await openSoundPlatform(CAPTURES);
  well = await sound.ask({});
});
afterAll(async () => {
  if (here) await sound.close();
});

/** The rest was read as if nothing had happened. */
function expectRestRead(answered: Answered, without: readonly string[]): void {
  const wanted = (well.diagnosis.checked ?? []).filter((area) => !without.includes(area));
  expect(answered.diagnosis.checked).toEqual(expect.arrayContaining(wanted));
  expect(answered.diagnosis.subject?.id).toBe(well.diagnosis.subject?.id);
}

describe.skipIf(!here)('a platform that is well', () => {
  it('is read whole, and nothing is said to be missing', () => {
    expect(sound.services.toSorted()).toEqual(Object.keys(SERVICES).sort());
    expect([...(well.diagnosis.checked ?? [])].sort()).toEqual(
      ['cache', 'kubernetes', 'logs', 'memory', 'shuffle', 'spark', 'storage', 'yarn'].sort(),
    );
    expect(well.lines).toEqual([]);
  });
});

describe.skipIf(!here).each(Object.entries(SERVICES))('one service that misbehaves: %s', (service, without) => {
  const answered = new Map<string, Answered>();

  beforeAll(async () => {
    // A few side by side, for most of it is waiting; more would starve the services that are well.
    const faults = Object.entries(WIRE_FAULTS);
    for (let at = 0; at < faults.length; at += 3) {
      const some = faults.slice(at, at + 3).map(async ([fault, answer]) => {
        const timeoutMs = KEEPS_WAITING.has(fault) ? SHORT_TIMEOUT_MS : undefined;
        answered.set(fault, await sound.ask({ [service]: answer }, timeoutMs));
      });
      await Promise.all(some);
    }
  }, 120_000);

  it.each(Object.keys(WIRE_FAULTS))('%s: a bounded wait, one line with its name, and the rest is read', (fault) => {
    const one = answered.get(fault) as Answered;
    expect(one.tookMs).toBeLessThan(BOUND_MS);
    expect(one.naming(service)).toHaveLength(1);
    expect(one.naming(service)[0]).toMatch(REASONS[fault] ?? /^$/);
    expectRestRead(one, without);
  });
});

/** What the line has to say of each fault, whichever area says it. */
const REASONS: Readonly<Record<string, RegExp>> = {
  hangs: /did not answer within 3 s/,
  'answers 401': /401/,
  'answers 403': /403/,
  'answers 404': /404/,
  'answers 500': /500/,
  'HTML for JSON': /web page|HTML|no JSON|could not be read|is no (?:answer|collector)/,
  // Tried again, and broken off again, until its time is up.
  'half a body': /broke off|did not answer within 3 s/,
  // A collector's listing of a host may be larger than an answer.
  'a body of 100 MB': /more than (?:2|64) MiB|did not answer within 3 s/,
  'another version': /else than expected|no application list|could not be read|no JSON|is no (?:answer|collector)/,
};

describe.skipIf(!here)('a clock that is off by five hours', () => {
  it.each([
    [5, /clock of yarn-rm is (?:5 h|4 h 59 min|5 h \d min) ahead of/],
    [-5, /clock of yarn-rm is (?:5 h|4 h 59 min|5 h \d min) behind/],
  ] as const)('(%i h) is told in one line, and the answers are used', async (hours, told) => {
    const answered = await sound.ask({ 'yarn-rm': sound.withClock('yarn-rm', hours) });
    expect(answered.lines.filter((line) => /clock/.test(line))).toEqual([expect.stringMatching(told)]);
    expectRestRead(answered, []);
    expect(answered.diagnosis.rootCauses.map(({ code }) => code)).toEqual(
      well.diagnosis.rootCauses.map(({ code }) => code),
    );
  });
});

describe.skipIf(!here)('answers that are well-formed and make no sense', () => {
  const json = (body: unknown): FakeAnswer => {
    return (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  it('metrics with NaN and infinities are no figures', async () => {
    const lines = ['NaN', '+Inf', '-Inf', '1e999'].map((value) => `Cluster_BytesReadUfsAll ${value}`).join('\n');
    const alluxio: FakeAnswer = (asked, response) =>
      response.end(asked.startsWith('/metrics') ? `${lines}\n` : '{"version":"2.9.4","workers":[]}');
    const series = [{ metric: { __name__: 'Cluster_BytesReadUfsAll', role: 'Master' }, values: [[1795260600, 'NaN']] }];
    const prometheus = json({ status: 'success', data: { resultType: 'matrix', result: series } });
    const answered = await sound.ask({ 'alluxio-master': alluxio, prometheus });
    expect(JSON.stringify(answered.diagnosis)).not.toMatch(/NaN|Infinity|∞/);
    expectRestRead(answered, []);
  });

  it('Kubernetes objects without a status are read as far as they go', async () => {
    const items = [
      { kind: 'Pod', metadata: { name: 'p1', namespace: 'ads', uid: 'u1' } },
      { kind: 'Pod', metadata: {}, spec: null, status: null },
      { kind: 'Node', metadata: { name: 'node7' } },
      { kind: 'Event' },
      { apiVersion: 'data.fluid.io/v1alpha1', kind: 'Dataset', metadata: { name: 'd', namespace: 'ads' } },
      null,
      7,
    ];
    const answered = await sound.ask({ kubernetes: json({ apiVersion: 'v1', kind: 'List', metadata: {}, items }) });
    expectRestRead(answered, []);
    expect(answered.diagnosis.rootCauses.map(({ code }) => code)).toEqual(
      well.diagnosis.rootCauses.map(({ code }) => code),
    );
  });

  it('a folder with 10,000 logs is bounded, and what is left out is counted', async () => {
    const logs = path.join(sound.root, 'var/log/many');
    mkdirSync(logs);
    for (let at = 0; at < 10_000; at += 1)
      writeFileSync(path.join(logs, `daemon-${at}.log`), '2026-11-21 11:29:00,000 INFO a line\n');
    try {
      const answered = await sound.ask({}, 60_000);
      // Bounded, whatever else the machine does: some 4 s where nothing else does.
      expect(answered.tookMs).toBeLessThan(60_000);
      expect(answered.naming('node@n1').join('\n')).toMatch(/left out/);
      expectRestRead(answered, []);
    } finally {
      rmSync(logs, { recursive: true });
    }
  }, 120_000);
});
