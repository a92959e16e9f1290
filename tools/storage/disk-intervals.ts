import type { DiskCounters, DiskSample, HostDiskFacts, Mount } from './host-disk-facts.ts';
import { SECTOR_BYTES } from './parse-diskstats.ts';

/** What one device did between two samples. */
export interface DiskInterval {
  device: string;
  before: DiskCounters;
  after: DiskCounters;
  from: number | null;
  to: number | null;
  /** `null` when one of the samples has no time. */
  seconds: number | null;
  requests: number;
  writes: number;
  bytesRead: number;
  bytesWritten: number;
  /** Mean time of a completed request; `null` when none completed. */
  requestMs: number | null;
  busyMs: number;
}

/** What each device did between neighbouring samples, in order of time. */
export function diskIntervals(facts: HostDiskFacts): DiskInterval[] {
  return facts.samples.slice(1).flatMap((after, index) => {
    const before = facts.samples[index];
    return before ? betweenSamples(before, after) : [];
  });
}

/** What each device did between two samples; devices that were made anew in between are left out. */
export function betweenSamples(before: DiskSample, after: DiskSample): DiskInterval[] {
  const seconds = before.at !== null && after.at !== null && after.copy === '' ? (after.at - before.at) / 1000 : null;
  return [...after.devices.values()].flatMap((last): DiskInterval[] => {
    const first = before.devices.get(last.device);
    if (!first || last.reads < first.reads || last.writes < first.writes) return [];
    const requests = last.reads - first.reads + (last.writes - first.writes);
    const requestMs = last.readMs - first.readMs + (last.writeMs - first.writeMs);
    return [
      {
        device: last.device,
        before: first,
        after: last,
        from: before.at,
        to: after.at,
        seconds: seconds !== null && seconds > 0 ? seconds : null,
        requests,
        writes: last.writes - first.writes,
        bytesRead: (last.sectorsRead - first.sectorsRead) * SECTOR_BYTES,
        bytesWritten: (last.sectorsWritten - first.sectorsWritten) * SECTOR_BYTES,
        requestMs: requests > 0 ? requestMs / requests : null,
        busyMs: last.busyMs - first.busyMs,
      },
    ];
  });
}

/** Where a device is mounted, by the newest mount table; a partition of it counts. */
export function mountOf(facts: HostDiskFacts, device: string): Mount | null {
  const mounts = facts.mounts.at(-1)?.mounts ?? [];
  const exact = mounts.find((mount) => mount.device === `/dev/${device}`);
  if (exact) return exact;
  return (
    mounts.find(
      (mount) => mount.device.startsWith(`/dev/${device}`) && /^p?\d{1,3}$/.test(mount.device.slice(5 + device.length)),
    ) ?? null
  );
}

/** Name of a device by its `major:minor`. */
export function deviceByNumber(facts: HostDiskFacts, number: string): string | null {
  for (const sample of facts.samples.toReversed()) {
    for (const device of sample.devices.values()) if (device.number === number) return device.device;
  }
  return null;
}
