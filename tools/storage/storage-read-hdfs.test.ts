import { afterEach, describe, expect, it } from 'vitest';
import { openWire, type Wire } from '../platform/wire-fixture.ts';
import { STORAGE_READ_HDFS } from './storage-read-hdfs.ts';

const signal = new AbortController().signal;
let wire: Wire | null = null;
afterEach(async () => await wire?.close());

/** Bodies typed after the recorded 3.3.6 and the WebHDFS documentation; no recording. */
const JMX = JSON.stringify({
  beans: [{ name: 'Hadoop:service=NameNode,name=NameNodeInfo', Safemode: '', NumberOfMissingBlocks: 0 }],
});
const SUMMARY = JSON.stringify({
  ContentSummary: {
    directoryCount: 3,
    fileCount: 7,
    length: 4096,
    quota: 10,
    spaceConsumed: 12288,
    spaceQuota: -1,
  },
});
const GONE = JSON.stringify({
  RemoteException: {
    exception: 'FileNotFoundException',
    javaClassName: 'java.io.FileNotFoundException',
    message: 'File does not exist: /gone',
  },
});

describe('storage_read_hdfs', () => {
  it('asks for the paths named and judges their quotas; a path that is not there is told, not judged', async () => {
    wire = await openWire({
      'hdfs-namenode@nn1': (request) => {
        if (request.startsWith('/jmx')) return { status: 200, body: JMX };
        return request.includes('/gone') ? { status: 404, body: GONE } : { status: 200, body: SUMMARY };
      },
    });
    const input = STORAGE_READ_HDFS.input.parse({ paths: ['/user/a b', '/gone'] });
    const read = await STORAGE_READ_HDFS.run(input, { platform: wire.platform, signal });
    if (read.outcome !== 'ok') throw new Error(JSON.stringify(read));
    expect(wire.asked).toContain('hdfs-namenode@nn1 /webhdfs/v1/user/a%20b?op=GETCONTENTSUMMARY');
    expect(read.value.facts.paths.map(({ path, refusal }) => [path, refusal?.exception ?? null])).toEqual([
      ['/user/a b', null],
      ['/gone', 'FileNotFoundException'],
    ]);
    expect(read.value.findings.map(({ code, keys }) => [code, keys.path])).toEqual([
      ['storage.hdfs_quota', '/user/a b'],
    ]);
  });

  it('refuses what is no input of its own', () => {
    expect(STORAGE_READ_HDFS.input.safeParse({ path: '/x' }).success).toBe(false);
    expect(STORAGE_READ_HDFS.input.safeParse({ paths: Array(9).fill('/x') }).success).toBe(false);
  });
});
