import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { partOfFile } from '../../tools/spark/event-log/log-part.ts';
import { openEventLog } from '../../tools/spark/event-log/open-event-log.ts';
import type { BenchOptions } from './bench-options.ts';
import type { Measured } from './measure-reader.ts';
import { repeatEventLog } from './repeat-event-log.ts';

const ROUNDS = 3;
const MAX_RSS_MB = 500;
/** Bytes kept of each task: what may grow with the log. */
const COLUMN_BYTES = 250;

interface Sample {
  name: string;
  /** Where in the shared data the real log lies. */
  pattern: string;
  /** How many times faster than the plain loop the reader must be. */
  target: number;
}

const SAMPLES: readonly Sample[] = [
  { name: 'heavy in accumulables', pattern: 'captures/slow-017*/capture/hdfs/spark-history/*.gz', target: 5 },
  {
    name: 'light',
    pattern: 'eventlogs/spark-rapids-tools/spark-events-profiling/nds_q66_gpu.zstd',
    target: 2.5,
  },
];

/**
 * Our reader against a plain readline + JSON.parse loop that computes the same sums per stage, on logs made by repeating
 * real ones with new ids; each reading in a process of its own, alternating, best of three. Peak memory at that size and
 * at twice that size.
 */
export async function benchEventLogs({ shared, sizeGb }: BenchOptions): Promise<readonly string[]> {
  if (shared === null) {
    console.log('skipped: the recorded event logs are not on this machine (set WHEREFORE_SHARED)');
    return [];
  }
  const missed: string[] = [];
  const rows: string[][] = [];
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-bench-'));
  try {
    for (const sample of SAMPLES) {
      const { row, misses } = await benchSample(sample, shared, sizeGb, folder);
      rows.push(row);
      missed.push(...misses);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  printTable(
    [
      'log',
      'size',
      'tasks',
      'bytes/task',
      'plain loop',
      'ours',
      'times faster',
      'peak RSS',
      'at twice the size',
      'of it columns',
    ],
    rows,
  );
  return missed;
}

async function benchSample(sample: Sample, shared: string, sizeGb: number, folder: string) {
  const [source] = globSync(path.join(shared, sample.pattern));
  if (source === undefined) throw new Error(`no log at ${sample.pattern}`);
  const lines = await linesOf(source);
  const log = path.join(folder, 'log');
  const bytes = await repeatEventLog(lines, log, sizeGb * 1e9);
  const rounds = Array.from({ length: ROUNDS }, () => ({ naive: measure('naive', log), ours: measure('ours', log) }));
  const naive = fastest(rounds.map((round) => round.naive));
  const ours = fastest(rounds.map((round) => round.ours));
  await repeatEventLog(lines, log, 2 * sizeGb * 1e9);
  const twice = measure('ours', log);
  rmSync(log);
  const factor = naive.ms / ours.ms;
  const columnsMb = ((twice.tasks - ours.tasks) * COLUMN_BYTES) / 1e6;
  const speed = (ms: number) => `${Math.round(bytes / 1e3 / ms)} MB/s`;
  const misses: string[] = [];
  if (!sameSums(naive, ours)) misses.push(`${sample.name}: the two readers' sums differ`);
  if (factor < sample.target) misses.push(`${sample.name}: ${factor.toFixed(1)} times faster, not ${sample.target}`);
  if (ours.peakMb > MAX_RSS_MB) misses.push(`${sample.name}: ${Math.round(ours.peakMb)} MB, not ${MAX_RSS_MB}`);
  const row = [
    sample.name,
    `${(bytes / 1e9).toFixed(1)} GB`,
    String(ours.tasks),
    String(Math.round(bytes / ours.tasks)),
    speed(naive.ms),
    speed(ours.ms),
    `${factor.toFixed(1)} (target ${sample.target})`,
    `${Math.round(ours.peakMb)} MB`,
    `${Math.round(twice.peakMb)} MB`,
    `${Math.round(columnsMb)} MB`,
  ];
  return { row, misses };
}

async function linesOf(source: string): Promise<string[]> {
  const file = {
    source,
    realPath: source,
    origin: 'event_log' as const,
    path: source,
    storedBytes: statSync(source).size,
    wrapping: 'none' as const,
  };
  const chunks: Buffer[] = [];
  for await (const chunk of (await openEventLog(partOfFile(file))).chunks) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').trimEnd().split('\n');
}

function measure(reader: 'naive' | 'ours', log: string): Measured {
  const child = path.join(import.meta.dirname, 'measure-reader.ts');
  return JSON.parse(execFileSync(process.execPath, [child, reader, log], { encoding: 'utf8' })) as Measured;
}

function fastest(runs: readonly Measured[]): Measured {
  return runs.reduce((best, run) => (run.ms < best.ms ? run : best));
}

/** Sums of floating-point numbers added in another order may differ in the last places. */
function sameSums(a: Measured, b: Measured): boolean {
  return Object.entries(a.totals).every(
    ([name, value]) => Math.abs(value - (b.totals[name] ?? 0)) <= Math.abs(value) * 1e-9,
  );
}

function printTable(head: readonly string[], rows: readonly string[][]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}
