import { z } from 'zod';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Outcome } from '../evidence/outcome.ts';
import { count, plural, were } from '../evidence/spoken-figures.ts';
import type { Tool, ToolContext, ToolReport } from '../evidence/tool.ts';
import type { PlatformFile } from '../platform/platform.ts';
import { isNotedUnread, noteUnread } from '../platform/unread-files.ts';
import type { NoLog } from './classify-log.ts';
import { zonesOfHosts } from './host-zone.ts';
import { lastWords } from './last-words.ts';
import type { LogFacts, LogsFacts } from './log-facts.ts';
import { matchSignatures } from './match-signatures.ts';
import { programEnd } from './program-end.ts';
import { readLog } from './read-log.ts';
import { isDaemon } from './record-provenance.ts';
import { type LogSelection, selectLogs } from './select-logs.ts';
import { shellComplaint } from './shell-complaint.ts';
import { sideBySide } from './side-by-side.ts';
import { SIGNATURES } from './signatures/index.ts';
import { type SurveyedFile, surveyLogs } from './survey-logs.ts';
import { vanishedDrivers } from './vanished-drivers.ts';
import { withoutEarlierSamples } from './without-earlier-samples.ts';

const INPUT = z.object({
  applicationIds: z.array(z.string().max(120)).max(100).optional(),
  hosts: z.array(z.string().max(255)).max(2_000).optional(),
  window: z
    .object({ from: z.number(), to: z.number() })
    .optional()
    .describe('the time asked about, milliseconds since the epoch'),
});

type Input = z.infer<typeof INPUT>;

const LOGS_AT_A_TIME = 6;
const HOUR_MS = 3_600_000;
/** A cause lies before its effect: daemons' records are kept from an hour before the window to a quarter after. */
const BEFORE_MS = HOUR_MS;
const AFTER_MS = HOUR_MS / 4;

/** Reads the logs of applications, and of the daemons on their hosts, whatever holds them. */
export const LOGS_READ: Tool<typeof INPUT, LogsFacts> = {
  name: 'logs_read',
  area: 'logs',
  description:
    'What do the logs say about these applications? Use it when a job failed, hangs or lost executors: it reads the logs of drivers, ' +
    'executors and ApplicationMasters, of NodeManagers, ResourceManager, NameNode and DataNodes, GC logs and crash files, and gives the ' +
    'failures it recognises with the lines that say them. Example: { "applicationIds": ["application_1700000000000_0042"] }. It leaves ' +
    "out kernel logs and event logs, which other tools read, and records of other days in daemons' logs.",
  input: INPUT,
  progress: (input) => ({
    en: input.applicationIds ? `reading the logs of ${input.applicationIds.join(', ')}` : 'reading the logs',
    zh: input.applicationIds ? `正在读取 ${input.applicationIds.join('、')} 的日志` : '正在读取日志',
  }),
  run,
};

async function run(input: Input, { platform, signal }: ToolContext): Promise<Outcome<ToolReport<LogsFacts>>> {
  const surveyed = await surveyLogs(platform);
  const selection = selectLogs(surveyed, input);
  const { files } = await platform.files();
  if (selection.read.length === 0) return nothingFound(files.length);
  const zones = await zonesOfHosts(files, platform.now);
  const unreadable: PlatformFile[] = surveyed.filter(({ as }) => as.is === 'unreadable').map(({ file }) => file);
  const literals = SIGNATURES.flatMap((signature) => signature.literals);
  const read = await sideBySide(selection.read, LOGS_AT_A_TIME, async ({ file, as }) => {
    const zone = file.host === undefined ? undefined : zones.get(file.host);
    try {
      return await readLog(file, {
        ...(as.is === 'log' ? { known: as } : {}),
        literals,
        ids: (input.applicationIds ?? []).map(idLiteral),
        ...(input.window ? { window: { from: input.window.from - BEFORE_MS, to: input.window.to + AFTER_MS } } : {}),
        ...(zone === undefined ? {} : { zoneOffsetMinutes: zone }),
        referenceMs: platform.now,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      if (!noteUnread(file, error) && !isFileError(error)) throw error;
      unreadable.push(file);
      return [];
    }
  });
  const logs = withoutEarlierSamples(selection.read.map(({ file }, index) => ({ file, logs: read[index] ?? [] })));
  const records = logs.flatMap((log) => log.records);
  const leftOut = leftOutOf(surveyed, selection, unreadable, logs);
  const findings = [
    ...matchSignatures(records),
    ...logs.flatMap((log) => programEnd(log) ?? []),
    ...vanishedDrivers(logs),
    ...lastWords(logs),
    ...logs.flatMap((log) => shellComplaint(log) ?? []),
  ];
  return { outcome: 'ok', value: { facts: { logs, leftOut }, findings, records }, notes: [] };
}

/** What daemons print of an application in containers, attempts and paths alike. */
function idLiteral(applicationId: string): string {
  return applicationId.replace(/^application_/, '');
}

function nothingFound(files: number): Outcome<ToolReport<LogsFacts>> {
  return {
    outcome: 'no_data',
    looked: {
      en: `no log of these applications among ${plural(files, 'file')}`,
      zh: `在 ${files} 个文件中没有找到这些应用的日志`,
    },
  };
}

/** True for what the file system says of a file (gone, no right, not readable); anything else is a defect of ours. */
function isFileError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

const NO_LOG_NAMES: Readonly<Record<Exclude<NoLog, 'empty' | 'counters' | 'kernel' | 'event_log'>, Bilingual>> = {
  binary: { en: 'binary', zh: '二进制文件' },
  json: { en: 'JSON documents', zh: 'JSON 文档' },
  markup: { en: 'XML or HTML', zh: 'XML 或 HTML' },
  source_code: { en: 'source code', zh: '源代码' },
  settings: { en: 'settings', zh: '配置文件' },
};

function leftOutOf(
  surveyed: readonly SurveyedFile[],
  selection: LogSelection,
  unreadable: readonly PlatformFile[],
  logs: readonly LogFacts[],
): Bilingual[] {
  const leftOut: Bilingual[] = [];
  const tell = (number: number, noun: string, en: string, zh: string) => {
    if (number > 0) leftOut.push({ en: `${plural(number, noun)} ${en}`, zh: `${count(number)} ${zh}` });
  };
  const untold = unreadable.filter((file) => !isNotedUnread(file));
  const names = untold.slice(0, 3).map((file) => file.source);
  tell(
    untold.length,
    'file',
    `could not be read (${names.join(', ')}${untold.length > 3 ? ', …' : ''})`,
    `个文件无法读取（${names.join('、')}${untold.length > 3 ? ' 等' : ''}）`,
  );
  for (const [what, name] of Object.entries(NO_LOG_NAMES)) {
    const number = surveyed.filter(({ as }) => as.is === 'no_log' && as.what === what).length;
    tell(number, 'file', `${were(number)} not read as log text: ${name.en}`, `个文件不是日志，未读取（${name.zh}）`);
  }
  const { otherApplications, otherHosts, unknownOwner, tooMany } = selection;
  tell(
    otherApplications,
    'log',
    `of other applications ${were(otherApplications)} not read`,
    '个日志属于其他应用，未读取',
  );
  tell(
    otherHosts,
    'log',
    `of daemons on other hosts ${were(otherHosts)} not read`,
    '个守护进程日志属于其他主机，未读取',
  );
  tell(
    unknownOwner,
    'log',
    `without the name of an application ${were(unknownOwner)} not read`,
    '个日志未标明所属应用，未读取',
  );
  tell(tooMany, 'log', `${were(tooMany)} left out: more than are read at once`, '个日志未读取：超过单次读取上限');
  const cut = logs.filter((log) => log.skipped.length > 0 && !isDaemon(log.writer));
  for (const log of cut.slice(0, 3)) {
    for (const reason of log.skipped)
      leftOut.push({ en: `${log.source}: ${reason.en}`, zh: `${log.source}：${reason.zh}` });
  }
  return leftOut;
}
