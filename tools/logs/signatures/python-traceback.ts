/** One Python traceback found in a text. */
export interface PythonTraceback {
  /** Class of the exception, as printed (`ZeroDivisionError`, `acme.errors.BadRow`). */
  className: string;
  message: string;
  /** The line `Class: message` itself. */
  line: string;
  /** Position of that line in the text. */
  at: number;
  /** The deepest frame in the program's own files, as `file:line in function`; `undefined` when all are libraries. */
  ownFrame: string | undefined;
}

const START = 'Traceback (most recent call last)';
const FRAME = /^\s{0,12}File "([^"]{1,500})", line (\d{1,9})(?:, in (.{1,200}))?/;
const LAST_LINE = /^\s{0,4}([A-Za-z_][\w.]{0,200})(?:: (.*))?$/;
const LIBRARY =
  /(?:site-packages|dist-packages)[/\\]|[/\\]lib(?:64)?[/\\]python\d|pyspark(?:\.zip)?[/\\]|py4j[\w.-]{0,20}(?:\.zip)?[/\\]|<frozen |[/\\]airflow[/\\](?!dags)/;
const MOST_LINES = 400;

/** The tracebacks of a text in order (in a chain of causes Python prints the root first). At most twenty. */
export function pythonTracebacks(text: string): PythonTraceback[] {
  const found: PythonTraceback[] = [];
  for (let at = text.indexOf(START); at !== -1 && found.length < 20; at = text.indexOf(START, at + START.length)) {
    const one = readOne(text, at + START.length);
    if (one) found.push(one);
  }
  return found;
}

function readOne(text: string, from: number): PythonTraceback | undefined {
  let lineStart = text.indexOf('\n', from) + 1;
  let ownFrame: string | undefined;
  let frames = 0;
  for (let lines = 0; lineStart > 0 && lines < MOST_LINES; lines += 1) {
    const lineEnd = text.indexOf('\n', lineStart);
    const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).slice(0, 2000);
    const frame = FRAME.exec(line);
    if (frame) {
      frames += 1;
      const [, file = '', number = '', name = ''] = frame;
      if (!LIBRARY.test(file)) ownFrame = `${file}:${number}${name ? ` in ${name.trim()}` : ''}`;
    } else if (frames > 0 && !/^\s{4}|^\s{0,12}[\^~]|^ {2}\[Previous line repeated /.test(line)) {
      const last = LAST_LINE.exec(line.trimEnd());
      if (!last) return undefined;
      const lead = line.length - line.trimStart().length;
      return { className: last[1] ?? '', message: last[2] ?? '', line: line.trim(), at: lineStart + lead, ownFrame };
    }
    lineStart = lineEnd === -1 ? 0 : lineEnd + 1;
  }
  return undefined;
}
