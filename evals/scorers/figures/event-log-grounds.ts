import type { Sources } from '../sources/open-sources.ts';
import type { SourceText } from '../sources/source-text.ts';
import { Grounds } from './grounds.ts';

/** Figures of the tasks of one group, by the path of the metric. */
type Group = Map<string, number[]>;

/** One log, added up. */
interface AddedUp {
  grounds: Grounds;
  /** How long a record took, and how much longer in the longest task. */
  each: Grounds;
  /** Durations in milliseconds that are compared between runs, by stage, host and metric. */
  took: Map<string, number>;
  /** Milliseconds that the longest task of a stage took for each record it read. */
  perRecord: Map<string, number>;
  /** What was written to local disks, and how fast. */
  wrote: Map<string, { bytes: number; bytesPerMs: number }>;
}

/** More runs than are ever compared; each pair costs. */
const MAX_RUNS = 8;
const known = new WeakMap<SourceText, AddedUp>();

/**
 * What an engine's event log adds up to: for each stage, each host within it and the whole run, of each metric of the tasks the sum, largest, smallest and median, the
 * number of tasks, what took what share of the run time and how fast was written; rows and files as the operators count them. Added up here from the bytes, and by
 * no reader of the product's.
 */
export async function eventLogGrounds(read: readonly string[], sources: Sources): Promise<Pick<Grounds, 'has'>> {
  const logs: AddedUp[] = [];
  for (const source of read) {
    const text = await sources.text(source);
    if (text === null || !isEventLog(text)) continue;
    const log = known.get(text) ?? added(text);
    known.set(text, log);
    logs.push(log);
  }
  const between = betweenRuns(logs.slice(0, MAX_RUNS));
  return {
    has: (figure) => {
      if (logs.some(({ each }) => each.has(figure))) return true;
      // What is added up is much: a figure of one or two digits would always be found among durations and sizes.
      if (figure.digits < 3 && (figure.measure === 'duration' || figure.measure === 'bytes'))
        return between.few.has(figure);
      return logs.some(({ grounds }) => grounds.has(figure)) || between.few.has(figure) || between.took.has(figure);
    },
  };
}

/** What a stage, or a host within it, took more in one run than in another; how much longer its longest task took for each record. */
function betweenRuns(logs: readonly AddedUp[]): { took: Grounds; few: Grounds } {
  const took = new Grounds();
  const few = new Grounds();
  for (const one of logs) {
    for (const other of logs) {
      if (one === other) continue;
      for (const [name, ms] of one.took) took.add('duration', ms - (other.took.get(name) ?? ms));
      for (const [name, { bytes, bytesPerMs }] of one.wrote) {
        const usual = other.wrote.get(name);
        if (usual) took.add('duration', bytes / bytesPerMs - bytes / usual.bytesPerMs);
      }
      for (const [stage, ms] of one.perRecord) {
        const usual = other.perRecord.get(stage);
        if (usual !== undefined) few.add('count', ms / usual);
      }
    }
  }
  return { took, few };
}

function isEventLog(text: SourceText): boolean {
  return /^\{"Event":"/.test(text.bytes.toString('utf8', 0, 16));
}

function added(text: SourceText): AddedUp {
  const grounds = new Grounds();
  const each = new Grounds();
  const took = new Map<string, number>();
  const perRecord = new Map<string, number>();
  const wrote: AddedUp['wrote'] = new Map();
  const groups = new Map<string, Group>();
  const events = new Map<string, number>();
  const moments: number[] = [];
  for (let line = 1; line <= text.lineCount; line += 1) {
    const record = recordOf(text.lines(line, line) ?? '');
    if (record === null) continue;
    const name = String(record.Event);
    events.set(name, (events.get(name) ?? 0) + 1);
    if (name === 'SparkListenerTaskEnd') addTask(record, groups);
    else if (name === 'SparkListenerStageCompleted') addStage(record, grounds);
    else if (/DriverAccumUpdates$/.test(name)) addUpdates(record, grounds);
    const at = record.Timestamp ?? record['Completion Time'] ?? record['Submission Time'] ?? record.time;
    if (typeof at === 'number') moments.push(at);
  }
  for (const count of events.values()) grounds.add('count', count);
  for (const [name, group] of groups) {
    for (const [path, ms] of addGroup(group, grounds))
      if (measureOf(path) === 'duration') took.set(`${name} ${path}`, ms);
    const perOne = perRecordOf(group);
    for (const ms of perOne) each.add('duration', ms).add('count', ms);
    const [longest, usual] = perOne;
    const speed = writeSpeed(group);
    if (speed > 0) {
      each.add('bytes', speed * 1e3);
      wrote.set(name, { bytes: sumOf(group.get(WRITTEN) ?? []), bytesPerMs: speed });
    }
    if (longest !== undefined) perRecord.set(name, longest);
    if (longest !== undefined && usual) each.add('count', longest / usual);
  }
  if (moments.length > 1) grounds.add('duration', Math.max(...moments) - Math.min(...moments));
  return { grounds, each, took, perRecord, wrote };
}

function recordOf(line: string): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(line);
    return parsed !== null && typeof parsed === 'object' ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function addTask(record: Record<string, unknown>, groups: Map<string, Group>): void {
  const info = record['Task Info'] as Record<string, unknown> | undefined;
  const stage = `${String(record['Stage ID'])}.${String(record['Stage Attempt ID'])}`;
  const metrics = leaves(record['Task Metrics'], '');
  metrics.push(['Task Duration Time', Number(info?.['Finish Time']) - Number(info?.['Launch Time'])]);
  for (const name of ['', stage, `${stage}@${String(info?.Host)}`, `@${String(info?.Host)}`]) {
    const group: Group = groups.get(name) ?? new Map();
    groups.set(name, group);
    for (const [path, value] of metrics) {
      const values = group.get(path);
      if (values) values.push(value);
      else group.set(path, [value]);
    }
  }
}

function leaves(value: unknown, path: string): [path: string, value: number][] {
  if (typeof value === 'number') return [[path, value]];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

/** Durations in milliseconds, whatever the engine writes them in. */
function scaled(path: string, value: number): number {
  return /CPU Time|Write Time/.test(path) ? value / 1e6 : value;
}

function measureOf(path: string): 'bytes' | 'duration' | 'count' {
  if (/Time|Delay/.test(path)) return 'duration';
  return /Bytes|Memory|Size|Spilled/.test(path) ? 'bytes' : 'count';
}

/** @returns the sum of each metric */
function addGroup(group: Group, grounds: Grounds): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [path, values] of group) {
    const measure = measureOf(path);
    const sorted = values.map((value) => scaled(path, value)).sort((a, b) => a - b);
    const sum = sorted.reduce((all, value) => all + value, 0);
    sums.set(path, sum);
    // Of an even number either middle is called the median.
    const middles = [sorted[sorted.length >> 1] ?? 0, sorted[(sorted.length - 1) >> 1] ?? 0];
    for (const value of [sum, sorted[0] ?? 0, sorted.at(-1) ?? 0, ...middles]) grounds.add(measure, value);
    grounds.add('count', sorted.length);
  }
  const runMs = sums.get('/Executor Run Time') ?? 0;
  for (const path of ['/JVM GC Time', '/Executor CPU Time']) {
    if (runMs > 0) grounds.add('percent', ((sums.get(path) ?? 0) / runMs) * 100);
  }
  return sums;
}

const RECORDS = ['/Input Metrics/Records Read', '/Shuffle Read Metrics/Total Records Read'];

/** Milliseconds for each record read: of the longest task, of one in the middle, of all together. */
function perRecordOf(group: Group): number[] {
  const run = group.get('/Executor Run Time') ?? [];
  const longest = run.indexOf(Math.max(...run));
  const each: number[] = [];
  for (const path of RECORDS) {
    const records = group.get(path) ?? [];
    const [most = 0, all] = [records[longest], sumOf(records)];
    if (most > 0) each.push((run[longest] ?? 0) / most);
    if (middleOf(records) > 0) each.push(middleOf(run) / middleOf(records));
    if (all > 0) each.push(sumOf(run) / all);
  }
  return each;
}

const WRITTEN = '/Shuffle Write Metrics/Shuffle Bytes Written';

/** Bytes written for each millisecond of writing; 0 where nothing was. */
function writeSpeed(group: Group): number {
  const writingMs = sumOf(group.get('/Shuffle Write Metrics/Shuffle Write Time') ?? []) / 1e6;
  return writingMs > 0 ? sumOf(group.get(WRITTEN) ?? []) / writingMs : 0;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function addStage(record: Record<string, unknown>, grounds: Grounds): void {
  const info = record['Stage Info'] as Record<string, unknown> | undefined;
  grounds.add('duration', Number(info?.['Completion Time']) - Number(info?.['Submission Time']));
  grounds.add('count', Number(info?.['Number of Tasks']));
  const accumulables = Array.isArray(info?.Accumulables) ? (info.Accumulables as Record<string, unknown>[]) : [];
  for (const { Name: name, Value: value } of accumulables) {
    const number = Number(value);
    if (typeof name === 'string' && /rows|files|records/i.test(name) && Number.isFinite(number))
      grounds.add('count', number);
  }
}

/** `[[id, value], …]`. */
function addUpdates(record: Record<string, unknown>, grounds: Grounds): void {
  const updates = Array.isArray(record.accumUpdates) ? (record.accumUpdates as unknown[]) : [];
  for (const update of updates) if (Array.isArray(update)) grounds.add('count', Number(update[1]));
}
