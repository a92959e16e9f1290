import type { TextRecord } from '../evidence/text-record.ts';
import type { ContainerEvent, ContainerHappening } from './container-events.ts';
import type { LogCoverage } from './facts.ts';
import { logCoverage } from './log-coverage.ts';
import type { DiskReport, MemoryChecks } from './node-facts.ts';
import { parseDirectoryError, parseDiskReports } from './parse-disk-report.ts';
import { parseLimitBreach } from './parse-limit-breach.ts';
import { unknownChecks } from './parse-nodes.ts';
import { parseResources } from './parse-yarn-sizes.ts';
import { hostOfRecord, recordEvidence } from './record-evidence.ts';
import type { Eviction } from './scheduler-events.ts';
import { type ContainerIdParts, findApplicationId, findContainerId } from './yarn-ids.ts';

/** What NodeManagers' records say. */
export interface NodeManagerReading {
  events: readonly ContainerEvent[];
  /** When a NodeManager was told that an application had ended. */
  applicationStops: readonly { applicationId: string; host: string | null; at: number | null }[];
  checks: ReadonlyMap<string, MemoryChecks>;
  disks: readonly DiskReport[];
  evictions: readonly Eviction[];
  coverage: readonly LogCoverage[];
}

/** Reads the records that NodeManagers wrote (writer `node_manager`); others are left alone. Pure. */
export function parseNodeManagerRecords(records: readonly TextRecord[]): NodeManagerReading {
  const mine = records.filter((record) => record.writer === 'node_manager');
  const events: ContainerEvent[] = [];
  const applicationStops: { applicationId: string; host: string | null; at: number | null }[] = [];
  const disks: DiskReport[] = [];
  const evictions: Eviction[] = [];
  const checks = new Map<string, MemoryChecks>();
  const lastExit = new Map<string, ContainerIdParts>();
  for (const record of mine) {
    const event = containerEvent(record, lastExit);
    if (event) events.push(event);
    const eviction = evictionOf(record);
    if (eviction) evictions.push(eviction);
    const stop = applicationStop(record);
    if (stop) applicationStops.push(stop);
    disks.push(...diskReports(record));
    readCheck(record, checks);
  }
  return {
    events,
    applicationStops,
    checks,
    disks: closeDiskReports(disks, mine),
    evictions,
    coverage: logCoverage(mine),
  };
}

function containerEvent(record: TextRecord, lastExit: Map<string, ContainerIdParts>): ContainerEvent | null {
  const what = happening(record);
  if (!what) return null;
  const named = what.kind === 'breach' ? findContainerId(what.breach.containerId) : findContainerId(record.message);
  // "Container launch failed : Container exited with a non-zero exit code 1." names none: it follows that container's exit.
  const id = named ?? (what.kind === 'launch_failed' ? lastExit.get(record.quote.source) : undefined);
  if (!id) return null;
  if (what.kind === 'exit_code') lastExit.set(record.quote.source, id);
  return {
    id,
    host: hostOfRecord(record),
    at: record.at,
    order: record.order,
    from: 'node_manager',
    evidence: recordEvidence(record),
    what,
  };
}

function happening(record: TextRecord): ContainerHappening | null {
  const { message } = record;
  const moved = /^Container container_\w{1,80} transitioned from (\w{1,60}) to (\w{1,60})/.exec(message);
  if (moved) return { kind: 'node_state', from: moved[1] ?? '', to: moved[2] ?? '' };
  const exit = /Exit code from container container_\w{1,80} is ?: ?(-?\d{1,6})/.exec(message);
  if (exit) return { kind: 'exit_code', code: Number(exit[1]) };
  if (message.startsWith('Start request for container_')) {
    return { kind: 'start_requested', resources: parseResources(message) };
  }
  if (message.startsWith('Stopping container with container Id:')) return { kind: 'stop_requested' };
  return memoryHappening(record) ?? failureHappening(record);
}

function memoryHappening(record: TextRecord): ContainerHappening | null {
  const { message, text } = record;
  if (message.includes('memory limit')) {
    const quote = record.quote;
    const breach = parseLimitBreach(text, { evidence: recordEvidence(record), quote, at: record.at });
    if (breach) return { kind: 'breach', breach };
  }
  if (isElasticKill(message)) return { kind: 'taken_by_node', by: 'oom_handler' };
  if (isOvercommitKill(message)) return { kind: 'taken_by_node', by: 'overcommit_eviction' };
  if (/make room for Guaranteed Container|will be killed to start the execution of guaranteed/i.test(message)) {
    return { kind: 'taken_by_node', by: 'container_scheduler' };
  }
  return null;
}

function failureHappening(record: TextRecord): ContainerHappening | null {
  const { message, text } = record;
  if (message.startsWith('Exception from container-launch')) {
    const output = /ExitCodeException exitCode=\d{1,6}: ([\s\S]{0,8000}?)(?=\n\s{0,8}at |$)/.exec(text)?.[1] ?? '';
    return { kind: 'launch_failed', output: output.trim() };
  }
  if (/^Container launch failed\b/.test(message)) return { kind: 'launch_failed', output: printedOutput(text) };
  if (/Localizer failed|Failed to (?:download|localize) /.test(message)) {
    return { kind: 'localization_failed', output: text.slice(0, 4000) };
  }
  return null;
}

/** The tail of stderr and prelaunch.err that the NodeManager quotes behind `Last 4096 bytes of stderr :`. */
export function printedOutput(text: string): string {
  const tails = [...text.matchAll(/Last \d{1,9} bytes of (?:stderr|prelaunch\.err|stdout) ?:\n?/g)];
  const pieces = tails.map((hit, index) => {
    const from = hit.index + hit[0].length;
    const until = tails[index + 1]?.index ?? text.length;
    return (text.slice(from, until).split(/\n\s*\n|\n\[\d{4}-/)[0] ?? '').trim();
  });
  return [...new Set(pieces.filter((piece) => piece !== ''))].join('\n').slice(0, 8000);
}

/** `DefaultOOMHandler` of 3.x, old and new wording (reference platform-texts-and-interfaces.md C4). */
function isElasticKill(message: string): boolean {
  return message.includes('by elastic cgroups OOM handler');
}

/**
 * An over-commit component of the node took a container. No public component's wording is known (reference C8), so the
 * mechanism's words must all be there: an eviction, a container, over-commitment or the node's real use.
 */
function isOvercommitKill(message: string): boolean {
  if (!message.includes('container_')) return false;
  return (
    /\bevict(?:ed|ing|ion)?\b|\bdrop-?off\b|驱逐/i.test(message) &&
    /over-?commit|over-?subscri|over-?allocat|超卖|node (?:memory )?usage|real usage/i.test(message)
  );
}

function evictionOf(record: TextRecord): Eviction | null {
  const { message } = record;
  const elastic = isElasticKill(message);
  if (!elastic && !isOvercommitKill(message)) return null;
  const id = findContainerId(message);
  if (!id) return null;
  const sizes = /using (\d{1,19}) when requested only (\d{1,19})/.exec(message);
  return {
    containerId: id.containerId,
    host: hostOfRecord(record),
    kind: elastic ? 'elastic_handler' : 'overcommit',
    usedBytes: sizes ? Number(sizes[1]) : null,
    requestedBytes: sizes ? Number(sizes[2]) : null,
    at: record.at,
    evidence: recordEvidence(record),
  };
}

function applicationStop(record: TextRecord) {
  const hit =
    /^Application (application_\w{1,40}) transitioned from RUNNING to (?:FINISHING_CONTAINERS_WAIT|APPLICATION_RESOURCES_CLEANINGUP|FINISHED)/.exec(
      record.message,
    );
  const applicationId = hit ? findApplicationId(hit[1] ?? '') : null;
  return applicationId ? { applicationId, host: hostOfRecord(record), at: record.at } : null;
}

function diskReports(record: TextRecord): DiskReport[] {
  const { message } = record;
  const host = hostOfRecord(record);
  if (!host || !/dirs|Directory /.test(message)) return [];
  const line = parseDirectoryError(message);
  const reported = /disks? .{0,20}failed|\(s\) failed/i.test(message) ? parseDiskReports(message) : [];
  const statements = line ? [line] : reported;
  return statements.map((statement) => ({
    ...statement,
    host,
    at: record.at,
    goodAgainAt: null,
    evidence: recordEvidence(record),
  }));
}

/** Gives each report the time at which the NodeManager said that its disks were good again. */
function closeDiskReports(disks: readonly DiskReport[], records: readonly TextRecord[]): DiskReport[] {
  if (disks.length === 0) return [];
  const good = records.filter((record) => /Disk\(s\) turned good/.test(record.message));
  return disks.map((disk) => {
    const later = good.find(
      (record) => hostOfRecord(record) === disk.host && (record.at ?? 0) >= (disk.at ?? 0) && record.at !== null,
    );
    return later ? { ...disk, goodAgainAt: later.at } : disk;
  });
}

const CHECK_LINES: readonly [RegExp, 'physical' | 'virtual' | 'strict' | 'elastic'][] = [
  [/Physical memory check enabled: (true|false)/, 'physical'],
  [/Virtual memory check enabled: (true|false)/, 'virtual'],
  [/Strict memory control enabled: (true|false)/, 'strict'],
  [/Elastic memory control enabled: (true|false)/, 'elastic'],
];

function readCheck(record: TextRecord, checks: Map<string, MemoryChecks>): void {
  if (!record.message.includes('enabled: ')) return;
  const host = hostOfRecord(record);
  if (!host) return;
  for (const [pattern, field] of CHECK_LINES) {
    const hit = pattern.exec(record.message);
    if (!hit) continue;
    const known = checks.get(host) ?? unknownChecks();
    checks.set(host, { ...known, [field]: hit[1] === 'true', evidence: [...known.evidence, recordEvidence(record)] });
  }
}
