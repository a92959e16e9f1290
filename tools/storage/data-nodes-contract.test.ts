import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Moment, openMoment, placesAside } from '../platform/contract-fixture.ts';
import type { Platform } from '../platform/platform.ts';
import type { HdfsFacts } from './hdfs-facts.ts';
import { judgeHdfs } from './hdfs-rules.ts';
import { readHdfsFacts } from './read-hdfs-facts.ts';

const AT = Date.UTC(2026, 10, 21, 11);
const signal = new AbortController().signal;

/** The one request that a DataNode is asked, as `read-hdfs-facts.ts` puts it. */
const REQUEST = '/jmx?qry=Hadoop:service=DataNode,name=*';

/** JMX of a DataNode in the form of Hadoop 3.3 (`DataNodeInfo`, `FSDatasetState`); composed, no recording holds one. */
const jmx = (failedVolumes: number) =>
  JSON.stringify({
    beans: [
      {
        name: 'Hadoop:service=DataNode,name=DataNodeInfo',
        Version: '3.3.6',
        VolumeInfo: JSON.stringify({ '/data1/dn': { usedSpace: 900, freeSpace: 100, reservedSpace: 0 } }),
      },
      { name: 'Hadoop:service=DataNode,name=FSDatasetState', NumFailedVolumes: failedVolumes },
    ],
  });

describe('contract: what DataNodes tell of themselves', () => {
  let capture = '';
  let moment: Moment;

  beforeAll(async () => {
    capture = mkdtempSync(path.join(tmpdir(), 'wherefore-data-nodes-'));
    mkdirSync(path.join(capture, 'http'));
    const rows = ['dn1', 'dn2'].map((host, failed) => {
      writeFileSync(path.join(capture, `http/${host}.json`), jmx(failed));
      return ['20261121T110000Z', `hdfs-datanode@${host}`, REQUEST, 200, `http/${host}.json`].join('\t');
    });
    writeFileSync(path.join(capture, 'http/index.tsv'), ['at\tservice\trequest\tstatus\tfile', ...rows, ''].join('\n'));
    moment = await openMoment(capture, { keep: () => true, hosts: 'none' });
    vi.useFakeTimers({ toFake: ['Date'], now: moment.at });
  });
  afterAll(async () => {
    vi.useRealTimers();
    await moment.close();
    rmSync(capture, { recursive: true, force: true });
  });

  async function factsOf(platform: Platform): Promise<HdfsFacts> {
    const read = await readHdfsFacts(platform, [], signal);
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    return read.value;
  }
  const judged = (facts: HdfsFacts) => judgeHdfs(facts, { window: null, applicationId: null, paths: [], hosts: [] });

  it.each(['recorded', 'live'] as const)('%s: each with its failed volumes and its disks', async (backend) => {
    const facts = await factsOf(await moment.backends[backend]());
    expect(facts.dataNodes.map(({ host, at, failedVolumes }) => [host, at, failedVolumes])).toEqual([
      ['dn1', AT, 0],
      ['dn2', AT, 1],
    ]);
    expect(facts.dataNodes[0]?.volumes).toMatchObject([{ usedBytes: 900, freeBytes: 100 }]);
    expect(judged(facts).map(({ rule, code }) => [rule, code])).toEqual([
      ['storage/hdfs-failed-volume', 'storage.bad_disk'],
    ]);
  });

  it('is the same on both, figures and quotes included', async () => {
    const recorded = await factsOf(await moment.backends.recorded());
    const live = await factsOf(await moment.backends.live());
    expect(placesAside(live)).toEqual(placesAside(recorded));
    expect(placesAside(judged(live))).toEqual(placesAside(judged(recorded)));
  });
});
