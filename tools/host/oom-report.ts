import type { Quote } from '../evidence/quote.ts';
import type { OomReport, OomTask, Stamped } from './kernel-facts.ts';
import { isWithin, type KilledMessage, readStatLine, readStatsHeader, readUsage } from './oom-messages.ts';
import { pageTableBytes, readTableHeader, readTableRow, type TableColumns, type TableRow } from './oom-table.ts';

/** One line as the assembly of dumps sees it. */
export interface OomLine extends Stamped {
  body: string;
  wallMs: number | null;
  quote: Quote;
}

/** A dump that is still being read. */
export interface OpenReport {
  report: OomReport;
  rows: { row: TableRow; quote: Quote }[];
  columns: TableColumns | null;
  /** True between a statistics header and the next part: bare `name value` lines belong to it. */
  statsOpen: boolean;
  tableOpen: boolean;
  kills: number;
  wallMs: number | null;
  /** Rows and groups dropped by the bounds. */
  leftOut: number;
}

/** Lines of one dump and its kills belong together within this time (a dump is printed within milliseconds). */
const SAME_EVENT_SECONDS = 5;
const MAX_TASKS = 20_000;
const MAX_STATS = 400;
const MAX_SUBGROUPS = 2_000;

/** A new dump that begins at a line. */
export function openReport(line: OomLine): OpenReport {
  const report: OomReport = {
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
  return {
    report,
    rows: [],
    columns: null,
    statsOpen: false,
    tableOpen: false,
    kills: 0,
    wallMs: line.wallMs,
    leftOut: 0,
  };
}

/** True when a line can belong to a dump by host and time; without any clock it can. */
export function isNear(opened: OpenReport, line: OomLine): boolean {
  const { report } = opened;
  if (report.host !== line.host && report.host !== null && line.host !== null) return false;
  if (report.stampSeconds !== null && line.stampSeconds !== null) {
    return Math.abs(line.stampSeconds - report.stampSeconds) <= SAME_EVENT_SECONDS;
  }
  if (opened.wallMs !== null && line.wallMs !== null) {
    return Math.abs(line.wallMs - opened.wallMs) <= (SAME_EVENT_SECONDS + 1) * 1000;
  }
  return true;
}

/** Recognises a usage line, statistics, a table head or row; gives back what to do with the dump it belongs to. */
export function readReportPart(line: OomLine, current: OpenReport | null): ((opened: OpenReport) => void) | null {
  return readUsagePart(line) ?? readStatsPart(line, current) ?? readTablePart(line, current);
}

function readUsagePart(line: OomLine): ((opened: OpenReport) => void) | null {
  const usage = readUsage(line.body);
  if (!usage) return null;
  const { usageBytes, limitBytes, failcnt } = usage;
  const field = ({ memory: 'memory', 'memory+swap': 'memorySwap', swap: 'swap', kmem: 'kmem' } as const)[usage.what];
  return ({ report }) => {
    report[field] = { usageBytes, limitBytes, failcnt, quote: line.quote };
  };
}

function readStatsPart(line: OomLine, current: OpenReport | null): ((opened: OpenReport) => void) | null {
  const header = readStatsHeader(line.body);
  if (header) {
    return (opened) => {
      if (header.values.size === 0) {
        opened.report.group = header.group;
        opened.statsOpen = true;
      } else if (opened.report.subgroups.length < MAX_SUBGROUPS) {
        opened.report.subgroups.push({ ...header, quote: line.quote });
      } else opened.leftOut += 1;
    };
  }
  const stat = current?.statsOpen ? readStatLine(line.body) : null;
  if (!stat) return null;
  return ({ report }) => {
    const stats = report.stats as Map<string, number>;
    if (stats.size < MAX_STATS) stats.set(stat.name, stat.value);
  };
}

function readTablePart(line: OomLine, current: OpenReport | null): ((opened: OpenReport) => void) | null {
  const columns = readTableHeader(line.body);
  if (columns || line.body.startsWith('Tasks state (memory values in pages)')) {
    return (opened) => {
      opened.columns = columns ?? opened.columns;
      opened.tableOpen = true;
      opened.statsOpen = false;
    };
  }
  const row = readTableRow(line.body, current?.tableOpen ? current.columns : null);
  if (!row) return null;
  return (opened) => {
    if (opened.rows.length < MAX_TASKS) {
      opened.rows.push({ row, quote: line.quote });
      return;
    }
    opened.report.tasksCut = true;
    opened.leftOut += 1;
  };
}

/** A kill shares a dump only when both speak of the same full group (or neither names one). */
export function fitsReport(report: OomReport, oomMemcg: string | null, message: KilledMessage): boolean {
  if (oomMemcg !== null && report.group !== null) return report.group === oomMemcg || isWithin(report.group, oomMemcg);
  if (message.prefix === 'global') return report.memory === null;
  return true;
}

/**
 * Rows count pages, the kill line kB: the same process in both tells the page size (4 KiB on x86, up to 64 KiB on arm64
 * and ppc64).
 */
export function notePageSize(opened: OpenReport, message: KilledMessage): void {
  const row = opened.rows.find((entry) => entry.row.pid === message.pid);
  const pages = row?.row.counts.get('rss') ?? 0;
  const bytes = (message.anonRssBytes ?? 0) + (message.fileRssBytes ?? 0) + (message.shmemRssBytes ?? 0);
  if (pages < 64 || bytes === 0) return;
  const ratio = bytes / pages;
  const size = [4096, 16_384, 65_536].find((candidate) => ratio > candidate * 0.6 && ratio < candidate * 1.6);
  if (size !== undefined) opened.report.pageBytes = size;
}

/** Turns the rows read into tasks in bytes. */
export function finishReport(opened: OpenReport): void {
  const page = opened.report.pageBytes;
  opened.report.tasks = opened.rows.map(({ row, quote }): OomTask => {
    const pages = (column: string) => (row.counts.get(column) ?? 0) * page;
    return {
      pid: row.pid,
      uid: row.counts.get('uid') ?? 0,
      tgid: row.counts.get('tgid') ?? row.pid,
      comm: row.comm,
      totalVmBytes: pages('total_vm'),
      rssBytes: pages('rss'),
      pgtablesBytes: pageTableBytes(row.counts, page),
      swapBytes: pages('swapents'),
      oomScoreAdj: row.counts.get('oom_score_adj') ?? 0,
      quote,
    };
  });
}

/** `CPU: 0 UID: 0 PID: 22315 Comm: python3 …` (or `Pid: 22315, comm: …` before 3.10) stands right below the header. */
export function noteInvokerPid(body: string, report: OomReport): void {
  const pid = /^(?:CPU: \d{1,5} (?:UID: \d{1,10} )?PID: |Pid: )(\d{1,10})/.exec(body);
  if (pid && report.invoker?.pid === null) report.invoker.pid = Number(pid[1]);
}
