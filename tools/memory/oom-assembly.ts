import type { Quote } from '../evidence/quote.ts';
import type { ClockKeeper } from './kernel-clock.ts';
import type { OomKill, OomReport, OomTask, Stamped } from './kernel-facts.ts';
import {
  type ConstraintMessage,
  isWithin,
  type KilledMessage,
  readChoice,
  readConstraint,
  readInvoker,
  readKilled,
  readLimitSentence,
  readStatLine,
  readStatsHeader,
  readUsage,
} from './oom-messages.ts';
import { pageTableBytes, readTableHeader, readTableRow, type TableColumns, type TableRow } from './oom-table.ts';
import { readMemInfo } from './oom-zones.ts';

/** One line as the assembly sees it. */
export interface OomLine extends Stamped {
  body: string;
  wallMs: number | null;
  quote: Quote;
}

/** Lines of one dump and its kills belong together within this time (the dump itself is printed within milliseconds). */
const SAME_EVENT_SECONDS = 5;
const MAX_TASKS = 20_000;
const MAX_STATS = 400;
const MAX_SUBGROUPS = 2_000;
const MAX_KILLS = 5_000;

interface OpenReport {
  report: OomReport;
  rows: { row: TableRow; quote: Quote }[];
  columns: TableColumns | null;
  /** What bare `name value` lines belong to. */
  statsOpen: boolean;
  tableOpen: boolean;
  kills: number;
  order: number;
  wallMs: number | null;
}

interface OpenConstraint {
  message: ConstraintMessage;
  line: OomLine;
  order: number;
  report: OpenReport | null;
}

/** Puts the lines of OOM dumps together, each line by its own shape, so that foreign lines in between do no harm. */
export interface OomAssembly {
  /** Takes a line; true when it belonged to an OOM dump. */
  take(line: OomLine): boolean;
  finish(): { kills: OomKill[]; killless: OomReport[]; leftOut: number };
}

/** @param clock gets every fact so that times can be set when the whole log is known */
export function assembleOom(clock: ClockKeeper): OomAssembly {
  const kills: OomKill[] = [];
  const reports: OpenReport[] = [];
  let current: OpenReport | null = null;
  let constraint: OpenConstraint | null = null;
  let sentence: { taskMemcg: string; oomMemcg: string; line: OomLine; order: number } | null = null;
  let choice: { pid: number; score: number; prefix: OomKill['prefix']; line: OomLine } | null = null;
  let wholeGroup: { group: string; order: number } | null = null;
  let order = 0;
  let leftOut = 0;

  function open(line: OomLine): OpenReport {
    const report = emptyReport(line);
    const opened: OpenReport = {
      report,
      rows: [],
      columns: null,
      statsOpen: false,
      tableOpen: false,
      kills: 0,
      order,
      wallMs: line.wallMs,
    };
    clock.later(report, line.wallMs);
    reports.push(opened);
    current = opened;
    return opened;
  }

  /** The dump a line belongs to: the open one when it is recent and has not ended in a kill, else a headless new one. */
  function reportFor(line: OomLine): OpenReport {
    if (current && current.kills === 0 && near(current.report, current.wallMs, line)) return current;
    return open(line);
  }

  function takeHeader(line: OomLine): boolean {
    const invoker = readInvoker(line.body);
    if (!invoker) return false;
    const opened = open(line);
    opened.report.invoker = { ...invoker, pid: null, quote: line.quote };
    sentence = null;
    constraint = null;
    choice = null;
    return true;
  }

  function takeUsage(line: OomLine): boolean {
    const usage = readUsage(line.body);
    if (!usage) return false;
    const { report } = reportFor(line);
    const { usageBytes, limitBytes, failcnt } = usage;
    const value = { usageBytes, limitBytes, failcnt, quote: line.quote };
    if (usage.what === 'memory') report.memory = value;
    else if (usage.what === 'memory+swap') report.memorySwap = value;
    else if (usage.what === 'swap') report.swap = value;
    else report.kmem = value;
    return true;
  }

  function takeStats(line: OomLine): boolean {
    const header = readStatsHeader(line.body);
    if (header) {
      const opened = reportFor(line);
      if (header.values.size === 0) {
        opened.report.group = header.group;
        opened.statsOpen = true;
      } else if (opened.report.subgroups.length < MAX_SUBGROUPS) {
        opened.report.subgroups.push({ ...header, quote: line.quote });
      } else leftOut += 1;
      return true;
    }
    if (!current?.statsOpen) return false;
    const stat = readStatLine(line.body);
    if (!stat) return false;
    const stats = current.report.stats as Map<string, number>;
    if (stats.size < MAX_STATS) stats.set(stat.name, stat.value);
    return true;
  }

  function takeTable(line: OomLine): boolean {
    if (line.body.startsWith('Tasks state (memory values in pages)')) {
      reportFor(line).tableOpen = true;
      return true;
    }
    const columns = readTableHeader(line.body);
    if (columns) {
      const opened = reportFor(line);
      opened.columns = columns;
      opened.tableOpen = true;
      opened.statsOpen = false;
      return true;
    }
    const row = readTableRow(line.body, current?.tableOpen ? current.columns : null);
    if (!row) return false;
    const opened = reportFor(line);
    if (opened.rows.length < MAX_TASKS) opened.rows.push({ row, quote: line.quote });
    else {
      opened.report.tasksCut = true;
      leftOut += 1;
    }
    return true;
  }

  function takeDecision(line: OomLine): boolean {
    const message = readConstraint(line.body);
    if (message) {
      constraint = { message, line, order, report: recentReport(line) };
      return true;
    }
    const limit = readLimitSentence(line.body);
    if (limit) {
      sentence = { ...limit, line, order };
      const opened = reportFor(line);
      opened.report.group ??= limit.oomMemcg;
      return true;
    }
    const group = /^Tasks in (.{1,1000}) are going to be killed due to memory\.oom\.group set/.exec(line.body);
    if (group) {
      wholeGroup = { group: group[1] ?? '', order };
      return true;
    }
    const chosen = readChoice(line.body);
    if (chosen) choice = { ...chosen, line };
    return chosen !== null;
  }

  function recentReport(line: OomLine): OpenReport | null {
    return current && near(current.report, current.wallMs, line) ? current : null;
  }

  function takeKill(line: OomLine): boolean {
    const message = readKilled(line.body);
    if (!message) return false;
    if (kills.length >= MAX_KILLS) {
      leftOut += 1;
      return true;
    }
    kills.push(killOf(message, line));
    return true;
  }

  function killOf(message: KilledMessage, line: OomLine): OomKill {
    const decided = constraint?.message.pid === message.pid ? constraint : null;
    const inGroup = wholeGroup && order - wholeGroup.order < 2000 ? wholeGroup.group : null;
    const limit = decided ? null : sentence;
    const opened = decided?.report ?? recentReport(line);
    const fits = opened && fitsReport(opened.report, decided?.message.oomMemcg ?? limit?.oomMemcg ?? null, message);
    const kill: OomKill = {
      at: null,
      stampSeconds: line.stampSeconds,
      host: line.host,
      ...message,
      comm: decided?.message.comm || message.comm,
      constraint: decided?.message.constraint ?? (limit ? 'memcg' : null),
      prefix: message.prefix ?? choice?.prefix ?? null,
      globalOom: decided?.message.globalOom ?? (message.prefix ?? choice?.prefix) === 'global',
      oomMemcg: decided?.message.oomMemcg ?? limit?.oomMemcg ?? null,
      taskMemcg: decided?.message.taskMemcg ?? limit?.taskMemcg ?? null,
      wholeGroup: inGroup,
      score: choice?.pid === message.pid ? choice.score : null,
      reaped: false,
      report: fits ? opened.report : null,
      ownReport: Boolean(fits && opened.kills === 0),
      quotes: {
        killed: line.quote,
        ...(decided ? { constraint: decided.line.quote } : {}),
        ...(limit ? { group: limit.line.quote } : {}),
        ...(choice ? { choice: choice.line.quote } : {}),
      },
    };
    if (fits) {
      opened.kills += 1;
      opened.report.pageBytes = pageSize(opened, message);
    }
    clock.later(kill, line.wallMs);
    if (decided) constraint = null;
    sentence = null;
    choice = null;
    return kill;
  }

  function takeAfterwards(line: OomLine): boolean {
    const reaped = /^oom_reaper: reaped process (\d{1,10}) /.exec(line.body);
    if (!reaped) return false;
    const kill = kills.findLast((entry) => entry.pid === Number(reaped[1]));
    if (kill) kill.reaped = true;
    return true;
  }

  /** A constraint line whose kill line is missing (rate limited, or only that line was pasted) is a kill all the same. */
  function takeLoneConstraint(lone: OpenConstraint): void {
    const { message, line, report } = lone;
    const kill: OomKill = {
      at: null,
      stampSeconds: line.stampSeconds,
      host: line.host,
      ...message,
      prefix: message.globalOom ? 'global' : 'memcg',
      totalVmBytes: null,
      anonRssBytes: null,
      fileRssBytes: null,
      shmemRssBytes: null,
      pgtablesBytes: null,
      oomScoreAdj: null,
      wholeGroup: null,
      score: null,
      reaped: false,
      report: report?.report ?? null,
      ownReport: report?.kills === 0,
      quotes: { constraint: line.quote },
    };
    if (report) report.kills += 1;
    clock.later(kill, line.wallMs);
    kills.push(kill);
  }

  return {
    take(line) {
      order += 1;
      if (constraint && order - constraint.order > 200) {
        takeLoneConstraint(constraint);
        constraint = null;
      }
      const before = constraint;
      const taken =
        takeHeader(line) ||
        takeKill(line) ||
        takeDecision(line) ||
        takeUsage(line) ||
        takeStats(line) ||
        takeTable(line) ||
        takeAfterwards(line) ||
        readMemInfo(line, current?.kills === 0 ? current.report : null);
      if (before && constraint !== before && !wasUsed(before, kills)) takeLoneConstraint(before);
      if (!taken && current?.report.invoker?.pid === null) takeInvokerPid(line.body, current.report);
      return taken;
    },
    finish() {
      if (constraint) takeLoneConstraint(constraint);
      for (const opened of reports) opened.report.tasks = tasksOf(opened);
      const killless = reports.filter((opened) => opened.kills === 0 && opened.report.invoker).map((o) => o.report);
      return { kills, killless, leftOut };
    },
  };
}

function wasUsed(open: OpenConstraint, kills: readonly OomKill[]): boolean {
  return kills.at(-1)?.quotes.constraint === open.line.quote;
}

/** `CPU: 0 UID: 0 PID: 22315 Comm: python3 …` (or `Pid: 22315, comm: …` before 3.10) stands right below the header. */
function takeInvokerPid(body: string, report: OomReport): void {
  const pid = /^(?:CPU: \d{1,5} (?:UID: \d{1,10} )?PID: |Pid: )(\d{1,10})/.exec(body);
  if (pid && report.invoker) report.invoker.pid = Number(pid[1]);
}

function emptyReport(line: OomLine): OomReport {
  return {
    at: null,
    stampSeconds: line.stampSeconds,
    host: line.host,
    invoker: null,
    group: null,
    memory: null,
    memorySwap: null,
    swap: null,
    kmem: null,
    stats: new Map(),
    subgroups: [],
    zones: [],
    ramPages: null,
    swapTotalBytes: null,
    swapFreeBytes: null,
    tasks: [],
    pageBytes: 4096,
    tasksCut: false,
  };
}

function near(a: Stamped, aWallMs: number | null, line: OomLine): boolean {
  if (a.host !== line.host && a.host !== null && line.host !== null) return false;
  if (a.stampSeconds !== null && line.stampSeconds !== null) {
    return Math.abs(line.stampSeconds - a.stampSeconds) <= SAME_EVENT_SECONDS;
  }
  if (aWallMs !== null && line.wallMs !== null)
    return Math.abs(line.wallMs - aWallMs) <= (SAME_EVENT_SECONDS + 1) * 1000;
  return true;
}

/** A kill shares a dump only when both speak of the same full group (or neither names one). */
function fitsReport(report: OomReport, oomMemcg: string | null, message: KilledMessage): boolean {
  if (oomMemcg !== null && report.group !== null) return report.group === oomMemcg || isWithin(report.group, oomMemcg);
  if (message.prefix === 'global') return report.memory === null;
  return true;
}

/**
 * Rows count pages, the kill line kB: the same process in both tells the page size (4 KiB on x86, up to 64 KiB on arm64
 * and ppc64).
 */
function pageSize(opened: OpenReport, message: KilledMessage): number {
  const row = opened.rows.find((entry) => entry.row.pid === message.pid);
  const pages = row?.row.counts.get('rss') ?? 0;
  const bytes = (message.anonRssBytes ?? 0) + (message.fileRssBytes ?? 0) + (message.shmemRssBytes ?? 0);
  if (pages < 64 || bytes === 0) return opened.report.pageBytes;
  const ratio = bytes / pages;
  const sizes = [4096, 16_384, 65_536];
  const fitting = sizes.find((size) => ratio > size * 0.6 && ratio < size * 1.6);
  return fitting ?? opened.report.pageBytes;
}

function tasksOf(opened: OpenReport): OomTask[] {
  const page = opened.report.pageBytes;
  return opened.rows.map(({ row, quote }) => ({
    pid: row.pid,
    uid: row.counts.get('uid') ?? 0,
    tgid: row.counts.get('tgid') ?? row.pid,
    comm: row.comm,
    totalVmBytes: (row.counts.get('total_vm') ?? 0) * page,
    rssBytes: (row.counts.get('rss') ?? 0) * page,
    pgtablesBytes: pageTableBytes(row.counts, page),
    swapBytes: (row.counts.get('swapents') ?? 0) * page,
    oomScoreAdj: row.counts.get('oom_score_adj') ?? 0,
    quote,
  }));
}
