import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { CacheFacts } from '../../tools/cache/cache-facts.ts';
import { mergeCacheLogs } from '../../tools/cache/merge-cache-logs.ts';
import { emptyCacheFacts, readCacheFacts } from '../../tools/cache/read-cache-facts.ts';
import { FLUID_LISTS } from '../../tools/cache/read-fluid-facts.ts';
import type { Area } from '../../tools/evidence/area.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { Outcome } from '../../tools/evidence/outcome.ts';
import type { TextRecord } from '../../tools/evidence/text-record.ts';
import type { ToolReport } from '../../tools/evidence/tool.ts';
import type { HostMemoryFacts } from '../../tools/host/host-memory-facts.ts';
import { gatherKubernetes } from '../../tools/kubernetes/gather-kubernetes.ts';
import type { KubernetesState } from '../../tools/kubernetes/kubernetes-state.ts';
import type { LogFacts, LogsFacts } from '../../tools/logs/log-facts.ts';
import { LOGS_READ } from '../../tools/logs/logs-read.ts';
import { readAttachment } from '../../tools/logs/read-attachment.ts';
import { MEMORY_READ_HOST } from '../../tools/memory/memory-read-host.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { unreadNotes } from '../../tools/platform/unread-files.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { mergeShuffleLogs } from '../../tools/shuffle/merge-shuffle-logs.ts';
import { emptyShuffleFacts, readShuffleFacts } from '../../tools/shuffle/read-shuffle-facts.ts';
import type { ShuffleFacts } from '../../tools/shuffle/shuffle-facts.ts';
import { type KnownRun, knownRuns } from '../../tools/spark/known-runs.ts';
import { damagesOf } from '../../tools/storage/damage-facts.ts';
import type { HdfsFacts } from '../../tools/storage/hdfs-facts.ts';
import type { HostDiskFacts } from '../../tools/storage/host-disk-facts.ts';
import { judgeDamage } from '../../tools/storage/judge-damage.ts';
import { mergeHdfsRecords } from '../../tools/storage/merge-hdfs-records.ts';
import { emptyHdfsFacts, readHdfsFacts } from '../../tools/storage/read-hdfs-facts.ts';
import { STORAGE_READ_HOST } from '../../tools/storage/storage-read-host.ts';
import { containerLogFiles } from '../../tools/yarn/container-logs.ts';
import { emptyYarnFacts, type YarnFacts, type YarnScope } from '../../tools/yarn/facts.ts';
import { readYarnFacts } from '../../tools/yarn/read-yarn-facts.ts';

/** What the areas brought back before it is known which run is meant. */
export interface FirstLook {
  runs: readonly KnownRun[];
  yarn: YarnFacts | null;
  logs: readonly LogFacts[];
  /** Logs of what the asker pasted or attached. */
  attached: readonly LogFacts[];
  hosts: readonly HostMemoryFacts[];
  cache: CacheFacts;
  shuffle: ShuffleFacts;
  hdfs: HdfsFacts;
  kubernetes: KubernetesState | null;
  findings: readonly Finding[];
  /** Records that signatures have not judged yet (diagnostics). */
  records: readonly TextRecord[];
  checked: readonly Area[];
  notChecked: readonly { area: Area; why: Bilingual; reason: 'no_data' | 'absent' | 'failed' }[];
  skipped: readonly Bilingual[];
  toolCalls: number;
}

/** What of the question narrows what a live platform is asked: a recording is read whole. */
export interface AskedOf {
  applicationIds: readonly string[];
  jobNames: readonly string[];
  window: { from: number; to: number } | null;
}

/**
 * Asks every area that the platform has, side by side. An area that cannot be looked at costs one line in the answer and
 * nothing else.
 */
export async function takeFirstLook(
  platform: Platform,
  attachments: readonly PlatformFile[],
  signal: AbortSignal,
  asked: AskedOf | null = null,
): Promise<FirstLook> {
  const context = { platform, signal };
  const yarnRead = readYarnFacts(platform, yarnScope(platform, asked), signal);
  const [runs, yarn, logs, memory, storage, cache, shuffle, hdfs, kubernetes, attached] = await Promise.all([
    runsKnown(platform, asked, signal),
    yarnRead,
    readLogs(platform, yarnRead, asked, signal),
    MEMORY_READ_HOST.run({}, context),
    STORAGE_READ_HOST.run({}, context),
    readCacheFacts(platform, null, signal),
    readShuffleFacts(platform, null, signal),
    readHdfsFacts(platform, [], signal),
    gatherKubernetes(platform, { namespaces: [], others: FLUID_LISTS }, signal),
    readAttachments(platform, attachments),
  ]);
  const gathered = new Gathered();
  const logFacts = gathered.judged<LogsFacts>('logs', logs);
  const hosts = gathered.report<readonly HostMemoryFacts[]>('memory', memory);
  const disks = gathered.report<readonly HostDiskFacts[]>('storage', storage);
  const read = logFacts?.logs ?? [];
  const records = read.flatMap((log) => log.records);
  const shuffleFacts = gathered.value<ShuffleFacts>('shuffle', shuffle) ?? emptyShuffleFacts();
  const hdfsFacts = gathered.partOf<HdfsFacts>('storage', hdfs) ?? emptyHdfsFacts();
  const kubernetesState = gathered.value<KubernetesState>('kubernetes', kubernetes);
  const cacheFacts = gathered.value<CacheFacts>('cache', cache) ?? emptyCacheFacts();
  const known = gathered.value<readonly KnownRun[]>('spark', runs);
  const yarnFacts = gathered.value<YarnFacts>('yarn', yarn);
  return {
    runs: known ?? [],
    yarn: yarnFacts,
    logs: logFacts?.logs ?? [],
    attached,
    hosts: hosts ?? [],
    cache: mergeCacheLogs(cacheFacts, read),
    shuffle: mergeShuffleLogs(shuffleFacts, read),
    hdfs: mergeHdfsRecords(hdfsFacts, records),
    kubernetes: kubernetesState,
    findings: [...gathered.findings, ...judgeDamage(disks ?? [], damagesOf(records))],
    records: gathered.records,
    checked: gathered.checked,
    notChecked: gathered.notChecked,
    skipped: [
      ...(await filesUnread(platform)),
      ...attached.flatMap((log) => log.skipped),
      ...gathered.skipped,
      ...(logFacts?.leftOut ?? []),
      ...(yarnFacts?.skipped ?? []),
    ],
    toolCalls: 5 + attachments.length,
  };
}

/** Runs that are known. One that the question names by id is begun to be read while others still answer; its source keeps it. */
async function runsKnown(platform: Platform, asked: AskedOf | null, signal: AbortSignal) {
  const known = await knownRuns(platform);
  if (known.outcome !== 'ok' || platform.kind !== 'live') return known;
  for (const id of asked?.applicationIds.slice(0, 2) ?? []) {
    const run = known.value.find(({ listing }) => listing.applicationId === id && listing.backend === 'rest');
    // What goes wrong is told by whoever asks for the run.
    run?.source.read(run.listing.handle, signal).catch(() => undefined);
  }
  return known;
}

/** The logs that lie in files, and those of the application that is asked about which YARN gives over HTTP. */
async function readLogs(
  platform: Platform,
  yarnRead: Promise<Outcome<YarnFacts>>,
  asked: AskedOf | null,
  signal: AbortSignal,
): Promise<Outcome<ToolReport<LogsFacts>>> {
  const given = (await platform.services()).some((service) => /^yarn-(?:history|nm)(?:[@:]|$)/.test(service));
  if (!given) return await LOGS_READ.run({}, { platform, signal });
  const yarn = await yarnRead;
  const facts = yarn.outcome === 'ok' ? yarn.value : emptyYarnFacts();
  const served = await containerLogFiles(platform, facts, [...(asked?.applicationIds ?? []), ...facts.asked]);
  const read = await LOGS_READ.run({}, { platform: withFiles(platform, served.files), signal });
  return read.outcome === 'ok' ? { ...read, notes: [...read.notes, ...served.skipped] } : read;
}

function yarnScope(platform: Platform, asked: AskedOf | null): YarnScope {
  if (platform.kind !== 'live' || asked === null) return {};
  const [name] = asked.jobNames;
  return {
    ...(asked.applicationIds.length > 0 ? { applicationIds: asked.applicationIds } : {}),
    ...(name === undefined ? {} : { name }),
    ...(asked.window ? { window: asked.window } : {}),
  };
}

/** What of the platform's files was left out when they were listed, and what could not be read since. */
async function filesUnread(platform: Platform): Promise<Bilingual[]> {
  const { files, skipped } = await platform.files();
  return [...skipped, ...unreadNotes(files)];
}

/** Sorts outcomes: what was found, what could not be looked at, what was read in part. */
class Gathered {
  readonly findings: Finding[] = [];
  readonly records: TextRecord[] = [];
  readonly checked: Area[] = [];
  readonly notChecked: { area: Area; why: Bilingual; reason: 'no_data' | 'absent' | 'failed' }[] = [];
  readonly skipped: Bilingual[] = [];

  report<Facts>(area: Area, outcome: Outcome<ToolReport<Facts>>): Facts | null {
    const report = this.value<ToolReport<Facts>>(area, outcome);
    if (!report) return null;
    this.findings.push(...report.findings);
    this.records.push(...report.records);
    return report.facts;
  }

  /** Of an area that has judged its own records with the signatures: judged again, each would count twice. */
  judged<Facts>(area: Area, outcome: Outcome<ToolReport<Facts>>): Facts | null {
    const report = this.value<ToolReport<Facts>>(area, outcome);
    if (!report) return null;
    this.findings.push(...report.findings);
    return report.facts;
  }

  value<Value>(area: Area, outcome: Outcome<Value>): Value | null {
    this.note(area, outcome);
    return outcome.outcome === 'ok' ? outcome.value : null;
  }

  /** Of a second part of an area: that nobody configured it does not mean that the area was not looked at. */
  partOf<Value>(area: Area, outcome: Outcome<Value>): Value | null {
    if (outcome.outcome === 'ok' || (outcome.outcome === 'failed' && outcome.retryable)) this.note(area, outcome);
    return outcome.outcome === 'ok' ? outcome.value : null;
  }

  note(area: Area, outcome: Outcome<unknown>): void {
    if (outcome.outcome === 'ok') {
      this.checked.push(area);
      this.skipped.push(...outcome.notes);
    } else {
      const failed = outcome.outcome === 'failed' ? outcome : null;
      const why = outcome.outcome === 'no_data' ? outcome.looked : outcome.why;
      this.notChecked.push({ area, why, reason: failed === null ? 'no_data' : failed.retryable ? 'failed' : 'absent' });
    }
  }
}

async function readAttachments(platform: Platform, attachments: readonly PlatformFile[]): Promise<LogFacts[]> {
  const { files } = await platform.files();
  const pasted = [...attachments, ...files.filter((file) => file.origin === 'user')];
  const read = await Promise.all(pasted.map((file, at) => readAttachment(file, at + 1)));
  return read.flat();
}
