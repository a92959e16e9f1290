import { readFileSync } from 'node:fs';

/** What an event log says of one attempt of a stage. Durations in milliseconds. */
export interface StageFigures {
  id: number;
  tasks: number;
  /** From submission to completion. */
  wallMs: number;
  /** Time that its tasks ran, all together; of it on the CPU. */
  runMs: number;
  cpuMs: number;
  longestTaskMs: number;
  medianTaskMs: number;
  /** Rows read from files, all together; and rows of the shuffle, by task. */
  inputRows: number;
  mostShuffleRows: number;
  medianShuffleRows: number;
  shuffleBytesWritten: number;
  shuffleWriteMs: number;
  diskBytesSpilled: number;
  /** Median time of its tasks by host. */
  medianTaskMsByHost: Readonly<Record<string, number>>;
}

/** What an event log says of a run. */
export interface RunFigures {
  applicationId: string;
  wallMs: number;
  /** In the order in which they were completed. */
  stages: readonly StageFigures[];
  settings: Readonly<Record<string, string>>;
}

interface Task {
  stage: number;
  host: string;
  runMs: number;
  cpuMs: number;
  durationMs: number;
  inputRows: number;
  shuffleRows: number;
  shuffleBytes: number;
  shuffleWriteMs: number;
  spilled: number;
}

/** Reads the plain event log of a run that has ended: only what the proofs of the lab need, and without the product's own reader. */
export function runFigures(file: string): RunFigures {
  const tasks: Task[] = [];
  const completed: { id: number; tasks: number; wallMs: number }[] = [];
  let [applicationId, from, to] = ['', 0, 0];
  let settings: Record<string, string> = {};
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const event = JSON.parse(line);
    if (event.Event === 'SparkListenerApplicationStart') [applicationId, from] = [event['App ID'], event.Timestamp];
    if (event.Event === 'SparkListenerApplicationEnd') to = event.Timestamp;
    if (event.Event === 'SparkListenerEnvironmentUpdate') settings = event['Spark Properties'];
    if (event.Event === 'SparkListenerTaskEnd' && event['Task Metrics']) tasks.push(taskOf(event));
    if (event.Event === 'SparkListenerStageCompleted') {
      const info = event['Stage Info'];
      const wallMs = info['Completion Time'] - info['Submission Time'];
      completed.push({ id: info['Stage ID'], tasks: info['Number of Tasks'], wallMs });
    }
  }
  const stages = completed.map((stage) => ({ ...stage, ...sumsOf(tasks.filter((task) => task.stage === stage.id)) }));
  return { applicationId, wallMs: to - from, stages, settings };
}

// biome-ignore lint/suspicious/noExplicitAny: an event as Spark wrote it
function taskOf(event: any): Task {
  const { 'Task Info': info, 'Task Metrics': metrics } = event;
  return {
    stage: event['Stage ID'],
    host: info.Host,
    runMs: metrics['Executor Run Time'],
    cpuMs: metrics['Executor CPU Time'] / 1e6,
    durationMs: info['Finish Time'] - info['Launch Time'],
    inputRows: metrics['Input Metrics']['Records Read'],
    shuffleRows: metrics['Shuffle Read Metrics']['Total Records Read'],
    shuffleBytes: metrics['Shuffle Write Metrics']['Shuffle Bytes Written'],
    shuffleWriteMs: metrics['Shuffle Write Metrics']['Shuffle Write Time'] / 1e6,
    spilled: metrics['Disk Bytes Spilled'],
  };
}

function sumsOf(tasks: readonly Task[]): Omit<StageFigures, 'id' | 'tasks' | 'wallMs'> {
  const sum = (of: (task: Task) => number) => Math.round(tasks.reduce((total, task) => total + of(task), 0));
  const hosts = [...new Set(tasks.map(({ host }) => host))].sort();
  return {
    runMs: sum(({ runMs }) => runMs),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    longestTaskMs: Math.max(0, ...tasks.map(({ durationMs }) => durationMs)),
    medianTaskMs: median(tasks.map(({ durationMs }) => durationMs)),
    inputRows: sum(({ inputRows }) => inputRows),
    mostShuffleRows: Math.max(0, ...tasks.map(({ shuffleRows }) => shuffleRows)),
    medianShuffleRows: median(tasks.map(({ shuffleRows }) => shuffleRows)),
    shuffleBytesWritten: sum(({ shuffleBytes }) => shuffleBytes),
    shuffleWriteMs: sum(({ shuffleWriteMs }) => shuffleWriteMs),
    diskBytesSpilled: sum(({ spilled }) => spilled),
    medianTaskMsByHost: Object.fromEntries(
      hosts.map((host) => [
        host,
        median(tasks.filter((task) => task.host === host).map(({ durationMs }) => durationMs)),
      ]),
    ),
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
