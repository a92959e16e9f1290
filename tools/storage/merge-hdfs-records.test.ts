import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOGS_READ } from '../logs/logs-read.ts';
import { readRecords } from '../logs/read-records.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { judgeHdfs } from './hdfs-rules.ts';
import { mergeHdfsRecords, safeModeReason } from './merge-hdfs-records.ts';
import { emptyHdfsFacts, readHdfsFacts } from './read-hdfs-facts.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const SAFE_MODE = path.join(SHARED, 'captures/yarn-032-ods-order-load-namenode-safemode/capture');
const signal = new AbortController().signal;

describe.skipIf(!existsSync(SAFE_MODE))('logs of a NameNode, capture yarn-032', () => {
  it('tell who turned safe mode on, from where, and when; JMX agrees', async () => {
    const platform = await openCapture(SAFE_MODE);
    const read = await LOGS_READ.run({}, { platform, signal });
    const hdfs = await readHdfsFacts(platform, [], signal);
    if (read.outcome !== 'ok' || hdfs.outcome !== 'ok') throw new Error('not read');
    const records = read.value.facts.logs.flatMap((log) => [...log.records]);
    const facts = mergeHdfsRecords(hdfs.value, records);
    expect(facts.events.map(({ kind }) => kind).sort()).toEqual(['safe_mode_call', 'safe_mode_on']);
    const window = { from: Date.UTC(2026, 10, 21, 11, 39, 1), to: Date.UTC(2026, 10, 21, 11, 39, 28) };
    const [finding] = judgeHdfs(facts, { window, applicationId: null, paths: [], hosts: [] });
    expect(finding).toMatchObject({
      code: 'storage.hdfs_safemode',
      at: Date.UTC(2026, 10, 21, 11, 39, 22, 797),
      values: { reason: 'manual', enteredBy: 'hdfs' },
    });
    expect(finding?.statement.en).toContain('turned on by hand by hdfs@127.0.1.20');
    expect(finding?.evidence.map(({ source }) => source.split('/').at(-1))).toEqual([
      'hadoop-hdfs-namenode-bd-master01.log',
      expect.stringContaining('NameNodeInfo'),
      'hdfs-audit.log',
    ]);
  });
});

describe('mergeHdfsRecords', () => {
  const origin = { source: 'x', area: 'storage' as const, keys: { host: 'dn1' } };

  it('believes only the servers about themselves', () => {
    const line = '2026-11-21 11:00:01,000 INFO org.apache.hadoop.hdfs.StateChange: STATE* Safe mode is ON. ';
    const ofUser = readRecords(line, { ...origin, writer: 'namenode', provenance: 'user_process' });
    const ofDriver = readRecords(line, { ...origin, writer: 'spark_driver', provenance: 'storage' });
    expect(mergeHdfsRecords(emptyHdfsFacts(), [...ofUser, ...ofDriver]).events).toEqual([]);
  });

  it('knows a call that was refused from one that was not, and low space by its volume', () => {
    const refused =
      '2026-11-21 11:00:01,000 INFO FSNamesystem.audit: allowed=false\tugi=bi\tip=/1.2.3.4\tcmd=safemode_enter\tsrc=null';
    expect(
      mergeHdfsRecords(
        emptyHdfsFacts(),
        readRecords(refused, { ...origin, writer: 'hdfs_audit', provenance: 'storage' }),
      ).events,
    ).toEqual([]);
    const low =
      "2026-11-21 11:00:01,000 WARN org.apache.hadoop.hdfs.server.namenode.NameNodeResourceChecker: Space available on volume '/dev/vdb' is 1024, which is below the configured reserved amount 104857600";
    expect(
      mergeHdfsRecords(emptyHdfsFacts(), readRecords(low, { ...origin, writer: 'namenode', provenance: 'storage' }))
        .events[0],
    ).toMatchObject({ kind: 'low_on_disk', path: '/dev/vdb' });
  });

  it('reads no reason into words that give none', () => {
    expect(safeModeReason('Safe mode is ON.')).toBe('unknown');
  });
});
