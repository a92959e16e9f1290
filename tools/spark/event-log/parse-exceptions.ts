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
  const links: { className: string; message: string[]; frames: string[] }[] = [];
  let inTraceback = false;
  for (const line of text.split('\n', 4_000)) {
    const current = links.at(-1);
    if (FRAME.test(line) || MORE.test(line)) {
      inTraceback = false;
      if (current && current.frames.length < MAX_FRAMES) current.frames.push(line.trim());
      continue;
    }
    if (line.startsWith('Traceback (most recent call last)')) {
      inTraceback = true;
      if (current) current.message.push(line);
      continue;
    }
    const head = startOfException(line, current === undefined, inTraceback);
    if (head && links.length < MAX_LINKS) {
      links.push({ className: head.className, message: [head.message], frames: [] });
      inTraceback = head.message.startsWith('Traceback (most recent call last)');
      continue;
    }
    if (inTraceback && PYTHON_FRAME.test(line) && current && current.frames.length < MAX_FRAMES) {
      current.frames.push(line.trim());
    }
    if (current && current.frames.length === 0) current.message.push(line);
  }
  return links.map(({ className, message, frames }) => ({
    className,
    message: message.join('\n').trim().slice(0, MAX_MESSAGE),
    frames,
  }));
}

function startOfException(line: string, first: boolean, inTraceback: boolean) {
  if (line.length > 20_000 || line.startsWith(' ')) return null;
  const isCause = line.startsWith('Caused by: ');
  const found = HEAD.exec(line);
  const className = found?.[1];
  if (className === undefined) return null;
  const looksLikeOne = /(?:Exception|Error|Throwable|Interrupt|Exit|Failure|Abort|Warning)\w{0,20}$/.test(className);
  if (!isCause && !looksLikeOne) return null;
  if (!isCause && !first && !inTraceback) return null;
  return { className, message: found?.[2] ?? '' };
}
