import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { type FakeService, fakeService, replayingService } from '../../tools/platform/fake-service.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import { answered } from './terminal-fixture.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const CAPTURES = path.join(SHARED, 'captures');

let folder = '';
const open: FakeService[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'wherefore-capturing-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((service) => service.close()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A live platform over a recorded incident: its answers served over HTTP, its hosts and event logs as folders. */
async function liveOver(incident: string, name: string): Promise<Record<string, string>> {
  const recorded = await openCapture(path.join(CAPTURES, incident));
  const services: Record<string, string> = {};
  for (const service of await recorded.services()) {
    const fake = await replayingService(recorded, service);
    open.push(fake);
    services[service] = fake.url;
  }
  const within = (part: string) => path.join(CAPTURES, incident, 'capture', part);
  const file = path.join(folder, `${name}.json`);
  const cluster = {
    services,
    hostsDir: within('hosts'),
    ...(existsSync(within('hdfs')) ? { eventLogs: within('hdfs') } : {}),
  };
  writeFileSync(file, JSON.stringify({ clusters: { lab: cluster } }));
  return { WHEREFORE_PLATFORM_FILE: file };
}

function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(dir, name)).isFile(),
  );
}

const causesOf = ({ rootCauses }: Diagnosis) => rootCauses.map(({ code, standing }) => `${code} ${standing}`);
const linksOf = ({ rootCauses }: Diagnosis) =>
  rootCauses.map(({ chain }) => chain.map(({ evidence }) => evidence.length));

const INCIDENTS = [
  'yarn-005-embedding-score-physical-limit',
  'yarn-022-item-vector-backfill-memcg-oom',
  'cache-103-alluxio-worker-killed',
];

describe.each(INCIDENTS)('%s', (incident) => {
  const here = existsSync(path.join(CAPTURES, incident));
  it.skipIf(!here)(
    'asked live and captured, replays to the same root causes with evidence that resolves',
    async () => {
      const environment = await liveOver(incident, incident);
      const { question } = JSON.parse(readFileSync(path.join(CAPTURES, incident, 'incident.json'), 'utf8'));
      const { now } = await openCapture(path.join(CAPTURES, incident));
      const to = path.join(folder, incident);
      const at = new Date(now).toISOString();
      const captured = await answered(['capture', question, '--to', to, '--json', '--at', at], { environment });
      expect([captured.exitCode, captured.err]).toEqual([0, '']);
      const { diagnosis: live, answers, files } = JSON.parse(captured.out);
      expect(answers).toBeGreaterThan(0);
      expect(files).toBeGreaterThan(5);
      const replay = await answered(['ask', question, '--from', to, '--json', '--at', at]);
      const again: Diagnosis = JSON.parse(replay.out);
      expect(live.outcome).toBe('answered');
      expect(causesOf(again)).toEqual(causesOf(live));
      expect(linksOf(again)).toEqual(linksOf(live));
      const cited = new Set(again.rootCauses.flatMap(({ chain }) => chain.flatMap(({ evidence }) => evidence)));
      expect(cited.size).toBeGreaterThan(0);
      for (const id of cited) {
        const entry = again.evidence.find((one) => one.id === id);
        expect(entry?.excerpt.length).toBeGreaterThan(0);
      }
      // An answer has the same name live and replayed; a file lies where it lay.
      const answersCited = (diagnosis: Diagnosis) =>
        diagnosis.evidence.map(({ source }) => source).filter((source) => source.startsWith('http/'));
      expect(answersCited(again)).toEqual(answersCited(live));
    },
    120_000,
  );
});

describe('wherefore capture', () => {
  const question = 'why did application_1700000000000_0042 fail?';

  async function withSecrets(): Promise<Record<string, string>> {
    const rm = await fakeService((asked, response) => {
      if (asked.includes('apps'))
        response.end('{"apps":{"app":[{"id":"application_1700000000000_0042","diagnostics":"--password hunter2rm"}]}}');
      else response.writeHead(500).end('{"message":"token=hunter2answer"}');
    });
    open.push(rm);
    const hosts = path.join(folder, 'hosts');
    mkdirSync(path.join(hosts, 'h1/var/log'), { recursive: true });
    mkdirSync(path.join(hosts, 'h1/proc/7'), { recursive: true });
    const line = '2026-11-21 10:46:27,387 ERROR org.apache.hadoop.yarn.server.nodemanager.NodeManager: ';
    const key = [
      '-----BEGIN RSA PRIVATE KEY-----',
      'hunter2keykeykey',
      'hunter2morekey',
      '-----END RSA PRIVATE KEY-----',
    ];
    const log = [`${line}fs.s3a.secret.key=hunter2log`, ...key, `${line}jdbc://u:hunter2url@db`, `${line}last`, ''];
    writeFileSync(path.join(hosts, 'h1/var/log/nm.log'), log.join('\n'));
    writeFileSync(
      path.join(hosts, 'h1/var/log/big.log'),
      `${line}password=hunter2big padding padding\n`.repeat(20_000),
    );
    writeFileSync(path.join(hosts, 'h1/proc/7/cmdline'), 'java\0-Dx.password=hunter2args\0Main');
    writeFileSync(path.join(folder, 'pasted.txt'), 'it said api_key=hunter2paste\n');
    return {
      WHEREFORE_YARN_RM_URL: rm.url,
      WHEREFORE_HOSTS_DIR: hosts,
      WHEREFORE_HTTP_TIMEOUT_MS: '1000',
    };
  }

  it('masks secrets before anything is written, each line in its place', async () => {
    const environment = await withSecrets();
    const to = path.join(folder, 'masked');
    const pasted = path.join(folder, 'pasted.txt');
    const { exitCode, out } = await answered(['capture', question, '--to', to, '--attach', pasted], { environment });
    expect(exitCode).toBe(0);
    expect(out).toContain(`again: wherefore ask 'why did application_1700000000000_0042 fail?' --from ${to} --at 20`);
    const names = filesOf(to);
    const contentOf = (name: string) => {
      const bytes = readFileSync(path.join(to, name));
      return name.endsWith('.zst') ? zstdDecompressSync(bytes).toString() : bytes.toString();
    };
    expect(names.filter((name) => contentOf(name).includes('hunter2'))).toEqual([]);
    expect(names.filter((name) => contentOf(name).includes('‹masked›')).sort()).toEqual(
      [
        ...names.filter((name) => name.startsWith('http/yarn-rm/') && contentOf(name).includes('‹masked›')),
        'hosts/h1/proc/7/cmdline',
        'hosts/h1/var/log/big.log.zst',
        'hosts/h1/var/log/nm.log',
        'user/attach-1-pasted.txt',
      ].sort(),
    );
    const log = contentOf('hosts/h1/var/log/nm.log').split('\n');
    expect(log).toHaveLength(8);
    expect(log[6]).toMatch(/last$/);
    // A 500 is kept as what was answered.
    expect(contentOf('http/index.tsv')).toMatch(/\tyarn-rm\t\/ws\/v1\/cluster\/scheduler\t500\thttp\/yarn-rm\//);
  }, 60_000);

  it('never writes over a folder, and says so before it asks anybody', async () => {
    const environment = await withSecrets();
    const to = path.join(folder, 'there');
    mkdirSync(to);
    writeFileSync(path.join(to, 'mine'), 'x');
    const { exitCode, err } = await answered(['capture', question, '--to', to], { environment });
    expect([exitCode, err]).toEqual([2, `wherefore: ${to} is there already; a capture is never written over\n`]);
    expect(readdirSync(to)).toEqual(['mine']);
    expect(open[0]?.asked).toEqual([]);
    const nowhere = await answered(['capture', question, '--to', path.join(folder, 'no', 'such')], { environment });
    expect([nowhere.exitCode, nowhere.err]).toEqual([2, expect.stringContaining('does not exist')]);
    const twice = await answered(['ask', question, '--from', to, '--capture', path.join(folder, 'x')], { environment });
    expect([twice.exitCode, twice.err]).toEqual([2, expect.stringContaining('not --from another')]);
  }, 60_000);

  it('is a flag of ask too', async () => {
    const environment = await withSecrets();
    const to = path.join(folder, 'asked');
    const { exitCode, out, err } = await answered(['ask', question, '--json', '--capture', to], { environment });
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).schemaVersion).toBe(1);
    expect(err).toContain(`captured in ${to}`);
    expect(filesOf(to)).toContain('http/index.tsv');
  }, 60_000);

  it('keeps a request that failed as an answer with status 0', async () => {
    const { url, close } = await fakeService(() => undefined);
    await close();
    const to = path.join(folder, 'failed');
    await answered(['capture', question, '--to', to], {
      environment: { WHEREFORE_YARN_RM_URL: url, WHEREFORE_HTTP_TIMEOUT_MS: '500' },
    });
    const index = readFileSync(path.join(to, 'http/index.tsv'), 'utf8').split('\n').slice(1, -1);
    expect(index.length).toBeGreaterThan(0);
    for (const line of index) expect(line).toMatch(/\tyarn-rm\t\/ws\S+\t0\thttp\/yarn-rm\/\S+\.error\.txt$/);
    const replayed = await openCapture(to);
    const [first] = await replayed.recorded('yarn-rm');
    expect(first).toMatchObject({ status: 0, body: expect.stringMatching(/^ECONNREFUSED connection refused/) });
    expect(await replayed.get('yarn-rm', first?.request ?? '')).toMatchObject({ miss: 'unreachable' });
  }, 60_000);

  it('keeps the event log out of a history server’s archive, and its evidence is found again', async () => {
    const logs = path.join(import.meta.dirname, '..', 'demo', 'failed-run', 'hdfs', 'spark-history');
    const name = readdirSync(logs).find((file) => file.startsWith('application_1795259698281_0005')) ?? '';
    const id = 'application_1795259698281_0005';
    const archive = Buffer.from(zipSync({ [name]: readFileSync(path.join(logs, name)) }));
    const attempt = { startTime: '2026-11-21T10:20:00.000GMT', endTime: '2026-11-21T10:40:00.000GMT', completed: true };
    const history = await fakeService((asked, response) => {
      if (asked.endsWith('/logs')) response.end(archive);
      else if (/applications(?:\?|$)/.test(asked))
        response.end(JSON.stringify([{ id, name: 'x', attempts: [attempt] }]));
      else response.writeHead(404).end('{}');
    });
    open.push(history);
    const environment = { WHEREFORE_SPARK_HISTORY_URL: history.url };
    const to = path.join(folder, 'archive');
    const { out } = await answered(['capture', `why did ${id} fail?`, '--to', to, '--json'], { environment });
    const live: Diagnosis = JSON.parse(out).diagnosis;
    const sources = (diagnosis: Diagnosis) => [...new Set(diagnosis.evidence.map(({ source }) => source))];
    expect(sources(live)).toEqual([`http/spark-history/api/v1/applications/${id}/logs/${name}`]);
    const again: Diagnosis = JSON.parse((await answered(['ask', `why did ${id} fail?`, '--from', to, '--json'])).out);
    expect(causesOf(again)).toEqual(causesOf(live));
    expect(linksOf(again)).toEqual(linksOf(live));
    expect(sources(again)).toEqual([`hdfs/spark-history/${name}`]);
  }, 60_000);
});
