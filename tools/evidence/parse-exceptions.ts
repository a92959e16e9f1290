import type { ExceptionLink } from './text-record.ts';

const MAX_LINKS = 32;
const MAX_FRAMES = 12;
const MAX_MESSAGE_CHARS = 4096;
/** A header line longer than this is cut before it is searched: its class stands at the front. */
const MAX_HEADER_CHARS = 16_384;

const JAVA_CLASS = '(?:[A-Za-z_$][\\w$]{0,120}\\.){1,20}[A-Za-z_$][\\w$]{0,160}';
const THROWABLE = '(?:Exception|Error|Throwable|Failure|Fault|Interrupted|Timeout|Thrown|Abort|Signal|Killed)\\w{0,40}';
/** A class that is an exception by its name, or any class in front of a message (only believed with frames behind it). */
const JAVA_HEADER = new RegExp(
  `^(?:Exception in thread "[^"]{0,240}" |Exception in User Class: |Uncaught exception: |Error: )?(${JAVA_CLASS})(?=$|[:(\\s])(?:\\(([\\w.$]{1,240})\\))?(?::[ ]?(.*))?$`,
);
const CAUSED_BY = /^\s*(?:Caused by|Wrapped by|Root cause|Cause)\s?: ?(.*)$/;
const SUPPRESSED = /^(\s+)Suppressed: /;
const JAVA_FRAME = /^\s*at (?:[\w.$/@<>~-]{1,300}|[^\s(]{1,300}) ?\(.{0,400}$|^\s*at [\w.$]{3,300}$/;
const MORE_FRAMES = /^\s*\.\.\. \d{1,6} (?:more|common frames omitted|frames (?:truncated|excluded))/;
const THROWABLE_NAME = new RegExp(`${THROWABLE}$`);
const NESTED =
  /(?:[:,;>] |\()((?:[a-z_][\w]{0,80}\.){1,20}[A-Z][\w$]{0,160}(?:Exception|Error|Throwable|Interrupted|Timeout))(?=$|[:(\s)])(?:\(([\w.$]{1,240})\))?(?::[ ]?|$)?/;
const TRACEBACK = /(?:^|[\s:+|])(?:Exception Group )?Traceback \(most recent call last\):\s*$/;
const PYTHON_HEADER = /^((?:[A-Za-z_]\w{0,120}\.){0,20}[A-Z]\w{0,120}|KeyboardInterrupt|SystemExit)(?:: ?(.*))?$/;
const PYTHON_DIRECT_CAUSE = /^\s{0,8}The above exception was the direct cause of the following exception:/;
const PYTHON_DURING = /^\s{0,8}During handling of the above exception, another exception occurred:/;
const PYTHON_FRAME = /^\s{1,12}File "[^"]{0,400}", line \d{1,9}/;
const PY4J_ERROR = /^: ((?:[A-Za-z_$][\w$]{0,120}\.){1,20}[\w$]{1,160}(?::.*)?)$/;
/** Spark's line between a task's trace and the driver's own. */
const DRIVER_TRACE = /^Driver stacktrace:\s*$/;

interface Link {
  className: string;
  message: string;
  frames: string[];
  language: 'java' | 'python';
}

/**
 * The exceptions of a stack trace, outermost first, then each cause down to the deepest. Understands Java, Scala and Kotlin
 * traces (`Caused by:`, `... 12 more`, `Exception in thread "x"`; suppressed ones are left out), exceptions wrapped in a message
 * (`Lost task 0.3 in stage 1.0 …: java.io.IOException: …`, `RemoteException(java.io.IOException): …`), Python tracebacks, also
 * chained ones (printed with the cause first) and those inside a `PythonException` or a `Py4JJavaError`. A fragment without its
 * first lines gives what it still shows. Empty when the text carries no exception.
 */
export function parseExceptions(text: string): ExceptionLink[] {
  const reader = new TraceReader(text.split('\n'));
  return reader.read().map(({ className, message, frames }) => ({
    className,
    message: message.trimEnd().slice(0, MAX_MESSAGE_CHARS),
    frames: frames.slice(0, MAX_FRAMES),
  }));
}

/** True for a line that only stands inside a stack trace: a frame, a cause, a count of frames left out. */
export function isTraceLine(line: string): boolean {
  return JAVA_FRAME.test(line) || CAUSED_BY.test(line) || MORE_FRAMES.test(line) || PYTHON_FRAME.test(line);
}

/** True for a line that begins an exception by itself: `java.lang.X: message`, `Exception in thread …`, a Python traceback. */
export function beginsException(line: string): boolean {
  const cut = line.slice(0, MAX_HEADER_CHARS).trimEnd();
  return TRACEBACK.test(cut) || exceptionHeader(cut) !== null;
}

function exceptionHeader(line: string): RegExpExecArray | null {
  const found = JAVA_HEADER.exec(line);
  return found !== null && THROWABLE_NAME.test(found[1] ?? '') ? found : null;
}

class TraceReader {
  private readonly lines: readonly string[];
  private readonly links: Link[] = [];
  /** Index in `links` of the exception that frames belong to. */
  private current: Link | null = null;
  private messageOpen = false;
  private index = 0;

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }

  read(): Link[] {
    while (this.index < this.lines.length && this.links.length < MAX_LINKS) {
      const line = (this.lines[this.index] ?? '').slice(0, MAX_HEADER_CHARS).replace(/\r$/, '');
      this.index += 1;
      if (SUPPRESSED.test(line)) this.skipSuppressed(line);
      else this.takeLine(line);
    }
    return this.links;
  }

  private takeLine(line: string): void {
    const cause = CAUSED_BY.exec(line);
    const py4j = this.current?.language === 'python' ? PY4J_ERROR.exec(line) : null;
    if (JAVA_FRAME.test(line) || MORE_FRAMES.test(line)) this.takeFrame(line);
    else if (cause) this.takeHeader(cause[1] ?? '', true);
    else if (py4j) this.takeHeader(py4j[1] ?? '', true);
    else if (exceptionHeader(line)) this.takeHeader(line, false);
    else if (TRACEBACK.test(line)) this.takeTracebackLine(line);
    else if (this.headerByFrames(line)) this.takeHeader(line, false);
    else this.takeText(line);
  }

  /** `Traceback …` by itself, or behind a quoted class (`Lost task …: org.…PythonException: Traceback …`). */
  private takeTracebackLine(line: string): void {
    const nested = NESTED.exec(line);
    if (nested) this.takeHeader(line.slice(nested.index).replace(/^[:,;>(] ?/, ''), false);
    else this.takeTracebacks();
  }

  private takeText(line: string): void {
    const nested = this.messageOpen ? null : NESTED.exec(line);
    if (nested) this.takeHeader(line.slice(nested.index).replace(/^[:,;>(] ?/, ''), false);
    else this.continueMessage(line);
  }

  /** A class without an exception's name is one when frames follow at once (`org.acme.Oops: …` and `at …`). */
  private headerByFrames(line: string): boolean {
    return JAVA_HEADER.test(line) && JAVA_FRAME.test(this.lines[this.index] ?? '');
  }

  private takeFrame(line: string): void {
    this.messageOpen = false;
    if (this.current?.language === 'python') this.current = this.lastJava();
    if (this.current && this.current.frames.length < MAX_FRAMES && !MORE_FRAMES.test(line)) {
      this.current.frames.push(line.trim());
    }
  }

  private lastJava(): Link | null {
    return this.links.findLast((link) => link.language === 'java') ?? null;
  }

  private takeHeader(header: string, isCause: boolean): void {
    const found = JAVA_HEADER.exec(header);
    if (!found) {
      if (isCause && header !== '') this.push(classOfLoose(header), messageOfLoose(header));
      return;
    }
    const [, className = '', inner, rest = ''] = found;
    if (TRACEBACK.test(header)) {
      this.push(className, 'Traceback (most recent call last):');
      this.takeTracebacks();
      return;
    }
    this.pushNested(className, rest);
    if (inner?.includes('.')) this.push(inner, rest);
  }

  /** Splits `Lost task …: java.io.IOException: disk` into the outer exception's message and the exceptions it quotes. */
  private pushNested(className: string, message: string): void {
    let name = className;
    let rest = message;
    for (let depth = 0; depth < 8; depth += 1) {
      const nested = NESTED.exec(`: ${rest}`);
      if (!nested) break;
      const start = Math.max(0, nested.index - 2);
      this.push(name, rest.slice(0, start).replace(/[:,;>( ]+$/, ''));
      name = nested[1] ?? '';
      rest = rest.slice(Math.max(0, nested.index - 2 + nested[0].length));
      if (nested[2]?.includes('.')) {
        this.push(name, rest);
        name = nested[2];
      }
    }
    this.push(name, rest);
    if (TRACEBACK.test(rest)) this.takeTracebacks();
  }

  private push(className: string, message: string): void {
    const known = this.links.find((link) => link.className === className && sameMessage(link.message, message));
    if (known) {
      this.current = known;
      this.messageOpen = known.frames.length === 0 && known === this.links.at(-1);
      return;
    }
    this.current = { className, message, frames: [], language: 'java' };
    this.links.push(this.current);
    this.messageOpen = true;
  }

  private continueMessage(line: string): void {
    if (DRIVER_TRACE.test(line)) {
      this.messageOpen = false;
      this.current = this.links.find((link) => link.language === 'java') ?? this.current;
      return;
    }
    if (this.messageOpen && this.current && this.current.message.length < MAX_MESSAGE_CHARS) {
      this.current.message += `\n${line}`;
    }
  }

  /** Tracebacks stand with the cause first: each `direct cause` or `during handling` adds one further out. */
  private takeTracebacks(): void {
    const found: Link[] = [];
    for (;;) {
      const link = this.oneTraceback();
      if (link) found.unshift(link);
      if (!this.nextIsChained()) break;
    }
    for (const link of found) {
      if (!this.links.some((known) => known.className === link.className && sameMessage(known.message, link.message))) {
        this.links.push(link);
      }
    }
    const outermost = found[0];
    if (outermost) this.current = outermost;
    this.messageOpen = outermost !== undefined;
  }

  private oneTraceback(): Link | null {
    const frames: string[] = [];
    for (; this.index < this.lines.length; this.index += 1) {
      const line = (this.lines[this.index] ?? '')
        .slice(0, MAX_HEADER_CHARS)
        .replace(/\r$/, '')
        .replace(/^ {0,8}[|+] /, '');
      if (/^\s/.test(line) || line === '') {
        if (PYTHON_FRAME.test(line)) frames.push(line.trim());
        if (JAVA_FRAME.test(line)) return null;
        continue;
      }
      const header = PYTHON_HEADER.exec(line);
      if (!header) return null;
      this.index += 1;
      const message = this.pythonMessage(header[2] ?? '');
      return { className: header[1] ?? '', message, frames: frames.slice(-MAX_FRAMES).reverse(), language: 'python' };
    }
    return null;
  }

  /** The message goes on until a blank line or something that begins anew. */
  private pythonMessage(first: string): string {
    let message = first;
    for (; this.index < this.lines.length && message.length < MAX_MESSAGE_CHARS; this.index += 1) {
      const line = (this.lines[this.index] ?? '').slice(0, MAX_HEADER_CHARS).replace(/\r$/, '');
      const ends =
        line.trim() === '' ||
        JAVA_FRAME.test(line) ||
        CAUSED_BY.test(line) ||
        PY4J_ERROR.test(line) ||
        TRACEBACK.test(line);
      if (ends || PYTHON_DIRECT_CAUSE.test(line) || PYTHON_DURING.test(line)) break;
      message += `\n${line}`;
    }
    return message;
  }

  private nextIsChained(): boolean {
    let ahead = this.index;
    let chained = false;
    for (; ahead < Math.min(this.lines.length, this.index + 6); ahead += 1) {
      const line = (this.lines[ahead] ?? '').replace(/\r$/, '');
      if (PYTHON_DIRECT_CAUSE.test(line) || PYTHON_DURING.test(line)) chained = true;
      else if (chained && TRACEBACK.test(line)) {
        this.index = ahead + 1;
        return true;
      } else if (line.trim() !== '') return false;
    }
    return false;
  }

  /** A suppressed exception with its frames and its own causes, all indented deeper than the trace around it. */
  private skipSuppressed(first: string): void {
    const depth = SUPPRESSED.exec(first)?.[1]?.length ?? 0;
    while (this.index < this.lines.length) {
      const line = this.lines[this.index] ?? '';
      const indent = /^\s*/.exec(line)?.[0].length ?? 0;
      const isCauseOutside = CAUSED_BY.test(line) && indent < depth;
      if (indent <= depth && (isCauseOutside || !SUPPRESSED.test(line)) && !(indent === depth && CAUSED_BY.test(line)))
        return;
      this.index += 1;
    }
  }
}

/** Two texts of one message: one may be cut short, or be the other's first line. */
function sameMessage(a: string, b: string): boolean {
  const one = a.split('\n', 1)[0]?.trim() ?? '';
  const two = b.split('\n', 1)[0]?.trim() ?? '';
  return one === two;
}

function classOfLoose(header: string): string {
  return /^[\w.$]{1,300}/.exec(header)?.[0] ?? '';
}

function messageOfLoose(header: string): string {
  return header.slice(classOfLoose(header).length).replace(/^:? ?/, '');
}
