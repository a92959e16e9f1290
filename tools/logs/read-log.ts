import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Area } from '../evidence/area.ts';
import type { JoinKeys } from '../evidence/join-keys.ts';
import { bytes, count, plural, were } from '../evidence/spoken-figures.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { classifyLog, HEAD_BYTES, type LogClass, TAIL_BYTES } from './classify-log.ts';
import { firstTime } from './first-time.ts';
import { DAEMON_LIMITS, type KeepLimits, orderedRecords, PROCESS_LIMITS } from './kept-records.ts';
import { learnLayout } from './line-layout.ts';
import type { LogFacts, Milestone } from './log-facts.ts';
import { CAPACITY_BYTES } from './log-scanner.ts';
import { milestoneOf } from './milestones.ts';
import { isDaemon } from './record-provenance.ts';
import { sampleFile } from './sample-file.ts';
import { scanFile } from './scan-file.ts';
import type { ScannedSection, ScanPlan } from './scan-plan.ts';

/** What is known and wanted of a log before it is read. */
export interface ReadLogOptions {
  /** Its class, when it was found before. */
  known?: LogClass & { is: 'log' };
  /** Literals of the signatures: whatever hits one is kept at any level. */
  literals: readonly string[];
  /** Ids asked for (`1795256295743_0006`, `app-20261121102619-0000`): daemons' lines about them are kept at any level. */
  ids?: readonly string[];
  /** Times outside are left out of daemons' logs. */
  window?: { from: number; to: number };
  zoneOffsetMinutes?: number;
  referenceMs?: number;
  area?: Area;
  signal?: AbortSignal;
}

/** A file with its class and the beginning that the class was found by. */
export interface ClassifiedLog {
  file: PlatformFile;
  as: LogClass;
  head: Buffer;
}

/** Looks at the beginning and the end of a file and tells what it is. */
export async function classifyFile(file: PlatformFile): Promise<ClassifiedLog> {
  const { head, tail } = await sampleFile(file, HEAD_BYTES, TAIL_BYTES);
  return { file, as: classifyLog(head, tail, file.path), head };
}

/**
 * Reads one log of any size into facts; an aggregated file, or a file that several runs wrote to, gives one for each. Empty for a file
 * that is no log. Memory is bounded: what was cut, folded away or left out is counted in `skipped`.
 */
export async function readLog(file: PlatformFile, options: ReadLogOptions): Promise<LogFacts[]> {
  const { as, head } = options.known
    ? { as: options.known, head: (await sampleFile(file, HEAD_BYTES, 0)).head }
    : await classifyFile(file);
  if (as.is === 'no_log') return [];
  const plan = planOf(file, as, head, options);
  const choice = {
    writer: as.writer,
    aggregated: as.aggregated,
    literals: options.literals,
    ids: isDaemon(as.writer) ? (options.ids ?? []) : [],
  };
  const { signal } = options;
  const { sections, stopped } = await scanFile(file, {
    plan,
    choice,
    sample: head,
    ...(signal === undefined ? {} : { signal }),
  });
  const headTime = as.aggregated ? null : firstTime(head.toString('utf8'), plan.origin);
  return sections.map((section, index) => factsOf(section, plan, index === 0 ? headTime : null, stopped));
}

function planOf(file: PlatformFile, as: LogClass & { is: 'log' }, head: Buffer, options: ReadLogOptions): ScanPlan {
  const { window, zoneOffsetMinutes, referenceMs } = options;
  return {
    origin: {
      source: file.source,
      writer: as.writer,
      provenance: as.provenance,
      area: options.area ?? 'logs',
      keys: keysWithHost(as.keys, file),
      firstLine: 1,
      ...(zoneOffsetMinutes === undefined ? {} : { zoneOffsetMinutes }),
      ...(referenceMs === undefined ? {} : { referenceMs }),
    },
    layout: learnLayout(head.toString('utf8')),
    limits: limitsOf(as),
    sections: as.aggregated ? 'aggregated' : as.writer === 'spark_driver' ? 'runs' : 'none',
    fromStart: true,
    ...(window !== undefined && isDaemon(as.writer) ? { window } : {}),
  };
}

function limitsOf(as: LogClass & { is: 'log' }): KeepLimits {
  return isDaemon(as.writer) ? DAEMON_LIMITS : PROCESS_LIMITS;
}

/** The host the capture's layout names is the one that everything else of that host is found under. */
function keysWithHost(keys: JoinKeys, file: PlatformFile): JoinKeys {
  return file.host === undefined ? keys : { ...keys, host: file.host };
}

function factsOf(
  section: ScannedSection,
  plan: ScanPlan,
  headTime: number | null,
  stopped: Bilingual | null,
): LogFacts {
  const records = orderedRecords(section.kept, plan.origin);
  const milestones = records.map(milestoneOf).filter((milestone) => milestone !== null);
  const known = keysFromMilestones(section.keys, milestones);
  const times = [...records.slice(0, 1), ...records.slice(-1), ...section.tail].flatMap(({ at }) => at ?? []);
  return {
    source: plan.origin.source,
    fromLine: section.fromLine,
    toLine: section.fromLine + Math.max(0, section.lines - 1),
    writer: section.writer,
    keys: known,
    firstAt: section.firstAt ?? headTime ?? times[0] ?? null,
    lastAt: section.tail.findLast(({ at }) => at !== null)?.at ?? times.at(-1) ?? null,
    recordCount: section.recordCount,
    records,
    tail: section.tail,
    milestones,
    skipped: stopped ? [...skippedOf(section), stopped] : skippedOf(section),
  };
}

/** What a process says of itself only further down (an id behind a long head) is true of all its log. */
function keysFromMilestones(keys: JoinKeys, milestones: readonly Milestone[]): JoinKeys {
  if (keys.applicationId !== undefined) return keys;
  const submitted = milestones.filter(({ kind }) => kind === 'application_submitted' || kind === 'attempt_started');
  const ids = new Set(submitted.map((milestone) => milestone.keys.applicationId));
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? { ...keys, applicationId: only } : keys;
}

function skippedOf({ kept, cutLines, cutBytes, passedHits, outsideWindow }: ScannedSection): Bilingual[] {
  const skipped: Bilingual[] = [];
  const tell = (when: boolean, en: string, zh: string) => {
    if (when) skipped.push({ en, zh });
  };
  tell(
    kept.overLimit > 0,
    `${plural(kept.overLimit, 'further record')} ${were(kept.overLimit)} left out: the log has more different messages than are kept`,
    `另有 ${count(kept.overLimit)} 条记录未保留：日志中不同的消息超过了保留上限`,
  );
  tell(
    cutLines > 0,
    `${plural(cutLines, 'line')} longer than ${bytes(CAPACITY_BYTES)} ${were(cutLines)} cut (${bytes(cutBytes)} passed over)`,
    `有 ${count(cutLines)} 行超过 ${bytes(CAPACITY_BYTES)}，已截断（跳过 ${bytes(cutBytes)}）`,
  );
  tell(
    passedHits > 0,
    `${plural(passedHits, 'further line')} that ${passedHits === 1 ? 'warns or fails and begins' : 'warn or fail and begin'} like others ${were(passedHits)} only counted`,
    `另有 ${count(passedHits)} 行警告或错误与前文开头相同，只计数、未细读`,
  );
  tell(
    outsideWindow > 0,
    `${plural(outsideWindow, 'record')} outside the time asked about ${were(outsideWindow)} left out`,
    `${count(outsideWindow)} 条不在所问时间范围内的记录未保留`,
  );
  return skipped;
}
