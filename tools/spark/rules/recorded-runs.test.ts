import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../evidence/finding.ts';
import { openCapture } from '../../platform/capture-platform.ts';
import { readText } from '../../platform/read-text.ts';
import { eventLogSource } from '../event-log-source.ts';
import type { SparkRun } from '../facts.ts';
import { fileAt, SHARED } from '../fixtures/shared-data.ts';
import { readEventLog } from '../read-event-log.ts';
import { judgeSparkRun } from './index.ts';

const CAPTURES = path.join(SHARED, 'captures');
const LOGS = path.join(SHARED, 'eventlogs');

interface Judged {
  run: SparkRun;
  findings: Finding[];
}

/** Every run of a capture by its application id, judged. */
async function judgeCapture(incident: string): Promise<Map<string, Judged>> {
  const source = eventLogSource(await openCapture(path.join(CAPTURES, incident)));
  const listed = await source.list();
  const judged = new Map<string, Judged>();
  for (const { handle, applicationId } of listed.outcome === 'ok' ? listed.value : []) {
    const read = await source.read(handle);
    if (read.outcome === 'ok')
      judged.set(applicationId ?? handle, { run: read.value, findings: judgeSparkRun(read.value) });
  }
  return judged;
}

function incidentOf(name: string): { appId: string; baselineAppIds?: string[] } {
  return JSON.parse(readFileSync(path.join(CAPTURES, name, 'incident.json'), 'utf8'));
}

const observedCodes = (findings: readonly Finding[]) =>
  findings.filter(({ kind, code }) => kind === 'observed' && code !== null).map(({ code }) => code);

/** What the slow run of each recorded pair shows by itself. A cause that only a comparison tells is not here. */
const SLOW: readonly [incident: string, code: string, kind: Finding['kind'], minWeight: number][] = [
  ['slow-001-order-user-wide-skew', 'skew.join_key', 'observed', 0.6],
  ['slow-004-user-path-spill', 'memory.spill', 'observed', 0.15],
  ['slow-005-user-tag-gc', 'memory.gc_overhead', 'observed', 0.5],
  ['slow-007-pv-sku-broadcast-lost', 'code.inefficient_plan', 'observed', 0.5],
  ['slow-009-user-path-slow-disk', 'storage.slow_disk', 'observed', 0.7],
  ['slow-010-session-path-fetch-wait', 'shuffle.fetch_wait', 'observed', 0.6],
  ['slow-012-shop-gmv-dynamic-allocation', 'scheduling.dynamic_allocation', 'observed', 0.3],
  ['slow-013-coupon-audience-driver-loop', 'code.inefficient_plan', 'observed', 0.5],
  ['slow-015-item-vec-speculation-off', 'kernel.cpu_contention', 'inferred', 0.4],
  ['slow-017-sku-daily-aqe-off', 'skew.partition_sizing', 'observed', 0.6],
  ['slow-021-pv-parse-python-udf', 'code.inefficient_plan', 'observed', 0.5],
  ['slow-024-order-skew-spark4', 'skew.join_key', 'observed', 0.6],
  ['slow-028-refund-by-shop-many-output-files', 'data.small_files', 'observed', 0.6],
];

describe.skipIf(!existsSync(CAPTURES))('recorded slow runs and their usual ones (shared captures)', () => {
  test.each(SLOW)('%s: %s', async (incident, code, kind, minWeight) => {
    const truth = incidentOf(incident);
    const judged = await judgeCapture(incident);
    const findings = judged.get(truth.appId)?.findings ?? [];
    const coded = findings.filter((finding) => finding.code !== null).sort((a, b) => b.weight - a.weight);
    expect(coded[0]).toMatchObject({ code, kind });
    expect(coded[0]?.weight).toBeGreaterThan(minWeight);
    // Nothing else is observed in the slow run, and nothing at all in the usual ones.
    expect(new Set(observedCodes(findings))).toEqual(kind === 'observed' ? new Set([code]) : new Set());
    for (const id of truth.baselineAppIds ?? []) expect(observedCodes(judged.get(id)?.findings ?? [])).toEqual([]);
  });

  test.each([
    'slow-002-ctr-feature-input-grew',
    'slow-019-shop-exposure-healthy',
    'slow-023-ctr-feature-still-running',
    'slow-026-ctr-feature-grew-spark4',
    'yarn-004-dau-report-healthy',
  ])('%s: no cause is found within a run', async (incident) => {
    for (const { findings } of (await judgeCapture(incident)).values()) {
      expect(findings.filter(({ code }) => code !== null)).toEqual([]);
    }
  });

  test('a preempted executor that was replaced does not explain the end of the run (yarn-017)', async () => {
    const [judged] = (await judgeCapture('yarn-017-campaign-export-driver-physical-limit')).values();
    const preempted = judged?.findings.find(({ code }) => code === 'scheduling.preemption');
    expect(preempted).toMatchObject({ kind: 'inferred', keys: { executorId: '2' } });
    expect(preempted?.weight).toBeLessThan(0.25);
  });

  test('three faces of one failure are told apart and none is taken for proof (yarn-029)', async () => {
    const [judged] = (await judgeCapture('yarn-029-campaign-export-heap-oom-three-faces')).values();
    const lost = judged?.findings.filter(({ rule }) => rule === 'spark/lost-executors') ?? [];
    expect(lost.map(({ code }) => code)).toEqual([
      'memory.executor_heap_oom',
      null,
      'memory.container_physical_limit',
      null,
    ]);
    expect(observedCodes(judged?.findings ?? [])).toEqual([]);
  });

  test('the result limit and what would have sufficed (yarn-035)', async () => {
    const [judged] = (await judgeCapture('yarn-035-ad-factor-matrix-max-result-size')).values();
    const finding = judged?.findings.find(({ code }) => code === 'memory.result_size');
    expect(finding).toMatchObject({
      kind: 'observed',
      values: { limitBytes: 8 * 1024 * 1024, 'spark.driver.maxResultSize': '16m' },
    });
  });

  test('every piece of evidence stands where it says, byte for byte', async () => {
    for (const incident of [
      'slow-001-order-user-wide-skew',
      'slow-007-pv-sku-broadcast-lost',
      'slow-021-pv-parse-python-udf',
    ]) {
      const platform = await openCapture(path.join(CAPTURES, incident));
      const { files } = await platform.files();
      const lines = new Map<string, string[]>();
      for (const { findings } of (await judgeCapture(incident)).values()) {
        for (const { evidence } of findings) {
          expect(evidence.length).toBeGreaterThan(0);
          for (const { source, fromLine, excerpt } of evidence) {
            const file = files.find((candidate) => candidate.source === source);
            if (file && !lines.has(source)) lines.set(source, (await readText(file, 64 << 20)).text.split('\n'));
            expect(lines.get(source)?.[fromLine - 1]).toContain(excerpt);
          }
        }
      }
    }
  });
});

function* logFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* logFiles(file);
    else if (!/\.md$|LICENSE|^appstatus/.test(entry.name) && !file.includes('LICENSES')) yield file;
  }
}

describe.skipIf(!existsSync(LOGS))('real event logs of public projects (shared event logs)', () => {
  const files = existsSync(LOGS) ? [...logFiles(LOGS)] : [];

  test.each(files.map((file) => [path.relative(LOGS, file), file]))('%s: no cause is observed', async (_name, file) => {
    const read = await readEventLog([fileAt(file)]);
    if (read.outcome !== 'ok') return expect(['no_data', 'failed']).toContain(read.outcome);
    expect(observedCodes(judgeSparkRun(read.value))).toEqual([]);
  });
});
