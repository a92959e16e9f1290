import type { Quote } from '../evidence/quote.ts';
import { cutToBytes } from '../evidence/quote-piece.ts';
import { readDiskMessage, readHungTask, waitsForDisk } from './disk-messages.ts';
import { keepClock } from './kernel-clock.ts';
import type { DiskError, HungTask, KernelFacts, PageAllocationFailure, Stamped } from './kernel-facts.ts';
import { readKernelLine } from './kernel-line.ts';
import { assembleOom } from './oom-assembly.ts';
import type { OomLine } from './oom-report.ts';

/** Where a kernel log comes from and what is known about its clocks. */
export interface KernelLogOptions {
  /** Name evidence uses. */
  source: string;
  /** Boot time of the host by its own files, milliseconds since the epoch. */
  btimeMs?: number | undefined;
  /** Latest time the log can hold, for syslog lines without a year. */
  now?: number | undefined;
  /** The log lies on the host it is of: a name in its lines counts only where several hosts write into it. */
  ofOneHost?: boolean | undefined;
  /** Accept bare, quoted and indented lines: for text a person pasted. */
  lenient?: boolean | undefined;
  /** A log of many writers (syslog): lines without the word `kernel` are passed over unread. */
  mixed?: boolean | undefined;
  /** Number of the first line, for a piece of a longer file. */
  firstLine?: number | undefined;
}

/** Takes a kernel log line by line. */
export interface KernelLogParser {
  push(line: string): void;
  finish(): KernelFacts;
}

/** Facts of one kind kept at most; the rest is counted. */
const MAX_KEPT = 2_000;

/** Reads a whole kernel log, whatever tool printed it. */
export function parseKernelLog(text: string, options: KernelLogOptions): KernelFacts {
  const parser = createKernelLogParser(options);
  let from = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
    parser.push(text.slice(from, at));
    from = at + 1;
  }
  if (from < text.length) parser.push(text.slice(from));
  return parser.finish();
}

/** A parser for logs that are read in pieces; memory is bounded by the facts found, never by the log's length. */
export function createKernelLogParser(options: KernelLogOptions): KernelLogParser {
  const clock = keepClock(options.btimeMs);
  const oom = assembleOom(clock);
  const facts = emptyFacts(options.source);
  const diskErrors = new Map<string, DiskError>();
  const hungTasks = new Map<string, HungTask>();
  const allocations = new Map<string, PageAllocationFailure>();
  const hosts = new Set<string>();
  const lastLines = new Map<DiskError, OomLine>();
  let number = (options.firstLine ?? 1) - 1;
  let lastHung: { task: HungTask; left: number } | null = null;

  function keep<T extends Stamped>(list: T[], fact: T, line: OomLine): void {
    if (list.length >= MAX_KEPT) {
      facts.leftOut += 1;
      return;
    }
    list.push(fact);
    clock.later(fact, line.wallMs);
  }

  function fold<T extends Stamped & { count: number }>(table: Map<string, T>, key: string, fact: T, line: OomLine): T {
    const known = table.get(key);
    if (known) {
      known.count += 1;
      return known;
    }
    if (table.size >= MAX_KEPT) facts.leftOut += 1;
    else {
      table.set(key, fact);
      clock.later(fact, line.wallMs);
    }
    return fact;
  }

  function takeDisk(line: OomLine): boolean {
    const message = readDiskMessage(line.body);
    if (!message) return false;
    const error = fold(
      diskErrors,
      `${line.host} ${message.kind} ${message.device}`,
      { ...stamped(line), ...message, count: 1, lastAt: null, lastStampSeconds: null, quote: line.quote },
      line,
    );
    error.lastStampSeconds = line.stampSeconds;
    lastLines.set(error, line);
    return true;
  }

  function takeHung(line: OomLine): boolean {
    const hung = readHungTask(line.body);
    if (hung) {
      const fact: HungTask = {
        ...stamped(line),
        ...hung,
        waitsForDisk: hung.device !== null,
        count: 1,
        quote: line.quote,
      };
      lastHung = { task: fold(hungTasks, `${line.host} ${hung.comm} ${hung.pid}`, fact, line), left: 40 };
      return true;
    }
    if (!lastHung) return false;
    lastHung.left -= 1;
    if (waitsForDisk(line.body)) lastHung.task.waitsForDisk = true;
    if (lastHung.left <= 0) lastHung = null;
    return false;
  }

  function takeAllocation(line: OomLine): boolean {
    const at = line.body.indexOf(': page allocation failure');
    if (at === -1 || at > 64) return false;
    const rest = line.body.slice(at);
    const order = /order:(\d{1,3}), mode:(0x[0-9a-fA-F]{1,16})(?:\(([^)]{0,600})\))?/.exec(rest);
    if (!order) return false;
    const [mode, flags] = [order[2] ?? '', order[3] ?? ''];
    const fact = {
      ...stamped(line),
      comm: line.body.slice(0, at),
      order: Number(order[1]),
      mode,
      flags,
      count: 1,
      quote: line.quote,
    };
    fold(allocations, `${line.host} ${fact.comm} ${fact.order} ${fact.mode}`, fact, line);
    return true;
  }

  function takeNotice(line: OomLine): boolean {
    const { body } = line;
    if (!ANY_NOTICE.test(body)) return false;
    const notice = { ...stamped(line), text: body.slice(0, 400), quote: line.quote };
    const rejected = /^cgroup: fork rejected by pids controller in (.{1,4000})$/.exec(body);
    if (rejected) keep(facts.forkRejections, { ...stamped(line), group: rejected[1] ?? '', quote: line.quote }, line);
    else if (
      /^(?:mce: |\[Hardware Error\]|\{\d{1,6}\}\[Hardware Error\]|EDAC .{0,60}(?:UE|CE) |Memory failure: )/.test(body)
    ) {
      keep(facts.hardwareErrors, notice, line);
    } else if (/^sysrq ?: |^SysRq ?: /.test(body)) keep(facts.sysrqs, notice, line);
    else if (
      /soft lockup - CPU#|self-detected stall on CPU|Watchdog detected hard LOCKUP|detected stalls on CPUs/.test(body)
    ) {
      keep(facts.lockups, notice, line);
    } else return takeSegfault(line) || takeSuppressed(body);
    return true;
  }

  function takeSegfault(line: OomLine): boolean {
    const fault =
      /^(.{1,32})\[(\d{1,10})\]: segfault at .{0,160}/.exec(line.body) ??
      /^traps: (.{1,32})\[(\d{1,10})\] (?:general protection|trap )/.exec(line.body);
    if (!fault) return false;
    const library = / in (\S{1,200})\[/.exec(line.body)?.[1] ?? null;
    keep(
      facts.segfaults,
      { ...stamped(line), comm: fault[1] ?? '', pid: Number(fault[2]), library, quote: line.quote },
      line,
    );
    return true;
  }

  function takeSuppressed(body: string): boolean {
    const count = /(\d{1,10}) (?:callbacks|messages|output lines) (?:suppressed|dropped)/.exec(body);
    if (count) facts.suppressed += Number(count[1]);
    return count !== null;
  }

  function take(line: OomLine): void {
    if (isStackText(line.body)) takeHung(line);
    else if (!oom.take(line) && !takeDisk(line) && !takeHung(line) && !takeAllocation(line)) takeNotice(line);
    facts.release ??= releaseOf(line.body);
  }

  return {
    push(raw) {
      number += 1;
      facts.bytesRead += raw.length + 1;
      const read = options.mixed && !raw.includes('kernel') ? null : readKernelLine(raw, options);
      if (!read) {
        if (raw.trim() !== '') facts.otherLines += 1;
        return;
      }
      facts.kernelLines += 1;
      if (read.form !== 'bare' && facts.form !== 'syslog') facts.form = read.form;
      clock.see(read.wallMs, read.stampSeconds);
      const { stampSeconds, host, body, wallMs } = read;
      if (host !== null && hosts.size < 2) hosts.add(host);
      take({ at: null, stampSeconds, host, body, wallMs, quote: quoteOf(raw, options.source, number) });
    },
    finish() {
      const { kills, killless, leftOut } = oom.finish();
      for (const [error, line] of lastLines) {
        clock.later(line, line.wallMs, (at) => {
          error.lastAt = at;
        });
      }
      if (options.ofOneHost && hosts.size < 2) clock.dropHosts();
      const settled = clock.settle();
      return {
        ...facts,
        ...settled,
        kills,
        killless,
        leftOut: facts.leftOut + leftOut,
        diskErrors: [...diskErrors.values()],
        hungTasks: [...hungTasks.values()],
        pageAllocationFailures: [...allocations.values()],
      };
    },
  };
}

/** A word that each of the notices holds. */
const ANY_NOTICE =
  /pids controller|Hardware|mce|EDAC|failure|ysrq|ysRq|lockup|stall|LOCKUP|segfault|traps|suppressed|dropped/;

/** Stack frames and register dumps make up most of a dump; they only tell where a hung task stands. */
function isStackText(body: string): boolean {
  return (
    body.startsWith('  ') ||
    body.startsWith(' [<') ||
    /^(?:R[A-Z0-9]{1,2}|RSP|RIP|Code|Call Trace|FS|CS|CR2|ORIG_RAX): ?/.test(body)
  );
}

function stamped(line: OomLine): Stamped {
  return { at: null, stampSeconds: line.stampSeconds, host: line.host };
}

function quoteOf(raw: string, source: string, line: number): Quote {
  return { source, fromLine: line, toLine: line, excerpt: cutToBytes(raw.endsWith('\r') ? raw.slice(0, -1) : raw) };
}

/** Stack headers name the running kernel behind the taint words: `… Not tainted 4.4.0-59-generic #80-Ubuntu`. */
function releaseOf(body: string): string | null {
  if (!body.includes('ainted')) {
    return /^Linux version (\d{1,3}\.\d{1,3}\S{0,80})/.exec(body)?.[1] ?? null;
  }
  return /ainted(?:: [A-Z ()_,]{1,80}?)? {1,20}(\d{1,3}\.\d{1,3}\S{0,80})/.exec(body.slice(0, 400))?.[1] ?? null;
}

function emptyFacts(source: string): KernelFacts {
  return {
    source,
    kernelLines: 0,
    otherLines: 0,
    bytesRead: 0,
    form: 'unknown',
    firstAt: null,
    lastAt: null,
    clock: { bootMs: null, bootFrom: 'none', driftMs: null, zoneOffsetMs: 0 },
    kills: [],
    killless: [],
    pageAllocationFailures: [],
    hungTasks: [],
    lockups: [],
    diskErrors: [],
    forkRejections: [],
    segfaults: [],
    hardwareErrors: [],
    sysrqs: [],
    suppressed: 0,
    release: null,
    leftOut: 0,
  };
}
