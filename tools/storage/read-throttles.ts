import { controlFileName, placeGroup } from '../host/control-files.ts';
import { quoteReading, type Readings, readControlFile } from '../host/readings.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { readText } from '../platform/read-text.ts';
import type { Throttle, ThrottleSample } from './host-disk-facts.ts';

/** Control files that limit the rate of a block device (version 1 and 2). */
const LIMIT_FILES: ReadonlySet<string> = new Set([
  'blkio.throttle.read_bps_device',
  'blkio.throttle.write_bps_device',
  'blkio.throttle.read_iops_device',
  'blkio.throttle.write_iops_device',
  'io.max',
]);

const MAX_FILES = 4_000;

/** True for a file that `readThrottles` reads. */
export function isThrottleFile(path: string): boolean {
  const name = controlFileName(path.slice(path.lastIndexOf('/') + 1));
  return name !== null && LIMIT_FILES.has(name.name);
}

/** Reads the rate limits of block devices; a file without limits is kept as an empty sample: it says that there was none. */
export async function readThrottles(files: readonly PlatformFile[]): Promise<ThrottleSample[]> {
  const samples: ThrottleSample[] = [];
  for (const file of files.filter((entry) => isThrottleFile(entry.path)).slice(0, MAX_FILES)) {
    const name = controlFileName(file.path.slice(file.path.lastIndexOf('/') + 1));
    if (!name) continue;
    const { text } = await readText(file, 1 << 16);
    const { path: group } = placeGroup(file.path.slice(0, file.path.lastIndexOf('/')));
    const readings: Readings = new Map();
    readControlFile(name.name, text, file.source, readings);
    const limits = limitsOf(name.name, readings);
    samples.push({ at: file.sampledAt ?? null, copy: name.copy, group, source: file.source, limits });
  }
  return samples.sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY));
}

/** The limits in the readings of one such file. */
export function limitsOf(name: string, readings: Readings): Throttle[] {
  return [...readings].flatMap(([key, reading]): Throttle[] => {
    const place = /:(\d{1,5}:\d{1,7})(?: (rbps|wbps|riops|wiops))?$/.exec(key);
    if (!place || !Number.isFinite(reading.value) || reading.value <= 0) return [];
    const kind = place[2] ?? versionOneKind(name);
    return [
      {
        number: place[1] ?? '',
        direction: kind.startsWith('w') ? 'write' : 'read',
        unit: kind.endsWith('iops') ? 'requests' : 'bytes',
        perSecond: reading.value,
        quote: quoteReading(reading),
      },
    ];
  });
}

function versionOneKind(name: string): string {
  return `${name.includes('write') ? 'w' : 'r'}${name.includes('iops') ? 'iops' : 'bps'}`;
}
