import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Sums of one stage attempt over its successful tasks. */
export interface StageSums {
  tasks: number;
  runMs: number;
  cpuMs: number;
  gcMs: number;
  fetchWaitMs: number;
  shuffleWriteMs: number;
  inputBytes: number;
  shuffleReadBytes: number;
  shuffleWriteBytes: number;
  diskSpilledBytes: number;
}

/** The plain way that a reader is measured against: every line through readline and JSON.parse, sums per stage. */
export async function readNaively(path: string): Promise<Map<string, StageSums>> {
  const sums = new Map<string, StageSums>();
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const event = JSON.parse(line);
    if (event.Event !== 'SparkListenerTaskEnd' || event['Task End Reason'].Reason !== 'Success') continue;
    const key = `${event['Stage ID']}.${event['Stage Attempt ID']}`;
    const metrics = event['Task Metrics'];
    const read = metrics['Shuffle Read Metrics'];
    const write = metrics['Shuffle Write Metrics'];
    let stage = sums.get(key);
    if (stage === undefined) {
      stage = emptySums();
      sums.set(key, stage);
    }
    stage.tasks += 1;
    stage.runMs += metrics['Executor Run Time'];
    stage.cpuMs += metrics['Executor CPU Time'] / 1e6;
    stage.gcMs += metrics['JVM GC Time'];
    stage.fetchWaitMs += read['Fetch Wait Time'];
    stage.shuffleWriteMs += write['Shuffle Write Time'] / 1e6;
    stage.inputBytes += metrics['Input Metrics']['Bytes Read'];
    stage.shuffleReadBytes += read['Remote Bytes Read'] + read['Local Bytes Read'];
    stage.shuffleWriteBytes += write['Shuffle Bytes Written'];
    stage.diskSpilledBytes += metrics['Disk Bytes Spilled'];
  }
  return sums;
}

export function emptySums(): StageSums {
  return {
    tasks: 0,
    runMs: 0,
    cpuMs: 0,
    gcMs: 0,
    fetchWaitMs: 0,
    shuffleWriteMs: 0,
    inputBytes: 0,
    shuffleReadBytes: 0,
    shuffleWriteBytes: 0,
    diskSpilledBytes: 0,
  };
}
