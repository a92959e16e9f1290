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

/** The first line of a failure, cut to what a person reads at a glance. */
export function firstSentence(reason: string): string {
  const line = reason.slice(0, 2_000).split('\n', 1)[0]?.trim() ?? '';
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
