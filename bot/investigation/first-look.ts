import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Area } from '../../tools/evidence/area.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import type { Outcome } from '../../tools/evidence/outcome.ts';
import type { TextRecord } from '../../tools/evidence/text-record.ts';
import type { ToolReport } from '../../tools/evidence/tool.ts';
import type { HostMemoryFacts } from '../../tools/host/host-memory-facts.ts';
import type { LogFacts, LogsFacts } from '../../tools/logs/log-facts.ts';
import { LOGS_READ } from '../../tools/logs/logs-read.ts';
import { readAttachment } from '../../tools/logs/read-attachment.ts';
import { MEMORY_READ_HOST } from '../../tools/memory/memory-read-host.ts';
import type { Platform, PlatformFile } from '../../tools/platform/platform.ts';
import { unreadNotes } from '../../tools/platform/unread-files.ts';
import { type KnownRun, knownRuns } from '../../tools/spark/known-runs.ts';
import { STORAGE_READ_HOST } from '../../tools/storage/storage-read-host.ts';
import type { YarnFacts } from '../../tools/yarn/facts.ts';
import { readYarnFacts } from '../../tools/yarn/read-yarn-facts.ts';

/** What the areas brought back before it is known which run is meant. */
export interface FirstLook {
  runs: readonly KnownRun[];
  yarn: YarnFacts | null;
  logs: readonly LogFacts[];
  /** Logs of what the asker pasted or attached. */
  attached: readonly LogFacts[];
  hosts: readonly HostMemoryFacts[];
  findings: readonly Finding[];
  /** Records that signatures have not judged yet (diagnostics). */
  records: readonly TextRecord[];
  checked: readonly Area[];
  notChecked: readonly { area: Area; why: Bilingual; reason: 'no_data' | 'absent' | 'failed' }[];
  skipped: readonly Bilingual[];
  toolCalls: number;
}

/**
 * Asks every area that the platform has, side by side. An area that cannot be looked at costs one line in the answer and
 * nothing else.
 */
export async function takeFirstLook(
  platform: Platform,
  attachments: readonly PlatformFile[],
  signal: AbortSignal,
): Promise<FirstLook> {
  const context = { platform, signal };
  const [runs, yarn, logs, memory, storage, attached] = await Promise.all([
    knownRuns(platform),
    readYarnFacts(platform, {}),
    LOGS_READ.run({}, context),
    MEMORY_READ_HOST.run({}, context),
    STORAGE_READ_HOST.run({}, context),
    readAttachments(platform, attachments),
  ]);
  const gathered = new Gathered();
  const logFacts = gathered.judged<LogsFacts>('logs', logs);
  const hosts = gathered.report<readonly HostMemoryFacts[]>('memory', memory);
  gathered.report('storage', storage);
  const known = gathered.value<readonly KnownRun[]>('spark', runs);
  const yarnFacts = gathered.value<YarnFacts>('yarn', yarn);
  return {
    runs: known ?? [],
    yarn: yarnFacts,
    logs: logFacts?.logs ?? [],
    attached,
    hosts: hosts ?? [],
    findings: gathered.findings,
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
