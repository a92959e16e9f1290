import type { Sources } from '../sources/open-sources.ts';
import { Grounds } from './grounds.ts';

/** A file that the kernel answers: host, when it was sampled (absent: at the end), path. */
const KERNEL_FILE = /^hosts\/([^/]{1,255})\/(?:@([^/]{1,40})\/)?((?:proc|sys)\/.{1,600})$/;
const MAX_FILE_BYTES = 64 << 10;
const SECTOR_BYTES = 512;
/** Of more samples each is compared with the next and the last alone. */
const MAX_PAIRS_OF = 6;
/** Clock ticks of a CPU time (`getconf CLK_TCK`). */
const TICK_MS = 10;

interface Sample {
  /** Milliseconds since the epoch; infinite for the last one, whose time no name tells. */
  at: number;
  numbers: Map<string, number>;
}

/**
 * What the kernel's files said that were opened and belong to a group, a process or a device of the answer: their numbers, what they grew by between
 * two samples, how fast, and CPU quotas as shares of a period.
 *
 * @param words names in the answer: a file belongs to it when its path names one, or when it lies beside a cited file
 */
export async function kernelSampleGrounds(
  read: readonly string[],
  cited: ReadonlySet<string>,
  words: readonly string[],
  sources: Sources,
): Promise<Grounds> {
  const grounds = new Grounds();
  const beside = new Set([...cited].flatMap((source) => folderOf(source) ?? []));
  const series = new Map<string, Sample[]>();
  for (const source of read) {
    const [, host = '', time, path = ''] = KERNEL_FILE.exec(source) ?? [];
    if (path === '') continue;
    const folder = folderOf(source) ?? '';
    if (!beside.has(folder) && !words.some((word) => path.includes(word))) continue;
    const text = await sources.text(source);
    if (text === null || text.bytes.length > MAX_FILE_BYTES) continue;
    const sample = { at: momentOf(time), numbers: numbersOf(text.bytes.toString('utf8')) };
    grounds.addRecord(text.bytes.toString('utf8'));
    for (const value of sample.numbers.values()) addValue(value, path, grounds);
    series.set(`${host}/${path}`, [...(series.get(`${host}/${path}`) ?? []), sample]);
  }
  for (const [name, samples] of series) addGrowth(name, samples, grounds);
  addQuotas(series, grounds);
  return grounds;
}

function folderOf(source: string): string | null {
  const [, host, , path] = KERNEL_FILE.exec(source) ?? [];
  return path === undefined ? null : `${host}/${path.slice(0, path.lastIndexOf('/'))}`;
}

/** `20261121T102305Z`. */
function momentOf(time: string | undefined): number {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z?$/.exec(time ?? '');
  if (!found) return Number.POSITIVE_INFINITY;
  const [, year, month, day, ...clock] = found;
  return Date.parse(`${year}-${month}-${day}T${clock.join(':')}Z`);
}

/** Numbers by the words before them in their line: `nr_throttled 110`, a column of a device, a file that is one number. */
function numbersOf(text: string): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const line of text.split('\n').slice(0, 2_000)) {
    const words = line.trim().split(/[\s:=]+/);
    const label = words.filter((word) => /[A-Za-z]/.test(word)).join(' ');
    words.forEach((word, at) => {
      if (/^\d+(?:\.\d+)?$/.test(word)) numbers.set(`${label}#${at}`, Number(word));
    });
  }
  return numbers;
}

function addGrowth(name: string, samples: readonly Sample[], grounds: Grounds): void {
  const ordered = [...samples].sort((a, b) => a.at - b.at);
  const last = ordered.at(-1);
  ordered.forEach((earlier, at) => {
    const following = ordered.length > MAX_PAIRS_OF ? [ordered[at + 1], last] : ordered.slice(at + 1);
    for (const later of new Set(following)) {
      if (later === undefined || later === earlier) continue;
      const seconds = (later.at - earlier.at) / 1e3;
      if (Number.isFinite(seconds)) grounds.add('duration', seconds * 1e3);
      for (const [key, value] of later.numbers) {
        const grown = value - (earlier.numbers.get(key) ?? value);
        if (grown <= 0) continue;
        addValue(grown, name, grounds);
        if (Number.isFinite(seconds) && seconds > 0 && /diskstats|io/.test(name)) {
          grounds.add('bytes', (grown * SECTOR_BYTES) / seconds).add('bytes', grown / seconds);
        }
      }
    }
  });
}

function addValue(value: number, name: string, grounds: Grounds): void {
  grounds.add('count', value);
  if (/memory|memcg|\/status$|meminfo/.test(name)) grounds.add('bytes', value).add('bytes', value * 4096);
  if (/cpu|stat$|pressure/.test(name))
    grounds
      .add('duration', value / 1e6)
      .add('duration', value / 1e3)
      .add('duration', value * TICK_MS);
}

function addQuotas(series: ReadonlyMap<string, readonly Sample[]>, grounds: Grounds): void {
  for (const [name, samples] of series) {
    if (!name.endsWith('cpu.cfs_quota_us')) continue;
    const quota = onlyNumber(samples.at(-1));
    const period = onlyNumber(series.get(name.replace('cfs_quota', 'cfs_period'))?.at(-1));
    if (quota !== null && period !== null) grounds.add('count', quota / period);
  }
}

/** What a file that is one number says. */
function onlyNumber(sample: Sample | undefined): number | null {
  return [...(sample?.numbers.values() ?? [])][0] ?? null;
}
