import type { ExceptionLink } from '../../evidence/text-record.ts';

const MAX_LINKS = 12;
const MAX_FRAMES = 12;
const MAX_MESSAGE = 4_096;

/** `java.io.IOException: No space left`, `Caused by: …`, `ValueError: …`, `org.apache.…Exception` alone. */
const HEAD =
  /^(?:Caused by: |Exception in thread "[^"]{0,200}" )?((?:[A-Za-z_$][\w$]{0,120}\.){0,20}[A-Za-z_$][\w$]{0,160})(?::\s(.*)|:?)$/;
const FRAME = /^\s{1,8}at\s/;
const PYTHON_FRAME = /^\s{0,8}File "/;
const MORE = /^\s{0,8}\.\.\. \d{1,6} (?:more|elided)/;

/**
 * The exceptions of a Java stack trace, outermost first, with a Python traceback inside as a link of its own. Text that
 * carries none gives an empty list. Linear in the text; frames and links are bounded.
 */
export function parseExceptions(text: string): ExceptionLink[] {
  const links: Link[] = [];
  let traceback: string[] | null = null;
  for (const line of text.split('\n', 4_000)) {
    if (FRAME.test(line) || MORE.test(line)) {
      traceback = null;
      // Frames of the JVM behind a Python error belong to the Java exception around it.
      addFrame(
        links.findLast((link) => !link.python),
        line,
      );
      continue;
    }
    const begins = line.startsWith('Traceback (most recent call last)');
    const head: Head | null = begins ? null : startOfException(line, links.length === 0, traceback !== null);
    if (begins) traceback = [];
    else if (head && links.length < MAX_LINKS) {
      links.push({ ...head, message: [head.message], frames: traceback ?? [], python: traceback !== null });
      traceback = head.message.startsWith('Traceback (most recent call last)') ? [] : null;
    } else if (traceback !== null) {
      if (PYTHON_FRAME.test(line) && traceback.length < MAX_FRAMES) traceback.push(line.trim());
    } else {
      const current = links.at(-1);
      if (current && (current.python || current.frames.length === 0)) current.message.push(line);
    }
  }
  return links.map(({ className, message, frames }) => ({
    className,
    message: message.join('\n').trim().slice(0, MAX_MESSAGE),
    frames,
  }));
}

interface Head {
  className: string;
  message: string;
}

interface Link {
  className: string;
  message: string[];
  frames: string[];
  python: boolean;
}

function addFrame(link: Link | undefined, line: string): void {
  if (link && link.frames.length < MAX_FRAMES) link.frames.push(line.trim());
}

/** `… Lost task 0.3 in stage 1.0 (TID 8) (host executor 4): java.lang.NoClassDefFoundError: com/acme/X` */
const NAMED_BEHIND =
  /(?:\(TID \d{1,12}\)|executor \w{1,60}\)|, [\w.-]{1,200}\)): ((?:[A-Za-z_$][\w$]{0,120}\.){1,20}[A-Za-z_$][\w$]{0,160}(?:Exception|Error)): (.{0,4000})$/;

function startOfException(line: string, first: boolean, inTraceback: boolean): Head | null {
  if (line.length > 20_000 || line.startsWith(' ')) return null;
  const behind = first ? NAMED_BEHIND.exec(line) : null;
  if (behind?.[1] !== undefined) return { className: behind[1], message: behind[2] ?? '' };
  const isCause = line.startsWith('Caused by: ');
  const found = HEAD.exec(line);
  const className = found?.[1];
  if (className === undefined) return null;
  const looksLikeOne = /(?:Exception|Error|Throwable|Interrupt|Exit|Failure|Abort|Warning)\w{0,20}$/.test(className);
  if (!isCause && !looksLikeOne) return null;
  if (!isCause && !first && !inTraceback) return null;
  return { className, message: found?.[2] ?? '' };
}
