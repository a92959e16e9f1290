import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openCapture } from '../platform/capture-platform.ts';
import type { Platform } from '../platform/platform.ts';
import { openWire, replayed, WIRE_FAULTS, type Wire } from '../platform/wire-fixture.ts';
import type { HdfsFacts, HdfsScope } from './hdfs-facts.ts';
import { judgeHdfs } from './hdfs-rules.ts';
import { readHdfsFacts } from './read-hdfs-facts.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const SAFE_MODE = path.join(SHARED, 'captures/yarn-032-ods-order-load-namenode-safemode/capture');
const QUOTA = path.join(SHARED, 'captures/yarn-013-channel-roi-staging-space-quota/capture');
const signal = new AbortController().signal;
const open: Wire[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((wire) => wire.close()));
});

/** The same recorded answers, read from the folder and over HTTP on loopback (a fake that replays real bytes). */
const BACKENDS: Readonly<Record<string, (capture: string) => Promise<Platform>>> = {
  recorded: openCapture,
  'live over HTTP': async (capture) => {
    const wire = await openWire({ 'hdfs-namenode': await replayed(await openCapture(capture), 'hdfs-namenode') });
    open.push(wire);
    return wire.platform;
  },
};

async function factsOf(platform: Platform, paths: readonly string[] = []): Promise<HdfsFacts> {
  const read = await readHdfsFacts(platform, paths, signal);
  if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
  return read.value;
}

const scopeAround = (at: number): HdfsScope => ({
  window: { from: at - 30_000, to: at + 30_000 },
  applicationId: null,
  paths: [],
  hosts: [],
});

describe.skipIf(!existsSync(SAFE_MODE))('a NameNode in safe mode, capture yarn-032', () => {
  it.each(Object.keys(BACKENDS))('%s: says why, with its own words and who called', async (backend) => {
    const facts = await factsOf(await (BACKENDS[backend] as (typeof BACKENDS)[string])(SAFE_MODE));
    const [look] = facts.nameNodes;
    expect(facts.nameNodes).toHaveLength(1);
    expect(look).toMatchObject({
      haState: 'active',
      safeMode:
        'Safe mode is ON. It was turned on manually. Use "hdfs dfsadmin -safemode leave" to turn safe mode off.',
      blocks: { total: 127, missing: 0, corrupt: 0, lowRedundancy: 0 },
      liveDataNodes: 3,
      deadDataNodes: 0,
      safeModeCallers: ['hdfs'],
      startedAt: 1795256285672,
    });
    expect(look?.nodes.map(({ host, state, failedVolumes }) => [host, state, failedVolumes])).toEqual([
      ['bd-node11', 'live', 0],
      ['bd-node12', 'live', 0],
      ['bd-node13', 'live', 0],
    ]);
    expect(look?.nodes[0]?.evidence.excerpt).toMatch(/^\\"bd-node11:9866\\":\{[^}]*\}$/);
    const found = judgeHdfs(facts, scopeAround(look?.at ?? 0));
    expect(found.map(({ code }) => code)).toEqual(['storage.hdfs_safemode', null]);
    expect(found[0]).toMatchObject({
      kind: 'observed',
      values: { reason: 'manual', enteredBy: 'hdfs' },
      sharedService: true,
    });
    expect(found[0]?.statement.en).toBe(
      'The NameNode was in safe mode, turned on by hand by hdfs: it refused every change of the file system',
    );
    expect(found[0]?.evidence[0]).toMatchObject({ provenance: 'storage', area: 'storage' });
    expect(found[0]?.evidence[0]?.excerpt).toContain('"Safemode" : "Safe mode is ON.');
    expect(found[1]?.refutes?.map(({ code }) => code)).toEqual(['storage.hdfs_datanode_down']);
  });

  it('quotes stand in the answers at the lines named', async () => {
    const platform = await openCapture(SAFE_MODE);
    const facts = await factsOf(platform);
    const answers = await platform.recorded('hdfs-namenode');
    const pieces = [
      ...Object.values(facts.nameNodes[0]?.evidence ?? {}),
      ...(facts.nameNodes[0]?.nodes.map(({ evidence }) => evidence) ?? []),
    ];
    expect(pieces.length).toBeGreaterThan(8);
    for (const piece of pieces) {
      const body = answers.find(({ source }) => source === piece.source)?.body ?? '';
      const lines = body.split('\n').slice(piece.fromLine - 1, piece.toLine);
      expect(lines.join('\n')).toContain(piece.excerpt);
    }
  });
});

describe.skipIf(!existsSync(QUOTA))('a NameNode at work, capture yarn-013', () => {
  it.each(Object.keys(BACKENDS))('%s: speaks against safe mode in its own time only', async (backend) => {
    const facts = await factsOf(await (BACKENDS[backend] as (typeof BACKENDS)[string])(QUOTA));
    const at = facts.nameNodes[0]?.at ?? 0;
    const refuted = judgeHdfs(facts, scopeAround(at)).flatMap(({ refutes }) => refutes?.map(({ code }) => code) ?? []);
    expect(refuted).toContain('storage.hdfs_safemode');
    expect(judgeHdfs(facts, scopeAround(at - 86_400_000))).toEqual([]);
  });
});

describe('the wire', () => {
  it.each(Object.entries(WIRE_FAULTS))('%s of one NameNode costs a note; the other one is read', async (_, fault) => {
    const well = JSON.stringify({
      beans: [{ name: 'Hadoop:service=NameNode,name=FSNamesystemState', FSState: 'Operational', NumLiveDataNodes: 2 }],
    });
    const wire = await openWire({
      'hdfs-namenode@nn1': () => fault,
      'hdfs-namenode@nn2': (request) => (request.startsWith('/jmx') ? { status: 200, body: well } : null),
    });
    open.push(wire);
    const began = Date.now();
    const read = await readHdfsFacts(wire.platform, ['/data/x'], signal);
    expect(Date.now() - began).toBeLessThan(5_000);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    expect(read.value.nameNodes.filter(({ service }) => service === 'hdfs-namenode@nn2')[0]).toMatchObject({
      safeMode: '',
      liveDataNodes: 2,
    });
    expect(read.notes.filter(({ en }) => en.includes('nn1'))).toHaveLength(1);
  });

  it('asks nothing but JMX and summaries, and follows no redirect', async () => {
    const wire = await openWire({
      'hdfs-namenode': (request) =>
        request.startsWith('/webhdfs') ? { status: 307, body: '' } : { status: 200, body: '{"beans":[]}' },
    });
    open.push(wire);
    const read = await readHdfsFacts(wire.platform, ['hdfs://ns1/user/etl/', '/a/../etc', 'relative'], signal);
    expect(read.outcome).toBe('no_data');
    expect(wire.asked.filter((line) => !line.includes('/jmx?qry='))).toEqual([
      'hdfs-namenode /webhdfs/v1/user/etl?op=GETCONTENTSUMMARY',
    ]);
  });

  it('without any HDFS says so', async () => {
    const wire = await openWire({});
    open.push(wire);
    expect(await readHdfsFacts(wire.platform, [], signal)).toMatchObject({ outcome: 'failed', retryable: false });
  });
});
