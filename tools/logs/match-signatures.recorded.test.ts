import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../evidence/finding.ts';
import { openCapture } from '../platform/capture-platform.ts';
import { openChunks } from '../platform/open-chunks.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { HINT_RANK, matchSignatures, rankOfSignature } from './match-signatures.ts';
import { readLog } from './read-log.ts';
import { readRecords } from './read-records.ts';
import { SIGNATURES } from './signatures/index.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../shared');
const QUESTIONS = path.join(SHARED, 'questions');
const CAPTURES = path.join(SHARED, 'captures');

interface Asked {
  id: string;
  question: string;
  artifacts: { text: string }[];
  expected: { code: string; alsoRight: string[]; insufficient: boolean };
}

function asked(): Asked[] {
  const files = readdirSync(QUESTIONS).filter((file) => /^q\d+\.json$/.test(file));
  return files.sort().map((file) => JSON.parse(readFileSync(path.join(QUESTIONS, file), 'utf8')) as Asked);
}

function toldBy(one: Asked): Finding[] {
  const texts = [one.question, ...one.artifacts.map(({ text }) => text)];
  const origin = { writer: 'asker', provenance: 'asker', area: 'logs', keys: {} } as const;
  return matchSignatures(texts.flatMap((text, at) => readRecords(text, { ...origin, source: `attach:${at}` })));
}

/** The code nearest to the root among what the texts say, hints left out. */
function firstCode(findings: readonly Finding[]): string {
  const rank = (finding: Finding) => rankOfSignature(finding.rule) ?? 0;
  const causes = findings.filter((finding) => finding.code !== null && !finding.echo && rank(finding) >= HINT_RANK);
  return causes.toSorted((a, b) => rank(b) - rank(a))[0]?.code ?? 'unknown.insufficient_evidence';
}

describe.skipIf(!existsSync(QUESTIONS))('the questions people really asked', () => {
  it('get the right code first from the text alone, three of four at least', () => {
    const all = asked();
    const right = all.filter((one) => firstCode(toldBy(one)) === one.expected.code);
    expect(right.length / all.length).toBeGreaterThanOrEqual(0.75);
  });

  it('are never answered as sure where the evidence does not decide', () => {
    for (const one of asked().filter(({ expected }) => expected.insufficient)) {
      const findings = toldBy(one);
      expect(
        findings.filter(({ kind }) => kind === 'observed'),
        one.id,
      ).toEqual([]);
      expect(
        findings.flatMap(({ completeStatement }) => completeStatement ?? []),
        one.id,
      ).toEqual([]);
      expect([one.expected.code, ...one.expected.alsoRight], one.id).toContain(firstCode(findings));
    }
  });
});

/** What the text of a recorded incident must show, observed by the component that may say it. */
const SHOWN: readonly [string, string][] = [
  ['yarn-003-embedding-score-jvm-option-rollout', 'config.resource_setting'],
  ['yarn-005-embedding-score-physical-limit', 'memory.container_physical_limit'],
  ['yarn-013-channel-roi-staging-space-quota', 'storage.hdfs_quota'],
  ['yarn-017-campaign-export-driver-physical-limit', 'memory.container_physical_limit'],
  ['yarn-023-retention-cube-hidden-zero-division', 'code.user_code'],
  ['yarn-028-ad-geohash-class-missing', 'dependency.class_missing'],
  ['yarn-029-campaign-export-heap-oom-three-faces', 'memory.executor_heap_oom'],
  ['yarn-031-user-ltv-preempted-by-etl', 'scheduling.preemption'],
  ['yarn-032-ods-order-load-namenode-safemode', 'storage.hdfs_safemode'],
  ['yarn-035-ad-factor-matrix-max-result-size', 'memory.result_size'],
  ['cache-208-pids-limit-native-thread', 'memory.native_thread'],
  ['cache-211-enospc-local-dir', 'storage.disk_full_local'],
];

const LITERALS = [...new Set(SIGNATURES.flatMap(({ literals }) => literals))];

async function linesOf(file: PlatformFile): Promise<string[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of openChunks(file)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').split('\n');
}

/** Every finding of a capture's logs; each quote is read again at its place, as the gate does. */
async function findingsOf(capture: string): Promise<Finding[]> {
  const platform = await openCapture(path.join(CAPTURES, capture));
  const { files } = await platform.files();
  const all: Finding[] = [];
  for (const file of files.filter(({ sampledAt }) => sampledAt === undefined)) {
    const logs = await readLog(file, { literals: LITERALS });
    const findings = matchSignatures(logs.flatMap(({ records }) => [...records]));
    if (findings.length === 0) continue;
    const lines = await linesOf(file);
    for (const { rule, evidence } of findings) {
      const quote = evidence[0];
      const place = lines.slice((quote?.fromLine ?? 1) - 1, quote?.toLine).join('\n');
      expect(place, `${rule} at ${quote?.source}:${quote?.fromLine}`).toContain(quote?.excerpt);
    }
    all.push(...findings);
  }
  return all;
}

describe.skipIf(!existsSync(CAPTURES))('recorded incidents', () => {
  it.each(SHOWN)('%s shows %s', async (capture, code) => {
    const findings = await findingsOf(capture);
    const shown = findings.filter((finding) => finding.code === code && finding.kind === 'observed');
    expect(shown.length).toBeGreaterThan(0);
  });

  it('a healthy run of the standalone cluster shows no cause at all', async () => {
    const findings = await findingsOf('slow-019-shop-exposure-healthy');
    expect(findings.filter(({ code, echo }) => code !== null && !echo).map(({ rule }) => rule)).toEqual([]);
  });
});
