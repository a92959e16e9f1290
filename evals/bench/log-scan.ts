import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BenchOptions } from './bench-options.ts';
import type { ScanMeasured } from './measure-log-scan.ts';
import { repeatLog } from './repeat-log.ts';

const ROUNDS = 3;
/** The loop over every signature and line would take an hour for a gigabyte: its speed is taken from so much of it. */
const NAIVE_BYTES = 8 << 20;
const TIMES_FASTER = 5;
const READS = 2;
const IDLE_SECONDS = 3;
const COMMAND = path.resolve(import.meta.dirname, '../../bot/terminal/wherefore.mjs');
/** A recorded run that failed by its own code; its driver's log is the real part of the input. */
const SOURCE = 'captures/yarn-023-*/capture/hosts/*/home/*/yarn-logs-application_*.txt';
const CODE = 'code.user_code';

/**
 * The scan of a large raw log with all signatures: against a loop that tries each signature on each line, and `ask` on the same file
 * against one plain read of it. The log is a recorded failed driver's, its progress repeated (`quiet`), or all of it (`noisy`).
 */
export async function benchLogScan({ shared, sizeGb }: BenchOptions): Promise<readonly string[]> {
  const [source] = shared === null ? [] : globSync(path.join(shared, SOURCE));
  if (source === undefined) {
    console.log('skipped: the recorded incidents are not on this machine (set WHEREFORE_SHARED)');
    return [];
  }
  const missed: string[] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-bench-'));
  try {
    for (const kind of ['quiet', 'noisy'] as const) {
      const log = path.join(folder, `${kind}.log`);
      await repeatLog({ lines: driverLines(readFileSync(source, 'utf8')), bytes: sizeGb * 1e9, kind }, log);
      missed.push(...measureKind(kind, log));
      rmSync(log);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return missed;
}

function measureKind(kind: string, log: string): string[] {
  const naive = measure('naive', log, NAIVE_BYTES);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    plain: measure('plain', log),
    ours: measure('ours', log),
    ask: ask(log),
  }));
  const plain = fastest(rounds.map((round) => round.plain));
  const ours = fastest(rounds.map((round) => round.ours));
  const asked = rounds.map((round) => round.ask).reduce((a, b) => (b.ms < a.ms ? b : a));
  const faster = ours.bytes / ours.ms / (naive.bytes / naive.ms);
  const reads = asked.ms / plain.ms;
  console.log(`${kind}: ${gb(plain.bytes)} GB`);
  console.log(`  one plain read            ${seconds(plain.ms)} s  (${rate(plain)} MB/s)`);
  console.log(
    `  scan with all signatures  ${seconds(ours.ms)} s  (${rate(ours)} MB/s), peak ${Math.round(ours.peakMb)} MB, found ${ours.codes.join(', ')}`,
  );
  console.log(
    `  each signature on each line  ${rate(naive)} MB/s over ${naive.bytes >> 20} MB: the scan is ${faster.toFixed(0)} times faster`,
  );
  console.log(
    `  ask                       ${seconds(asked.ms)} s, ${reads.toFixed(1)} plain reads, first code ${asked.code}`,
  );
  const misses: string[] = [];
  if (faster < TIMES_FASTER)
    misses.push(`log scan (${kind}): ${faster.toFixed(1)} times faster, wanted ${TIMES_FASTER}`);
  if (!ours.codes.includes(CODE)) misses.push(`log scan (${kind}): ${CODE} was not found`);
  if (asked.code !== CODE) misses.push(`ask (${kind}): named ${asked.code}, the run failed by ${CODE}`);
  if (reads > READS) misses.push(`ask (${kind}): ${reads.toFixed(1)} plain reads, wanted at most ${READS}`);
  if (asked.ms > IDLE_SECONDS * 1000)
    misses.push(`ask (${kind}): ${seconds(asked.ms)} s, wanted at most ${IDLE_SECONDS} s on an idle machine`);
  return misses;
}

function measure(reader: 'plain' | 'ours' | 'naive', log: string, bytes?: number): ScanMeasured {
  const script = path.join(import.meta.dirname, 'measure-log-scan.ts');
  const printed = execFileSync(
    process.execPath,
    [script, reader, log, ...(bytes === undefined ? [] : [String(bytes)])],
    { encoding: 'utf8' },
  );
  return JSON.parse(printed) as ScanMeasured;
}

/** The whole command, start of the process included. */
function ask(log: string): { ms: number; code: string } {
  const start = performance.now();
  const printed = execFileSync(
    process.execPath,
    [COMMAND, 'ask', 'why did this job fail?', '--attach', log, '--no-model', '--json'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ms = performance.now() - start;
  const diagnosis = JSON.parse(printed) as { rootCauses?: { code?: string }[] };
  return { ms, code: diagnosis.rootCauses?.[0]?.code ?? 'none' };
}

/** The driver's section of an aggregated log: the one with the SparkContext. */
function driverLines(aggregated: string): string[] {
  const sections = aggregated.split(/^LogContents:\n/m).map((section) => section.split(/^End of LogType:/m)[0] ?? '');
  const driver = sections.find((section) => section.includes('SparkContext: Running Spark version'));
  if (driver === undefined) throw new Error('the recorded log has no driver section');
  return driver.split('\n').filter((line) => line !== '');
}

function fastest(measured: readonly ScanMeasured[]): ScanMeasured {
  return measured.reduce((a, b) => (b.ms < a.ms ? b : a));
}

function rate({ bytes, ms }: ScanMeasured): string {
  return (bytes / 1000 / ms).toFixed(0);
}

function gb(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}
