import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { type FakeService, replayingService } from '../../tools/platform/fake-service.ts';
import { openLivePlatform } from '../../tools/platform/live-platform.ts';
import { look } from './look.ts';

/** The bundled recording (`bot/demo/README.md`), its answers served again over HTTP: a live cluster with ten applications. */
const DEMO = path.join(import.meta.dirname, '..', 'demo', 'failed-run');
const ID = 'application_1795259698281_0005';

const open: FakeService[] = [];
const services: Record<string, string> = {};
let now = 0;

beforeAll(async () => {
  const recorded = await openCapture(DEMO);
  now = recorded.now;
  for (const service of await recorded.services()) {
    const fake = await replayingService(recorded, service);
    open.push(fake);
    services[service] = fake.url;
  }
});
afterAll(async () => {
  await Promise.all(open.map((service) => service.close()));
});

/** Puts a question to the live cluster: the run it is about, its cause, and what YARN was asked. */
async function put(question: string) {
  const before = open.map(({ asked }) => asked.length);
  const platform = openLivePlatform({
    services,
    eventLogs: path.join(DEMO, 'hdfs', 'spark-history'),
    hostsDir: path.join(DEMO, 'hosts'),
    httpTimeoutMs: 10_000,
    httpMaxBytes: 64 << 20,
    now,
  });
  const { subject, causes, skipped } = await look(
    { question, platform, language: 'en', attachments: [] },
    'inv_deeper',
  );
  const requests = open.flatMap(({ asked }, at) => asked.slice(before[at]).map((one) => one.path));
  return {
    id: subject.kind === 'chosen' ? subject.candidate.id : null,
    code: causes[0]?.code,
    requests: requests.map((request) => request.replace(/\?.*/, '')).sort(),
    skipped: skipped.map(({ en }) => en),
  };
}

describe('a run of a live cluster', () => {
  it.each([
    ['its name', 'why did item_vector_backfill fail?'],
    ['a name that is longer than the one it runs under', 'why did item_vector_backfill_v2_prod fail?'],
    ['the end of its id', 'why did 0005 fail?'],
  ])(
    'is read as deep when it is named by %s as by its id',
    async (_how, question) => {
      const [byId, other] = [await put(`why did ${ID} fail?`), await put(question)];
      expect(byId.requests).toContain(`/ws/v1/cluster/apps/${ID}/appattempts`);
      expect(byId.requests.some((request) => request.startsWith('/ws/v1/node/'))).toBe(true);
      expect(other.id).toBe(ID);
      expect(other.code).toBe(byId.code);
      expect(other.requests).toEqual(expect.arrayContaining(byId.requests));
      expect(new Set(other.requests).size).toBe(other.requests.length);
      // Said by the first round of a name that the ResourceManager does not list as such.
      expect(other.skipped.filter((note) => note.includes('none of them'))).toEqual([]);
    },
    60_000,
  );
});
