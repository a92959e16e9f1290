import type { Quote } from '../evidence/quote.ts';
import { cutToBytes } from '../evidence/quote-piece.ts';
import { mainClassOf } from './main-class-of.ts';
import type { Reading, Readings } from './readings.ts';
import { readColonFile } from './readings.ts';

/** One process as `/proc/<pid>` showed it. */
export interface ProcessFacts {
  pid: number;
  /** When it was looked at, milliseconds since the epoch; `null` for the end of the recording. */
  at: number | null;
  comm: string | null;
  /** Of a JVM the class that it runs (or the jar's file name); arguments may hold secrets, so nothing else of them is kept. */
  mainClass: string | null;
  /** `VmRSS`, `VmHWM`, `RssAnon`, `Threads`, … of `status`, sizes in bytes. */
  status: Readings;
  oomScoreAdj: Reading | null;
  oomScore: Reading | null;
  /** Group by the memory controller (version 1) or the unified hierarchy. */
  memoryGroup: string | null;
  /** `R`, `S`, `D` (waits uninterruptibly), `T` (stopped by a signal), `Z`; `null` when not read. */
  state: { letter: string; quote: Quote } | null;
  /** Where it waits in the kernel, innermost first (`stack`, or `wchan` alone); at most a dozen. */
  frames: { text: string; quote: Quote }[];
  /** Soft limit of processes per user (`ulimit -u`); `Infinity` when unlimited. */
  maxProcesses: Reading | null;
}

/** Files of `/proc/<pid>` that are read. */
const PROCESS_FILES = new Set([
  'status',
  'oom_score_adj',
  'oom_score',
  'cgroup',
  'cmdline',
  'limits',
  'comm',
  'stack',
  'wchan',
]);

/** `/proc/<pid>/<file>`: which process and which file, `null` for other paths. */
export function processFile(path: string): { pid: number; file: string } | null {
  const parts = /^\/proc\/(\d{1,10})\/([a-z_]{1,30})$/.exec(path);
  return parts && PROCESS_FILES.has(parts[2] ?? '') ? { pid: Number(parts[1]), file: parts[2] ?? '' } : null;
}

/** A process of which nothing has been read yet. */
export function emptyProcess(pid: number, at: number | null): ProcessFacts {
  return {
    pid,
    at,
    comm: null,
    mainClass: null,
    status: new Map(),
    oomScoreAdj: null,
    oomScore: null,
    memoryGroup: null,
    state: null,
    frames: [],
    maxProcesses: null,
  };
}

/** Adds the content of one of its files. */
export function readProcessFile(process: ProcessFacts, file: string, text: string, source: string): void {
  if (file === 'status') {
    process.status = readColonFile(text, source);
    process.state = stateOf(text, source);
    process.comm ??= /^Name:\t(.{1,64})$/m.exec(text)?.[1] ?? null;
  } else if (file === 'oom_score_adj') process.oomScoreAdj = single(text, source);
  else if (file === 'oom_score') process.oomScore = single(text, source);
  else if (file === 'cmdline') process.mainClass = mainClassOf(text);
  else if (file === 'comm') process.comm = text.trim().slice(0, 64) || null;
  else if (file === 'cgroup') process.memoryGroup = memoryGroup(text);
  else if (file === 'stack' || file === 'wchan') addFrames(process, text, source);
  else if (file === 'limits') process.maxProcesses = maxProcesses(text, source);
}

function single(text: string, source: string): Reading | null {
  const line = text.split('\n', 1)[0] ?? '';
  return /^-?\d{1,10}$/.test(line) ? { value: Number(line), source, line: 1, text: line } : null;
}

function stateOf(text: string, source: string): ProcessFacts['state'] {
  const lines = text.split('\n', 64);
  const index = lines.findIndex((line) => line.startsWith('State:'));
  const line = lines[index] ?? '';
  const letter = /^State:\s{1,8}([A-Za-z])/.exec(line)?.[1];
  return letter
    ? { letter, quote: { source, fromLine: index + 1, toLine: index + 1, excerpt: cutToBytes(line) } }
    : null;
}

/** `[<0>] io_schedule+0x16/0x40` of `stack`, or the bare name of `wchan` (`0` when it runs). */
function addFrames(process: ProcessFacts, text: string, source: string): void {
  text.split('\n', 12).forEach((line, index) => {
    const frame = /^(?:\[<[0-9a-fx]{1,18}>\] )?([A-Za-z_][\w.]{1,80})(?:\+0x[0-9a-f/x]{1,40})?$/.exec(line.trim())?.[1];
    if (!frame || process.frames.length >= 13) return;
    process.frames.push({
      text: frame,
      quote: { source, fromLine: index + 1, toLine: index + 1, excerpt: cutToBytes(line) },
    });
  });
}

/** `4:memory:/bigdata.slice/datanode`, or `0::/kubepods.slice/…` of the unified hierarchy. */
function memoryGroup(text: string): string | null {
  let unified: string | null = null;
  for (const line of text.split('\n', 64)) {
    const parts = /^\d{1,4}:([^:]{0,200}):(\/.{0,4096})$/.exec(line);
    if (parts?.[1]?.split(',').includes('memory')) return parts[2] ?? null;
    if (parts?.[1] === '') unified = parts[2] ?? null;
  }
  return unified;
}

function maxProcesses(text: string, source: string): Reading | null {
  const lines = text.split('\n', 64);
  const index = lines.findIndex((line) => line.startsWith('Max processes'));
  const line = lines[index] ?? '';
  const soft = /^Max processes {1,40}(\d{1,12}|unlimited)/.exec(line)?.[1];
  if (!soft) return null;
  return { value: soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft), source, line: index + 1, text: line };
}
