import { bytes, plural } from '../../tools/evidence/spoken-figures.ts';
import type { CaptureWritten } from '../capture/write-capture.ts';

/** What was written, what was not, and how to ask the capture the same question again. */
export function spokenCapture(written: CaptureWritten, question: string, now: number): string {
  const { folder, answers, files, bytes: size, leftOut } = written;
  return [
    `captured in ${folder}: ${plural(answers, 'answer')}, ${plural(files, 'file')}, ${bytes(size)}; secrets are masked`,
    ...leftOut.map(({ en }) => `  ${en}`),
    `again: ${replayCommand(folder, question, now)}`,
  ].join('\n');
}

/** The command that asks a capture the same question at the same "now". */
export function replayCommand(folder: string, question: string, now: number): string {
  return `wherefore ask ${quoted(question)} --from ${quoted(folder)} --at ${new Date(now).toISOString()}`;
}

function quoted(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
