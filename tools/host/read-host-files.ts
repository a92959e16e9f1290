import type { PlatformFile } from '../platform/platform.ts';
import { readText } from '../platform/read-text.ts';
import type { HostSample } from './host-memory-facts.ts';
import { mapBounded } from './map-bounded.ts';
import { emptyProcess, type ProcessFacts, processFile, readProcessFile } from './process-facts.ts';
import { type Reading, readColonFile, readControlFile } from './readings.ts';

const MAX_FILES = 20_000;
const MAX_BYTES = 1 << 20;

/** Host-wide files by the kernel's own paths; vendor latency histograms included (C3). */
const HOST_FILES =
  /^\/proc\/(pressure\/(?:cpu|io|memory)|meminfo|vmstat|loadavg|stat|sli\/[a-z_]{1,40}|memsli\/[a-z_]{1,40}|cpusli\/[a-z_]{1,40}|version)$/;

/** True for a file that `readHostFiles` reads. */
export function isHostFile(path: string): boolean {
  return HOST_FILES.test(path) || path === '/btime.txt' || processFile(path) !== null;
}

export interface HostFiles {
  samples: HostSample[];
  processes: ProcessFacts[];
  /** Milliseconds since the epoch; `null` when no file tells. */
  btimeMs: number | null;
  /** Kernel release by `/proc/version`. */
  release: string | null;
}

/** Reads the host-wide files and the processes of one host. */
export async function readHostFiles(files: readonly PlatformFile[]): Promise<HostFiles> {
  const samples = new Map<string, HostSample>();
  const processes = new Map<string, ProcessFacts>();
  const found: HostFiles = { samples: [], processes: [], btimeMs: null, release: null };
  const wanted = files.filter((entry) => isHostFile(entry.path)).slice(0, MAX_FILES);
  const read = await mapBounded(wanted, async (file) => ({ file, text: (await readText(file, MAX_BYTES)).text }));
  for (const { file, text } of read) {
    const at = file.sampledAt ?? null;
    const process = processFile(file.path);
    if (process) addProcess(processes, process, at, text, file.source);
    else if (file.path === '/btime.txt') found.btimeMs = btimeOf(`btime ${text}`) ?? found.btimeMs;
    else if (file.path === '/proc/version') found.release = /^Linux version (\S{1,80})/.exec(text)?.[1] ?? null;
    else {
      if (file.path === '/proc/stat') found.btimeMs ??= btimeOf(text);
      addSample(samples, file.path.slice('/proc/'.length), at, text, file.source);
    }
  }
  found.samples = [...samples.values()].sort(
    (a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY),
  );
  found.processes = [...processes.values()];
  return found;
}

function btimeOf(text: string): number | null {
  const seconds = /^btime (\d{9,11})\s/m.exec(`${text}\n`);
  return seconds ? Number(seconds[1]) * 1000 : null;
}

function addProcess(
  processes: Map<string, ProcessFacts>,
  found: { pid: number; file: string },
  at: number | null,
  text: string,
  source: string,
): void {
  const key = `${found.pid} ${at}`;
  const process = processes.get(key) ?? emptyProcess(found.pid, at);
  processes.set(key, process);
  readProcessFile(process, found.file, text, source);
}

const CPU_TIMES = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'];

/** The first line of `/proc/stat`: time of all CPUs since boot, in ticks (USER_HZ, 100 a second). */
function readCpuLine(text: string, source: string): [string, Reading][] {
  const line = text.slice(0, 400).split('\n', 1)[0] ?? '';
  const times = /^cpu {1,4}(\d{1,20}(?: \d{1,20}){7,12})$/.exec(line.trimEnd())?.[1]?.split(' ') ?? [];
  return CPU_TIMES.flatMap((field, at): [string, Reading][] =>
    times[at] === undefined ? [] : [[field, { value: Number(times[at]), source, line: 1, text: line }]],
  );
}

function addSample(
  samples: Map<string, HostSample>,
  name: string,
  at: number | null,
  text: string,
  source: string,
): void {
  const key = String(at);
  const sample = samples.get(key) ?? { at, copy: '', readings: new Map() };
  samples.set(key, sample);
  if (name === 'meminfo') {
    for (const [field, reading] of readColonFile(text, source)) sample.readings.set(`meminfo:${field}`, reading);
  } else if (name === 'loadavg') {
    const [line = ''] = text.split('\n', 1);
    const load = /^(\d{1,6}\.\d{2}) (\d{1,6}\.\d{2}) (\d{1,6}\.\d{2})/.exec(line);
    if (load) sample.readings.set('loadavg:1', { value: Number(load[1]), source, line: 1, text: line });
  } else if (name === 'stat') {
    for (const [field, reading] of readCpuLine(text, source)) sample.readings.set(`stat:${field}`, reading);
  } else readControlFile(name, text, source, sample.readings);
}
