import type { ExceptionLink } from '../evidence/text-record.ts';
import { type Level, levelOf } from './log-level.ts';
import { dockerLogText, parseJsonLine } from './parse-json-line.ts';
import { parseTime, type TimeContext, yearlessTime } from './parse-time.ts';

/** What stands before the message of a log line. */
export interface Prefix {
  /** Milliseconds since the epoch; `null` when the line carries no (complete) time. */
  at: number | null;
  level: Level;
  /** Logger, class or file as printed; `''` when the layout has none. */
  logger: string;
  thread: string;
  /** The line without its prefix, colour codes removed. */
  message: string;
  /**
   * `log`: a logger's layout; `json`: one JSON object per line; `jvm`: the Java runtime's own (`[6.182s][warning][os]`, GC
   * lines); `kernel`: `dmesg` or syslog lines of the kernel; `container`: the node manager's `[time]Container exited …`
   * inside diagnostics, which continues another record where one is open.
   */
  layout: 'log' | 'json' | 'jvm' | 'kernel' | 'container';
  /** Exceptions that a JSON layout carries in fields of their own. */
  exceptions?: readonly ExceptionLink[];
}

/** Only this much of a line is looked at for a prefix (JSON lines aside). */
const PREFIX_CHARS = 1024;
/** A JSON line longer than this is not parsed: no log record is that long. */
const MAX_JSON_CHARS = 1 << 20;

const COLOUR = /\x1b\[[0-9;?]{0,16}[A-Za-z]/g;
const PROGRESS_BAR = /(?:\r?\[Stage \d{1,7}:[^\]\n]{0,240}\]\s{0,8}){1,40}/y;
/** Kubernetes container runtime (CRI) layout, and the same without the stream (`kubectl logs --timestamps`). */
const CRI = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6,9}(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] )?/y;
const KERNEL_UPTIME = /(?:<\d{1,3}>)?\[ {0,11}\d{1,10}\.\d{6}\] ?/y;
/** `dmesg -T`, in whatever language: `[Tue Sep  3 05:57:48 2024] `, `[二 9月  3 05:57:48 2024] `. */
const KERNEL_DATE = /\[(?:[^\s\]\d]{1,12} ){1,2}? {0,2}(?:\d{1,2}月 {0,2})?[\d ]{1,3} \d\d:\d\d:\d\d \d{4}\] /y;
const KERNEL_SYSLOG = /(?:\S{1,255} )?kernel: (?:\[ {0,11}\d{1,10}\.\d{6}\] ?)?/y;
const SYSLOG_PROCESS = /\S{1,255} ([\w./@-]{1,64})(?:\[(\d{1,8})\])?: /y;
const JVM_UPTIME = /\[\d{1,9}\.\d{3}s\]/y;
const JVM_LEVEL = /\[(error|warning|info|debug|trace) {0,6}\]\[([a-z0-9+,]{2,80}) {0,40}\] ?/y;
const GC_JAVA8 =
  /(?:\d{1,9}\.\d{3}: )?(?=#?\d{0,9}:? ?\[(?:Full )?GC|\[(?:Times|CMS|GC)|Total time for which application)/y;
const GLOG = /([IWEF])([01]\d)([0-3]\d) (\d\d):(\d\d):(\d\d)\.(\d{1,9}) {1,12}(\d{1,10}) ([\w.$/-]{1,120}:\d{1,7})\] /y;
const LEVEL_WORD = /([A-Z]{4,8}|WARN|INFO)(?![A-Za-z0-9_])/y;
const PYTHON_LEVEL = /(DEBUG|INFO|WARNING|ERROR|CRITICAL):([\w.<>-]{1,120}):/y;
const UPTIME_THREAD = /\d{1,12} {1,4}(?=\[)/y;
const BRACKET = /\[([^[\]\n]{0,160})\]/y;
const AIRFLOW_FILE = /\{([\w./<>-]{1,160}:\d{1,7})\} ?/y;
const FILE_LINE = /\(([\w.$/-]{1,160}):(\d{1,7}|\?)\)/y;
const SPRING = /(\d{1,10}) --- \[([^\]\n]{0,120})\] ([\w.$[\]/-]{1,200}) {0,60}: /y;
const LOGGER = '[A-Za-z_$][\\w.$/<>-]{0,200}(?:\\([\\w .-]{0,40}\\))?(?::\\d{1,7})?';
const LOGGER_COLON = new RegExp(`(${LOGGER})(?::? ?\\[([^\\]\\n]{0,120})\\])? {0,3}:(?: |$)`, 'y');
const LOGGER_DASH = new RegExp(
  `(${LOGGER}) {1,60}(?:\\[[^\\]\\n]{0,120}\\] {1,4}|\\([\\w.$/-]{1,120}:[\\w<>$]{1,80}\\(\\d{1,7}\\)\\) {1,4})?- ?`,
  'y',
);
const LOGGER_PIPE = new RegExp(`(${LOGGER}) {0,3}\\| ?`, 'y');
const NAME_BEFORE_LEVEL =
  /([\w.$/<>-]{1,200}) {1,60}(?:-|\|)? {0,4}(?=\[?(?:TRACE|DEBUG|INFO|WARN|ERROR|FATAL|CRITICAL)\b)/y;
const GAP = /[ \t|]{1,60}(?:-{1,3}[ \t]{1,8})?/y;
const DASH = /[ \t]{0,60}(?:-{1,3}|\||:)[ \t]{1,8}/y;

/**
 * The prefix of a line that begins a log record, or `null` for a line that continues one (or is a plain print). Knows the
 * layouts of Spark (log4j 1 and 2, structured JSON), Hadoop, Flink, Alluxio, Celeborn, Airflow, Python logging, logback and
 * Spring, glog and klog, java.util.logging, syslog, dmesg, the JVM's unified logging and GC logs of Java 8 to 25, level
 * first, uptime first, container-runtime lines in front of any of them; colour codes and console progress bars anywhere.
 */
export function parsePrefix(line: string, context: TimeContext = {}): Prefix | null {
  const clean = bareLine(unwrapLine(line));
  const first = clean.charCodeAt(0);
  if (Number.isNaN(first) || first === 32 || first === 9) return null;
  if (first === 123) return jsonPrefix(clean, context);
  const scan = clean.length > PREFIX_CHARS ? clean.slice(0, PREFIX_CHARS) : clean;
  const found = kernelPrefix(scan) ?? glogPrefix(scan, context) ?? layoutPrefix(scan, context);
  if (found === null) return null;
  const { messageStart, ...prefix } = found;
  return { ...prefix, message: clean.slice(messageStart).replace(/\r$/, '') };
}

/** A line as the process itself printed it, without what a container runtime put around it. */
export function unwrapLine(line: string): string {
  if (line.startsWith('{"log":"')) return dockerLogText(line) ?? line;
  if (line.charAt(10) !== 'T') return line;
  const criEnd = endOf(CRI, line, 0);
  return criEnd > 0 && isWrapped(line, criEnd) ? line.slice(criEnd) : line;
}

/** A line without colour codes, byte order mark and console progress bar in front. */
function bareLine(line: string): string {
  let bare = line.charCodeAt(0) === 0xfeff ? line.slice(1) : line;
  if (bare.includes('\x1b')) bare = bare.replace(COLOUR, '');
  return bare.includes('[Stage ') ? bare.slice(endOf(PROGRESS_BAR, bare, 0)) : bare;
}

/** A runtime's time alone may as well be the logger's own: it is a wrapper when the stream or a second prefix follows. */
function isWrapped(line: string, end: number): boolean {
  return /(?:stdout|stderr) [FP] $/.test(line.slice(0, end)) || parseTime(line, end)?.kind === 'full';
}

interface Found extends Omit<Prefix, 'message'> {
  messageStart: number;
}

function kernelPrefix(line: string): Found | null {
  const base = { at: null, level: 'none' as const, logger: 'kernel', thread: '', layout: 'kernel' as const };
  let end = endOf(KERNEL_UPTIME, line, 0);
  if (end > 0) return { ...base, messageStart: end };
  end = line.startsWith('[') ? endOf(KERNEL_DATE, line, 0) : 0;
  return end > 0 ? { ...base, messageStart: end } : null;
}

function glogPrefix(line: string, context: TimeContext): Found | null {
  const found = match(GLOG, line, 0);
  if (!found) return null;
  const [, letter, month, day, h, mi, s, frac, thread, file] = found;
  const level = ({ I: 'info', W: 'warn', E: 'error', F: 'fatal' } as const)[letter as 'I' | 'W' | 'E' | 'F'];
  const at = yearlessTime(Number(month), Number(day), [h, mi, s, frac], context);
  return { at, level, logger: file ?? '', thread: thread ?? '', layout: 'log', messageStart: GLOG.lastIndex };
}

function layoutPrefix(line: string, context: TimeContext): Found | null {
  const python = match(PYTHON_LEVEL, line, 0);
  if (python) {
    const level = levelOf(python[1] ?? '') ?? 'none';
    return {
      at: null,
      level,
      logger: python[2] ?? '',
      thread: '',
      layout: 'log',
      messageStart: PYTHON_LEVEL.lastIndex,
    };
  }
  return new LayoutReader(line, context).read();
}

/** Walks over the parts of a text layout from left to right: times, brackets, level, logger, separators. */
class LayoutReader {
  private readonly line: string;
  private readonly context: TimeContext;
  private pos = 0;
  private at: number | null = null;
  private timeKind: 'none' | 'full' | 'syslog' | 'clock' | 'epoch' | 'uptime' = 'none';
  private level: Level = 'none';
  private logger = '';
  private thread = '';
  private bracketedTime = false;

  constructor(line: string, context: TimeContext) {
    this.line = line;
    this.context = context;
  }

  read(): Found | null {
    this.takeTime();
    if (this.timeKind === 'syslog' || this.timeKind === 'full') {
      const end = this.afterGap(KERNEL_SYSLOG);
      if (end > 0) return this.result('kernel', end, 'kernel');
    }
    const jvm = this.jvmPrefix();
    if (jvm) return jvm;
    if (this.bracketedTime && /[A-Z]/.test(this.line.charAt(this.pos))) return this.result('container', this.pos);
    if (this.timeKind === 'syslog') return this.syslogProcess();
    this.takeBeforeLevel();
    if (this.level === 'none') return this.withoutLevel();
    this.takeAfterLevel();
    return this.result('log', this.pos);
  }

  private takeTime(): void {
    const open = this.line.charCodeAt(this.pos) === 91 ? 1 : 0;
    const time = parseTime(this.line, this.pos + open, this.context);
    if (time) {
      if (open && this.line.charAt(time.end) !== ']') return;
      this.at = time.at;
      this.timeKind = time.kind;
      this.pos = time.end + open;
      this.bracketedTime = open === 1;
      return;
    }
    const end = endOf(UPTIME_THREAD, this.line, 0);
    if (end > 0) {
      this.timeKind = 'uptime';
      this.pos = end;
    }
  }

  /** `[6.182s][warning][os,thread] …`, `[time][0.391s][info][gc] …`, `time: 0.391: [GC (Allocation Failure) …`. */
  private jvmPrefix(): Found | null {
    let pos = this.pos;
    if (this.timeKind === 'full' && this.line.charAt(pos) === ':') {
      const colon = pos + (this.line.charAt(pos + 1) === ' ' ? 2 : 1);
      const gcEnd = match(GC_JAVA8, this.line, colon) ? GC_JAVA8.lastIndex : 0;
      return gcEnd > 0 ? this.result('jvm', gcEnd, 'gc') : null;
    }
    if (this.timeKind === 'none' && /\d/.test(this.line.charAt(0))) {
      const java8 = match(GC_JAVA8, this.line, 0);
      return java8 && GC_JAVA8.lastIndex > 0 ? this.result('jvm', GC_JAVA8.lastIndex, 'gc') : null;
    }
    const uptimeEnd = endOf(JVM_UPTIME, this.line, pos);
    if (uptimeEnd > 0) pos = uptimeEnd;
    else if (!this.bracketedTime) return null;
    const level = match(JVM_LEVEL, this.line, pos);
    if (level) {
      this.level = level[1] === 'warning' ? 'warn' : (level[1] as Level);
      return this.result('jvm', JVM_LEVEL.lastIndex, level[2] ?? '');
    }
    if (uptimeEnd === 0 || /\[/.test(this.line.charAt(pos))) return null;
    return this.result('jvm', pos + (this.line.charAt(pos) === ' ' ? 1 : 0), 'gc');
  }

  private syslogProcess(): Found | null {
    this.skip(GAP);
    const found = match(SYSLOG_PROCESS, this.line, this.pos);
    if (!found) return null;
    this.logger = found[1] ?? '';
    return this.result('log', SYSLOG_PROCESS.lastIndex);
  }

  /** Thread, file, process name or logger that stand between the time and the level, then the level itself. */
  private takeBeforeLevel(): void {
    for (let step = 0; step < 6 && this.level === 'none'; step += 1) {
      const before = this.pos;
      if (this.timeKind !== 'none' || step > 0) this.skip(GAP);
      if (this.takeLevel() || this.takeBracket() || this.takeFile()) continue;
      if (this.timeKind !== 'none' && this.takeNameBeforeLevel()) continue;
      if (this.pos === before || step > 0) return;
    }
  }

  private takeLevel(): boolean {
    const word = match(LEVEL_WORD, this.line, this.pos);
    const level = word ? levelOf(word[1] ?? '') : undefined;
    if (level === undefined) return false;
    this.level = level;
    this.pos = LEVEL_WORD.lastIndex;
    return true;
  }

  private takeBracket(): boolean {
    const bracket = match(BRACKET, this.line, this.pos);
    if (!bracket) return false;
    const inner = (bracket[1] ?? '').trim();
    const level = levelOf(inner);
    if (level !== undefined) this.level = level;
    else if (this.timeKind === 'none') return false;
    else if (this.thread === '') this.thread = inner;
    this.pos = BRACKET.lastIndex;
    return true;
  }

  private takeFile(): boolean {
    for (const pattern of [AIRFLOW_FILE, FILE_LINE]) {
      const file = match(pattern, this.line, this.pos);
      if (!file) continue;
      this.logger = file[1] ?? '';
      this.pos = pattern.lastIndex;
      return true;
    }
    return false;
  }

  private takeNameBeforeLevel(): boolean {
    const name = match(NAME_BEFORE_LEVEL, this.line, this.pos);
    if (!name) return false;
    if (!/^\d+$/.test(name[1] ?? '') && name[1] !== '-') this.logger = name[1] ?? '';
    this.pos = NAME_BEFORE_LEVEL.lastIndex;
    return true;
  }

  /** A line with a date is a record also without a level; a number or a clock alone is data. */
  private withoutLevel(): Found | null {
    if (this.timeKind !== 'full') return null;
    this.skip(GAP);
    return this.result('log', this.pos);
  }

  private takeAfterLevel(): void {
    if (this.line.charAt(this.pos) === ':') this.pos += 1;
    this.skip(GAP);
    if (this.timeKind === 'none') {
      this.takeTime();
      this.skip(GAP);
    }
    const spring = match(SPRING, this.line, this.pos);
    if (spring) {
      this.thread = spring[2] ?? '';
      this.logger = spring[3] ?? '';
      this.pos = SPRING.lastIndex;
      return;
    }
    for (let step = 0; step < 3; step += 1) {
      const wasThread = this.thread;
      if (!this.takeAfterBracket() && !this.takeFile()) break;
      if (this.thread === wasThread && this.logger !== '') break;
      this.skip(GAP);
    }
    this.takeLogger();
  }

  /** `[thread]` behind the level; a bracket before running text belongs to the message (`[PATH_NOT_FOUND] Path …`). */
  private takeAfterBracket(): boolean {
    const bracket = match(BRACKET, this.line, this.pos);
    if (!bracket || this.thread !== '') return false;
    const end = BRACKET.lastIndex;
    const follows = this.line.slice(end, end + 260);
    if (!/^ ?\(|^ {0,4}-|^:? {0,4}[\w.$/<>-]{1,200}(?::\d{1,7})? {0,60}(?:\[\] )?(?::|-) /.test(follows)) return false;
    this.thread = (bracket[1] ?? '').trim();
    this.pos = end + (follows.startsWith(':') ? 1 : 0);
    return true;
  }

  private takeLogger(): void {
    for (const pattern of this.logger === '' ? [LOGGER_COLON, LOGGER_DASH, LOGGER_PIPE] : []) {
      const found = match(pattern, this.line, this.pos);
      if (!found) continue;
      this.logger = found[1] ?? '';
      if (found[2] !== undefined && this.thread === '') this.thread = found[2];
      this.pos = pattern.lastIndex;
      return;
    }
    this.skip(DASH);
  }

  private afterGap(pattern: RegExp): number {
    const gap = endOf(GAP, this.line, this.pos);
    return endOf(pattern, this.line, gap > 0 ? gap : this.pos);
  }

  private skip(pattern: RegExp): void {
    const end = endOf(pattern, this.line, this.pos);
    if (end > 0) this.pos = end;
  }

  private result(layout: Prefix['layout'], messageStart: number, logger?: string): Found {
    const { at, level, thread } = this;
    return { at, level, logger: logger ?? this.logger, thread, layout, messageStart };
  }
}

function jsonPrefix(line: string, context: TimeContext): Prefix | null {
  if (line.length > MAX_JSON_CHARS || !/\}\s{0,4}$/.test(line.slice(-8))) return null;
  return parseJsonLine(line, context);
}

function match(pattern: RegExp, text: string, from: number): RegExpExecArray | null {
  pattern.lastIndex = from;
  return pattern.exec(text);
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : 0;
}
