import { shorten } from '../../evidence/shorten.ts';

/** A failure that is the echo of a context that was stopped: something earlier stopped it. */
export function contextStopped(reason: string): boolean {
  return /SparkContext (?:was|has been) (?:shut ?down|stopped)|because SparkContext was shut down|Cannot call methods on a stopped SparkContext/i.test(
    reason.slice(0, 4_000),
  );
}

/** Work that somebody or the engine itself took back: cancelled jobs and stages, other failures' stages, adaptive re-planning. */
export function cancelledOnPurpose(reason: string): boolean {
  return /^(?:Job \d{1,9} cancelled|Stage cancelled|Job (?:group|tag) .{0,200}cancelled|cancelled|The query was cancelled|Cancelled)/i.test(
    reason.slice(0, 400).replace(/^org\.apache\.spark\.\w{1,60}: (?:\[\w{1,80}\] )?/, ''),
  );
}

/**
 * The deepest exception class a failure text names before its stack: `Job aborted due to stage failure: … failed 4 times,
 * most recent failure: Lost task … (…): java.io.IOException: …` is an IOException.
 */
export function exceptionClassOf(reason: string): string | undefined {
  const head = reason.slice(0, 8_000).split('\n\tat ', 1)[0] ?? '';
  const lines = head.split('\n', 3).join(' ');
  const classes =
    lines.match(/\b(?:[a-z_][\w$]{0,60}\.){1,12}[A-Z][\w$]{0,100}(?:Exception|Error|Failure|Throwable)\b/g) ?? [];
  return classes.at(-1);
}

/**
 * The first line of a failure, cut to what a person reads at a glance. A Python traceback says what happened in its last
 * line: that one is put in the place of `Traceback (most recent call last):`.
 */
export function firstSentence(reason: string): string {
  const lines = reason.slice(0, 16_000).split('\n');
  const first = lines[0]?.trim() ?? '';
  const python = first.endsWith('Traceback (most recent call last):') ? lastOfTraceback(lines) : '';
  const line = python ? `${first.slice(0, -'Traceback (most recent call last):'.length)}${python}` : first;
  return shorten(line, 300);
}

/** The line after a Python traceback's frames: the first one that is not indented. */
function lastOfTraceback(lines: readonly string[]): string {
  return (
    lines
      .slice(1)
      .find((line) => line.trim() !== '' && !/^\s/.test(line))
      ?.trim() ?? ''
  );
}
