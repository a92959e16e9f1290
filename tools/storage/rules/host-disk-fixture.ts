import { parseKernelLog } from '../../host/parse-kernel-log.ts';
import { type Readings, readControlFile } from '../../host/readings.ts';
import { emptyHostDiskFacts, type HostDiskFacts } from '../host-disk-facts.ts';
import { parseDf } from '../parse-df.ts';
import { parseDiskstats } from '../parse-diskstats.ts';
import { parseMounts } from '../parse-mounts.ts';
import { limitsOf } from '../read-throttles.ts';

/** Boot time of the recording machine, so that stamps of recorded logs give the recorded times. */
const FIXTURE_BTIME_MS = 1_795_255_102_000;

/** Test builder: what the disks of a host are said to look like. Whatever is typed into it is no recording. */
export interface DiskSpec {
  host?: string;
  log?: string;
  /** Lines of `/proc/diskstats`; `at` in seconds after boot, `null` for the end of the recording. */
  samples?: readonly { at: number | null; copy?: string; text: string }[];
  mounts?: readonly string[];
  df?: readonly { at?: number; text: string }[];
  /** Content of a throttle file; `''`: read and found empty. */
  throttles?: readonly { at: number | null; text: string; file?: string }[];
  release?: string;
}

/** The facts of a host described by a test. */
export function diskFacts(spec: DiskSpec): HostDiskFacts {
  const host = spec.host ?? 'node7';
  const facts = emptyHostDiskFacts(host);
  const time = (seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? null : FIXTURE_BTIME_MS + seconds * 1000;
  if (spec.log !== undefined)
    facts.kernelLogs = [parseKernelLog(spec.log, { source: `hosts/${host}/dmesg.txt`, btimeMs: FIXTURE_BTIME_MS })];
  facts.samples = (spec.samples ?? []).map(({ at, copy, text }) => ({
    at: time(at),
    copy: copy ?? '',
    devices: parseDiskstats(text, `hosts/${host}/proc/diskstats`),
  }));
  facts.mounts = (spec.mounts ?? []).map((text, index) => ({
    at: index,
    mounts: parseMounts(text, `hosts/${host}/proc/mounts`),
  }));
  facts.fileSystems = (spec.df ?? []).map(({ at, text }) => ({
    at: time(at),
    rows: parseDf(text, `hosts/${host}/df.txt`),
  }));
  facts.throttles = (spec.throttles ?? []).map(({ at, text, file }) => {
    const name = file ?? 'blkio.throttle.write_bps_device';
    const source = `hosts/${host}/sys/fs/cgroup/blkio/spark/${host}/${name}`;
    const readings: Readings = new Map();
    readControlFile(name, text, source, readings);
    return { at: time(at), copy: '', group: `/spark/${host}`, source, limits: limitsOf(name, readings) };
  });
  facts.release = spec.release ?? null;
  return facts;
}

/** A line of `/proc/diskstats` of a device that only writes. */
export function diskLine(spec: {
  number?: [number, number];
  device: string;
  writes: number;
  sectors: number;
  ms: number;
  inFlight?: number;
  busyMs: number;
}): string {
  const [major, minor] = spec.number ?? [8, 16];
  return `   ${major}      ${minor} ${spec.device} 10 0 80 5 ${spec.writes} 0 ${spec.sectors} ${spec.ms} ${spec.inFlight ?? 0} ${spec.busyMs} ${spec.ms} 0 0 0 0 0 0`;
}
