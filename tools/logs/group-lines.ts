import { beginsException, isTraceLine } from '../evidence/parse-exceptions.ts';
import { isWarningOrWorse } from './log-level.ts';
import { type Prefix, parsePrefix, unwrapLine } from './parse-prefix.ts';
import type { RecordOrigin } from './record-origin.ts';
import { mixesUserOutput } from './record-provenance.ts';
import { splitGluedLine } from './split-glued-line.ts';

/** The lines of one record. */
export interface LineGroup {
  /** Index of the first line in the text. */
  index: number;
  /** `null` for a run of lines without a prefix. */
  prefix: Prefix | null;
  /** Lines as the process printed them, without what a container runtime put in front. */
  lines: string[];
  /** The contiguous lines as they stand in the text. */
  rawLines: string[];
}

/** A run of prints is cut here, so that one record never swallows a file of them. */
const MAX_RUN_LINES = 200;
const MAX_RUN_CHARS = 16_384;
const TRACEBACK = /Traceback \(most recent call last\):\s*$/;
const CHAINED = /^\s{0,8}(?:The above exception was the direct cause|During handling of the above exception)/;
const LAST_BYTES = /^\s{0,4}Last (\d{1,7}) bytes of .{1,200}:\s*$/;
const EMBEDDED_END = /^(?:For more detailed output|\. Failing the application|Failing this attempt|\.\s*$)/;
/** What the node manager writes as lines of their own into the diagnostics that others then quote. */
const DIAGNOSTICS =
  /^(?:Container id: |Exit code: |Exception message: |Shell (?:output|error output): |Container (?:killed|exited|\[pid=)|Killed by external signal|Dump of the process-tree|Stack trace: |Last \d{1,7} bytes of |For more detailed output|\. Failing|\.\s*$|Error file: )/;
const OPENS_LIST = /(?::|^)\s*$/;
const FRAMES_AHEAD_LINES = 60;
const CLOCK_JITTER_MS = 1_000;

interface OpenGroup extends LineGroup {
  chars: number;
  /** Inside a Python traceback whose last line has not come yet. */
  inTraceback: boolean;
  /** An exception has begun in the continuation lines. */
  sawException: boolean;
  /** Bytes left of a quoted tail of another file ("Last 4096 bytes of stderr"); 0 outside of one. */
  embeddedBytes: number;
  /** The layout's shape (digits and letters levelled), to tell the quoted file's lines from the writer's own. */
  shape: string;
  /** Raw lines are contiguous only until another thread's line came between. */
  contiguous: boolean;
}

/** Cuts a text's lines into records. */
export function groupLines(lines: readonly string[], origin: RecordOrigin): LineGroup[] {
  const grouper = new LineGrouper(lines, origin);
  return grouper.group();
}

class LineGrouper {
  private readonly lines: readonly string[];
  private readonly origin: RecordOrigin;
  private readonly mixed: boolean;
  private readonly groups: OpenGroup[] = [];
  private open: OpenGroup | null = null;

  constructor(lines: readonly string[], origin: RecordOrigin) {
    this.lines = lines;
    this.origin = origin;
    this.mixed = mixesUserOutput(origin.writer);
  }

  group(): LineGroup[] {
    for (let index = 0; index < this.lines.length; index += 1) {
      const raw = this.lines[index] ?? '';
      const pieces = this.mixed ? splitGluedLine(raw) : [raw];
      for (const piece of pieces) this.take(piece, index);
    }
    return this.groups.filter((group) => group.prefix !== null || group.lines.some((line) => line.trim() !== ''));
  }

  private take(raw: string, index: number): void {
    const line = unwrapLine(raw);
    const prefix = parsePrefix(line, this.origin);
    const continues = prefix !== null && this.belongsDespitePrefix(line, prefix);
    if (prefix && !continues) this.begin(line, raw, index, prefix);
    else if (this.open === null) this.begin(line, raw, index, null);
    else if (!continues && this.interrupted(line)) this.resume(line);
    else if (continues || this.belongs(this.open, line, index)) this.append(this.open, line, raw);
    else this.begin(line, raw, index, null);
  }

  private begin(line: string, raw: string, index: number, prefix: Prefix | null): void {
    this.open = {
      index,
      prefix,
      lines: [line],
      rawLines: [raw],
      chars: line.length,
      inTraceback: TRACEBACK.test(line),
      sawException: prefix === null && beginsException(line),
      embeddedBytes: 0,
      shape: shapeOf(line),
      contiguous: true,
    };
    this.groups.push(this.open);
  }

  private append(group: OpenGroup, line: string, raw: string | null): void {
    group.lines.push(line);
    group.chars += line.length + 1;
    if (raw !== null && group.contiguous) group.rawLines.push(raw);
    else group.contiguous = false;
    const tail = LAST_BYTES.exec(line);
    if (tail) group.embeddedBytes = Number(tail[1]);
    else if (EMBEDDED_END.test(line)) group.embeddedBytes = 0;
    else if (group.embeddedBytes > 0) group.embeddedBytes = Math.max(0, group.embeddedBytes - line.length - 1);
    if (beginsException(line)) group.sawException = true;
    if (TRACEBACK.test(line)) group.inTraceback = true;
    else if (group.inTraceback && line.trim() !== '' && !/^\s/.test(line)) group.inTraceback = false;
  }

  /**
   * A line with a prefix continues a record when it is the node manager's `[time]…` inside diagnostics, or stands in a quoted
   * tail of another file: there only a line of the writer's own layout, not older than the record, begins a new one.
   */
  private belongsDespitePrefix(line: string, prefix: Prefix): boolean {
    const { open } = this;
    if (!open?.prefix) return false;
    if (prefix.layout === 'container') return true;
    if (prefix.layout === 'kernel' && open.prefix.layout === 'kernel') return continuesOomReport(open, line);
    if (quotesOthers(open) && isOlder(prefix.at, open.prefix.at)) return true;
    if (open.embeddedBytes === 0) return false;
    const foreign = shapeOf(line) !== open.shape;
    return foreign || (prefix.at !== null && open.prefix.at !== null && prefix.at < open.prefix.at);
  }

  /** Frames that come after another thread's line: the record before the last one was in its stack trace. */
  private interrupted(line: string): boolean {
    const before = this.groups.at(-2);
    if (!this.open?.prefix || !before || this.open.lines.length > 1 || !isTraceLine(line)) return false;
    const ownTrace =
      isWarningOrWorse(this.open.prefix.level) || /Exception|Error|Throwable/.test(this.open.prefix.message);
    return !ownTrace && (before.sawException || isTraceLine(before.lines.at(-1) ?? ''));
  }

  private resume(line: string): void {
    const interrupter = this.open;
    const before = this.groups.at(-2);
    if (!interrupter || !before) return;
    this.groups.splice(-2, 2, interrupter, before);
    this.groups.sort((a, b) => a.index - b.index);
    before.contiguous = false;
    this.append(before, line, null);
    this.open = before;
  }

  private belongs(open: OpenGroup, line: string, index: number): boolean {
    if (open.prefix === null) return this.belongsToRun(open, line);
    if (open.prefix.layout === 'json' && !/^\s/.test(line)) return false;
    if (!this.mixed) return true;
    if (line.trim() === '' || /^\s/.test(line) || open.inTraceback || isTraceLine(line)) return true;
    if (open.embeddedBytes > 0 || CHAINED.test(line) || /^Driver stacktrace:/.test(line)) return true;
    if (/Diagnostics?:|diagnostics/i.test(open.lines[0] ?? '') && (DIAGNOSTICS.test(line) || open.embeddedBytes > 0))
      return true;
    if (/^Exception in thread "/.test(line)) return false;
    if (OPENS_LIST.test(open.prefix.message) && open.lines.length < 40) return true;
    const exceptional =
      isWarningOrWorse(open.prefix.level) || /Exception|Error|Throwable|Traceback/.test(open.prefix.message);
    if (!exceptional) return false;
    const framesAhead = this.framesAhead(index);
    if (beginsException(line))
      return !open.sawException && (framesAhead || !/^java\.lang\.OutOfMemoryError/.test(line));
    return framesAhead;
  }

  /** Frames or causes that follow before the next record: the lines between are the exception's message. */
  private framesAhead(index: number): boolean {
    const end = Math.min(this.lines.length, index + FRAMES_AHEAD_LINES);
    for (let ahead = index + 1; ahead < end; ahead += 1) {
      const line = unwrapLine(this.lines[ahead] ?? '');
      if (isTraceLine(line)) return true;
      if (/^\S/.test(line) && parsePrefix(line) !== null) return false;
    }
    return false;
  }

  private belongsToRun(open: OpenGroup, line: string): boolean {
    if (open.inTraceback || isTraceLine(line)) return true;
    if (open.lines.length >= MAX_RUN_LINES || open.chars >= MAX_RUN_CHARS) return false;
    if (TRACEBACK.test(line) || beginsException(line)) return this.continuesChain(open);
    return true;
  }

  private continuesChain(open: OpenGroup): boolean {
    const last = open.lines.findLast((line) => line.trim() !== '') ?? '';
    return CHAINED.test(last) || /: ?$/.test(last.trimEnd()) || open.lines.every((line) => line.trim() === '');
  }
}

/** Records into which a daemon puts what others said: diagnostics, command lines, the end of a process's output. */
function quotesOthers(open: OpenGroup): boolean {
  return open.lines.some((line) => /[Dd]iagnostics|process-tree|Last \d{1,7} bytes of/.test(line));
}

/** A log's own records do not go back in time: an older one behind a quotation is part of what is quoted. */
function isOlder(at: number | null, than: number | null): boolean {
  return at !== null && than !== null && at < than - CLOCK_JITTER_MS;
}

/** How an OOM report of the kernel begins; a paste may begin in its middle, with the table of processes or the constraint. */
const OOM_REPORT =
  /invoked oom-killer|oom-kill:constraint=|Tasks state \(memory values|Memory cgroup stats for|memory: usage \d|Task in \/\S{1,400} killed|\[ {0,6}\d{1,7}\] {1,8}\d{1,7} {1,8}\d{1,7} {1,10}\d/;

/** Lines of one OOM report, from its beginning to the kill (asker's pastes and mixed files). */
function continuesOomReport(open: OpenGroup, line: string): boolean {
  if (!OOM_REPORT.test(open.lines[0] ?? '') || /invoked oom-killer/.test(line)) return false;
  const isOver = open.lines.some((known) => /Killed process \d/.test(known));
  return !isOver || /oom_reaper: reaped process/.test(line);
}

function shapeOf(line: string): string {
  return line
    .slice(0, 20)
    .replace(/\d/g, '0')
    .replace(/[A-Za-z]+/g, 'a');
}
