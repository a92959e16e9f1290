import type { PlatformFile } from '../platform/platform.ts';
import { readText } from '../platform/read-text.ts';
import type { GroupFacts, GroupSample } from './cgroup-facts.ts';
import { identifyGroup } from './cgroup-path.ts';
import { type ControlFileName, controlFileName, placeGroup } from './control-files.ts';
import { mapBounded } from './map-bounded.ts';
import { orderSamples } from './order-samples.ts';
import { readControlFile } from './readings.ts';

/** A host with more control files than this is read in part; nothing a person asks about needs more. */
const MAX_CONTROL_FILES = 60_000;
const MAX_CONTROL_BYTES = 1 << 20;
const MAX_PIDS = 512;

/** Counters of a group that only rise while it lives: they order copies of unknown time. */
const RISING = [
  'cpuacct.usage',
  'cpu.stat:nr_periods',
  'cpu.stat:nr_throttled',
  'cpu.stat:usage_usec',
  'memory.failcnt',
  'memory.max_usage_in_bytes',
  'memory.peak',
  'memory.events:max',
  'memory.stat:pgpgin',
  'memory.stat:total_pgpgin',
  'memory.stat:pgfault',
  'blkio.throttle.io_service_bytes:Total',
  'blkio.throttle.io_serviced:Total',
  'pids.events:max',
];

interface FoundFile {
  file: PlatformFile;
  name: ControlFileName;
}

/** True for a file that `readGroups` reads. */
export function isControlFile(path: string): boolean {
  return controlFileName(path.slice(path.lastIndexOf('/') + 1)) !== null;
}

/**
 * Reads the control files of one host into groups. Files are known by the kernel's names alone, wherever they lie; the
 * controllers of version 1 are put together by the group's path.
 */
export async function readGroups(files: readonly PlatformFile[]): Promise<{ groups: GroupFacts[]; leftOut: number }> {
  const groups = new Map<string, { facts: GroupFacts; samples: Map<string, GroupSample> }>();
  const found = files.flatMap((file): FoundFile[] => {
    const name = controlFileName(file.path.slice(file.path.lastIndexOf('/') + 1));
    return name ? [{ file, name }] : [];
  });
  const read = await mapBounded(found.slice(0, MAX_CONTROL_FILES), async ({ file, name }) => {
    return { file, name, text: (await readText(file, MAX_CONTROL_BYTES)).text };
  });
  for (const { file, name, text } of read) {
    const place = placeGroup(file.path.slice(0, file.path.lastIndexOf('/')));
    const group = groupAt(groups, place.path, place.version);
    addFile(group.samples, file, name, text);
  }
  for (const { facts, samples } of groups.values()) {
    facts.samples = orderSamples(mergeMoments([...samples.values()]), risingOf);
  }
  const sorted = [...groups.values()].map((group) => group.facts).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { groups: sorted, leftOut: Math.max(0, found.length - MAX_CONTROL_FILES) };
}

function groupAt(
  groups: Map<string, { facts: GroupFacts; samples: Map<string, GroupSample> }>,
  path: string,
  version: 1 | 2 | null,
) {
  const known = groups.get(path);
  if (known) {
    known.facts.version ??= version;
    return known;
  }
  const facts: GroupFacts = { path, version, identity: identifyGroup(path), samples: [] };
  const group = { facts, samples: new Map<string, GroupSample>() };
  groups.set(path, group);
  return group;
}

function addFile(samples: Map<string, GroupSample>, file: PlatformFile, name: ControlFileName, text: string): void {
  const at = file.sampledAt ?? null;
  const key = `${at ?? ''} ${name.copy}`;
  let sample = samples.get(key);
  if (!sample) {
    sample = { at, copy: name.copy, readings: new Map(), pids: [] };
    samples.set(key, sample);
  }
  if (name.name === 'cgroup.procs') sample.pids = pidsOf(text);
  else readControlFile(name.name, text, file.source, sample.readings);
}

function pidsOf(text: string): number[] {
  return text
    .split('\n', MAX_PIDS)
    .filter((line) => /^\d{1,10}$/.test(line))
    .map(Number);
}

/** One visit to a group takes a moment: files stamped within two seconds of each other are one sample. */
function mergeMoments(samples: GroupSample[]): GroupSample[] {
  const merged: GroupSample[] = [];
  for (const sample of samples.sort((a, b) => (a.at ?? 0) - (b.at ?? 0))) {
    const near = merged.find(
      (other) =>
        other.copy === sample.copy &&
        other.at !== null &&
        sample.at !== null &&
        Math.abs(other.at - sample.at) <= 2000 &&
        [...sample.readings.keys()].every((key) => !other.readings.has(key)),
    );
    if (!near) {
      merged.push(sample);
      continue;
    }
    for (const [key, reading] of sample.readings) near.readings.set(key, reading);
    if (near.pids.length === 0) near.pids = sample.pids;
  }
  return merged;
}

function risingOf(sample: GroupSample): ReadonlyMap<string, number> {
  const rising = new Map<string, number>();
  for (const name of RISING) {
    const reading = sample.readings.get(name);
    if (reading) rising.set(name, reading.value);
  }
  return rising;
}
