import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { duration } from '../../../tools/evidence/spoken-figures.ts';
import type { TextRecord } from '../../../tools/evidence/text-record.ts';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import { type ClockOffsets, hostOfLog } from './clock-offsets.ts';

/** Two records of one end lie within this when the same clock stamped them. */
const SAME_END_MS = 60_000;

/** Logs of hosts whose clocks are off, their times set to the clock that most hosts agree with. Lines and quotes stay as written. */
export function setClocksOfLogs(logs: readonly LogFacts[], offsets: ClockOffsets): readonly LogFacts[] {
  if (offsets.size === 0) return logs;
  return logs.map((log) => {
    const ahead = offsets.get(hostOfLog(log) ?? '');
    return ahead === undefined ? log : setBack(log, ahead);
  });
}

function setBack(log: LogFacts, ahead: number): LogFacts {
  const at = (time: number | null) => (time === null ? null : time - ahead);
  const record = (one: TextRecord): TextRecord => ({ ...one, at: at(one.at), lastAt: at(one.lastAt) });
  return {
    ...log,
    firstAt: at(log.firstAt),
    lastAt: at(log.lastAt),
    records: log.records.map(record),
    tail: log.tail.map(record),
    milestones: log.milestones.map((one) => ({ ...one, at: at(one.at), record: record(one.record) })),
  };
}

/**
 * Findings that were read from logs of hosts whose clocks are off, at the time they have by the others' clock. What the kernel of
 * such a host says goes by a clock of its own (boot time): it is set only where it agrees with the host's unset logs.
 */
export function setClocksOfFindings(
  findings: readonly Finding[],
  offsets: ClockOffsets,
  logs: readonly LogFacts[],
): Finding[] {
  if (offsets.size === 0) return [...findings];
  const ofSource = Map.groupBy(logs, ({ source }) => source);
  const hosts = new Map(findings.map((finding) => [finding, writtenOn(finding, ofSource)]));
  const onHost = (host: string) => findings.filter((finding) => hosts.get(finding) === host);
  const kernels = new Set([...offsets.keys()].filter((host) => sharesClock(onHost(host))));
  return findings.map((finding) => {
    const host = hosts.get(finding) ?? '';
    const ahead = offsets.get(host);
    if (ahead === undefined || (isKernels(finding) && !kernels.has(host))) return finding;
    return {
      ...finding,
      at: finding.at === null ? null : finding.at - ahead,
      ...(finding.until == null ? {} : { until: finding.until - ahead }),
    };
  });
}

/** The host whose clock stamped the finding's first proof: that of the log it stands in, where a collected file holds several. */
function writtenOn({ evidence }: Finding, ofSource: ReadonlyMap<string, readonly LogFacts[]>): string | null {
  const [piece] = evidence;
  if (!piece) return null;
  const log = ofSource
    .get(piece.source)
    ?.find(({ fromLine, toLine }) => piece.fromLine >= fromLine && piece.fromLine <= toLine);
  return hostOfLog(log ?? { source: piece.source, keys: {} });
}

function isKernels({ evidence }: Finding): boolean {
  return evidence.some(({ provenance }) => provenance === 'kernel');
}

/** A kill in the kernel's log and the end of its container in another log of the host, at one time as they are written. */
function sharesClock(findings: readonly Finding[]): boolean {
  const own = findings.filter(({ at }) => at !== null);
  const kills = own.filter((finding) => isKernels(finding) && finding.symptom === 'process_killed');
  const ends = own.filter((finding) => !isKernels(finding) && finding.symptom === 'container_exited');
  return kills.some((kill) =>
    ends.some(
      (end) =>
        end.keys.containerId !== undefined &&
        end.keys.containerId === kill.keys.containerId &&
        Math.abs((end.at ?? 0) - (kill.at ?? 0)) <= SAME_END_MS,
    ),
  );
}

/** What the reader has to know of clocks that are off. */
export function toldOffsets(offsets: ClockOffsets): Bilingual[] {
  return [...offsets].map(([host, ahead]) => {
    const by = duration(Math.abs(ahead));
    return {
      en: `the clock behind the logs of ${host} is ${by.en} ${ahead > 0 ? 'ahead of' : 'behind'} the others; its times are set right here, its lines are quoted as written`,
      zh: `${host} 的日志时钟比其他主机${ahead > 0 ? '快' : '慢'} ${by.zh}；这里已按其他主机校正时间，引用的原文不变`,
    };
  });
}
