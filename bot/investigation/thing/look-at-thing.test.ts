import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { investigate } from '../investigate.ts';

const DEMO = path.join(import.meta.dirname, '..', '..', 'demo', 'failed-run');
const SHARED = process.env.WHEREFORE_SHARED ?? '../shared';
const captureOf = (incident: string): string | null => {
  const folder = `${SHARED}/captures`;
  const name = existsSync(folder) ? readdirSync(folder).find((entry) => entry.startsWith(incident)) : undefined;
  return name === undefined ? null : `${folder}/${name}/capture`;
};
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function ask(question: string, folder = DEMO, at?: number): Promise<Diagnosis> {
  const platform = await openCapture(folder, at === undefined ? {} : { at });
  return await investigate({ question, platform, language: 'auto', attachments: [] });
}

/** A copy of a recording in which times of some files are later by some hours, as of a host whose clock is off. */
function withClockOff(folder: string, hours: number, files: readonly string[]): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'clock-off-'));
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  for (const file of files) {
    const text = gunzipSync(readFileSync(path.join(copy, `${file}.gz`))).toString('latin1');
    rmSync(path.join(copy, `${file}.gz`));
    const later = (time: string, year: string) =>
      new Date(Date.parse(`${year}${time.replace(' ', 'T')}Z`.replaceAll('/', '-')) + hours * 3_600_000).toISOString();
    const moved = text
      .replace(/\b20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\b/g, (time) => later(time, '').slice(0, 19).replace('T', ' '))
      .replace(/\b\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d\b/g, (time) =>
        later(time, '20').slice(2, 19).replace('T', ' ').replaceAll('-', '/'),
      );
    writeFileSync(path.join(copy, file), moved, 'latin1');
  }
  return copy;
}

describe('what died on a host', () => {
  it('is told by time, each end once, with whose it was and why; no run is chosen', async () => {
    const diagnosis = await ask('what died on bd-node12 last night?');
    expect(diagnosis.subject).toEqual({ kind: 'host', id: 'bd-node12' });
    expect(diagnosis.outcome).toBe('answered');
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'kernel.memcg_oom', standing: 'confirmed' });
    const events = diagnosis.events ?? [];
    const times = events.map(({ at }) => at ?? '');
    expect(times).toEqual([...times].sort());
    const kills = events.filter(({ statement }) => statement.includes('The kernel killed java'));
    expect(kills.map(({ statement }) => /pid (\d+)/.exec(statement)?.[1])).toEqual(['25082', '8883', '11781']);
    expect(kills[0]?.statement).toMatch(/^item_\w+ \(application_1795259698281_0005\), executor 1: .*limit of 768 MiB/);
    const provenance = new Map(diagnosis.evidence.map(({ id, provenance: by }) => [id, by]));
    for (const { evidence } of kills) expect(evidence.map((id) => provenance.get(id))).toContain('kernel');
    expect(diagnosis.summary).toContain('(3 of 5)');
  });

  it('is told in Chinese with the same figures', async () => {
    const diagnosis = await ask('bd-node12 昨晚挂了什么？');
    expect(diagnosis.summary).toMatch(/^bd-node12 上在 11:24:37 至 11:29:2\d（UTC）之间有 5 个进程或容器异常结束/);
    expect(diagnosis.events).toHaveLength(5);
  });

  it('keeps to the time that was named, where the kernel’s own log covers it', async () => {
    const diagnosis = await ask('what died on bd-node12 at 12:15?', DEMO, Date.UTC(2026, 10, 21, 12, 30));
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'none.healthy' });
    expect(diagnosis.summary).toContain('Nothing is on record as killed or crashed on bd-node12');
    expect(diagnosis.summary).toContain('The last one on record was at 2026-11-21 11:29 UTC');
  });

  it('knows a host by its ending, and lists the known ones for one that nobody knows', async () => {
    expect((await ask('what died on node12 last night?')).subject).toEqual({ kind: 'host', id: 'bd-node12' });
    const unknown = await ask('what died on node77 last night?');
    expect(unknown.outcome).toBe('needs_more');
    expect(unknown.summary).toContain('No host called node77 is known here; known are: ');
    expect(unknown.summary).toContain('bd-node11, bd-node12, bd-node13');
    expect(unknown.events).toEqual([]);
  });

  it('asks for the kernel log where an end has no reason, and where silence proves nothing', async () => {
    const open = await ask('what died on bd-node13 last night?');
    expect(open.outcome).toBe('needs_more');
    expect(open.summary).toContain('On bd-node13 there were 2 bad ends of processes and containers');
    expect(open.events?.every(({ statement }) => statement.includes('exit code 137'))).toBe(true);
    expect(open.needed[0]?.what).toContain('the kernel log of bd-node13');
    const silent = await ask('what died on bd-node13 between 11:05 and 11:10?');
    expect(silent.outcome).toBe('needs_more');
    expect(silent.summary).toContain('its kernel log of that time was not there');
  });

  it('stays about the run where one is named', async () => {
    const diagnosis = await ask('why did item_vector_backfill die on bd-node12?');
    expect(diagnosis.subject).toMatchObject({ kind: 'spark_application' });
    expect(diagnosis.events).toBeUndefined();
  });

  it.skipIf(captureOf('cache-112') === null)('tells of a service that is gone once (capture cache-112)', async () => {
    const diagnosis = await ask('what died on gpu-train-07?', captureOf('cache-112') as string);
    expect(diagnosis.events).toHaveLength(1);
    expect(diagnosis.rootCauses[0]?.code).toBe('cache.fuse_crash');
  });
});

describe('clocks that are off', () => {
  it('of a host by three hours change no cause and are told', async () => {
    const folder = withClockOff(DEMO, 3, [
      'hosts/bd-node12/var/log/hadoop-yarn/hadoop-yarn-nodemanager-bd-node12.log',
      'hosts/bd-gateway01/home/ml/yarn-logs-application_1795259698281_0005.txt',
    ]);
    const question = 'why did item_vector_backfill fail?';
    const [right, off] = [await ask(question), await ask(question, folder)];
    expect(off.rootCauses[0]).toMatchObject({ code: 'kernel.memcg_oom', standing: 'confirmed' });
    expect(off.rootCauses[0]?.chain.map(({ statement }) => statement)).toEqual(
      right.rootCauses[0]?.chain.map(({ statement }) => statement),
    );
    expect(off.skipped?.join()).toContain('the clock behind the logs of bd-node12 is 3 h ahead of the others');
    expect(right.skipped?.join()).not.toContain('clock behind');
  });
});

const AM_SHARE = captureOf('yarn-019');

describe.skipIf(AM_SHARE === null)('a queue (capture yarn-019)', () => {
  it('that is not full and holds a master back is answered with what blocks it', async () => {
    const diagnosis = await ask('队列 ads 满了吗', AM_SHARE as string);
    expect(diagnosis.subject).toEqual({ kind: 'queue', id: 'root.ads' });
    expect(diagnosis.outcome).toBe('answered');
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'scheduling.queue_blocked', standing: 'confirmed' });
    expect(diagnosis.summary).toMatch(
      /没有满，但有应用在等：ApplicationMaster 的份额用完了.*11:25:30（UTC）.*31 %.*等待 1 个/,
    );
    const told = (diagnosis.events ?? []).map(({ statement }) => statement).join('\n');
    expect(told).toContain('ad_text_dedup');
    expect(told).toContain('text_features_daily');
    expect(diagnosis.theories).toEqual([]);
  });

  it('with room and nothing that waits is well', async () => {
    const diagnosis = await ask('is queue adhoc full?', AM_SHARE as string);
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.summary).toMatch(/^No, it is not full, and nothing waits in it\..*17 %/);
    expect(diagnosis.rootCauses[0]?.chain[0]?.evidence.length).toBeGreaterThan(0);
  });

  it('of another time is not told by the present', async () => {
    const diagnosis = await ask('was queue ads full yesterday?', AM_SHARE as string);
    expect(diagnosis.outcome).toBe('needs_more');
    expect(diagnosis.summary).toContain('the nearest sample is of 2026-11-21 11:25 UTC');
  });

  it('that nobody knows is answered with those there are', async () => {
    const diagnosis = await ask('is queue prod full?', AM_SHARE as string);
    expect(diagnosis.outcome).toBe('needs_more');
    expect(diagnosis.summary).toContain('there are: root.etl, root.ads, root.adhoc');
  });

  it('is one of several, and the cluster is told as a whole', async () => {
    expect((await ask('which queues are full?', AM_SHARE as string)).summary).toContain(
      'With work that waits: root.ads',
    );
    const cluster = await ask('who is using the cluster?', AM_SHARE as string);
    expect(cluster.subject).toEqual({ kind: 'cluster', id: 'cluster' });
    expect(cluster.outcome).toBe('healthy');
    expect(cluster.summary).toContain('3 nodes active, 0 lost or unhealthy');
  });
});

const COLD = captureOf('cache-101');

describe.skipIf(COLD === null)('data in the cache (capture cache-101)', () => {
  it('is told as far as the figures of the whole cache go, and never as proven', async () => {
    const diagnosis = await ask('is ad-creatives cached?', COLD as string);
    expect(diagnosis.subject).toEqual({ kind: 'dataset', id: 'ad-creatives' });
    expect(diagnosis.outcome).toBe('healthy');
    expect(diagnosis.rootCauses[0]?.standing).toBe('likely');
    expect(diagnosis.summary).toContain('The figures are of everything in the cache');
    expect(diagnosis.needed[0]?.how).toContain('alluxio fs ls -R /data/svc/ufs/ad-creatives ');
  });

  it('was not there while it was read for the first time', async () => {
    const diagnosis = await ask('was ad-creatives cached at 10:28?', COLD as string);
    expect(diagnosis.rootCauses[0]).toMatchObject({ code: 'cache.cold', standing: 'likely' });
  });

  it('that no mount and no log names is answered with the mounts', async () => {
    const diagnosis = await ask('is imagenet-22k cached?', COLD as string);
    expect(diagnosis.outcome).toBe('needs_more');
    expect(diagnosis.summary).toContain('mounted are: / (/data/svc/ufs)');
  });
});
