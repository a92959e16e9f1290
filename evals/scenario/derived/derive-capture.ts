import type { Change } from './change.ts';

/** Files of a capture, unpacked, by the name that evidence has for them. */
export type CaptureFiles = ReadonlyMap<string, Buffer>;

/** What a derivation makes: the capture, and what the asker hands in beside it. */
export interface DerivedFiles {
  capture: CaptureFiles;
  attachments: CaptureFiles;
}

/** A change that does not fit its parent: a file, a line or a text that is not there. */
export class DerivationError extends Error {}

const INDEX = 'http/index.tsv';

/**
 * Applies changes to a capture; the parent stays as it is.
 *
 * @throws DerivationError when a change finds nothing to do, or replaces more or less often than it says
 */
export function deriveCapture(parent: CaptureFiles, changes: readonly Change[]): DerivedFiles {
  const capture = new Map(parent);
  const attachments = new Map<string, Buffer>();
  for (const change of changes) apply(change, capture, attachments);
  keepIndexTrue(capture);
  return { capture, attachments };
}

function apply(change: Change, capture: Map<string, Buffer>, attachments: Map<string, Buffer>): void {
  if ('drop' in change) {
    for (const name of change.drop) for (const file of named(capture, name)) capture.delete(file);
  } else if ('keep' in change) {
    const kept = new Set([INDEX, ...change.keep.flatMap((name) => named(capture, name))]);
    for (const file of [...capture.keys()]) if (!kept.has(file)) capture.delete(file);
  } else if ('cut' in change) {
    edit(capture, change.cut, (lines) => lines.slice(0, existing(change.cut, lines, change.after)));
  } else if ('insert' in change) {
    edit(capture, change.insert, (lines) =>
      lines.toSpliced(existing(change.insert, lines, change.after), 0, ...change.lines),
    );
  } else if ('lines' in change) {
    const count = change.to - change.from + 1;
    edit(capture, change.lines, (lines) => {
      existing(change.lines, lines, change.to);
      return lines.toSpliced(change.from - 1, count, ...change.by);
    });
  } else if ('replace' in change) {
    replaceText(capture, change);
  } else if ('rename' in change) {
    capture.set(change.to, content(capture, change.rename));
    capture.delete(change.rename);
  } else {
    const lines = linesOf(content(capture, change.attach));
    const [from, to] = [change.from ?? 1, existing(change.attach, lines, change.to ?? lines.length)];
    attachments.set(change.as, bytesOf(lines.slice(from - 1, to)));
    capture.delete(change.attach);
  }
}

function named(capture: CaptureFiles, name: string): string[] {
  const files = [...capture.keys()].filter((file) => (name.endsWith('/') ? file.startsWith(name) : file === name));
  if (files.length === 0) throw new DerivationError(`no file ${name}`);
  return files;
}

function content(capture: CaptureFiles, name: string): Buffer {
  const bytes = capture.get(name);
  if (bytes === undefined) throw new DerivationError(`no file ${name}`);
  return bytes;
}

function existing(name: string, lines: readonly string[], line: number): number {
  if (line < 1 || line > lines.length) throw new DerivationError(`${name} has ${lines.length} lines, not ${line}`);
  return line;
}

function edit(capture: Map<string, Buffer>, name: string, change: (lines: string[]) => string[]): void {
  capture.set(name, bytesOf(change(linesOf(content(capture, name)))));
}

function replaceText(capture: Map<string, Buffer>, change: Extract<Change, { replace: string }>): void {
  let times = 0;
  for (const [name, bytes] of capture) {
    if (!name.startsWith(change.in ?? '') || !bytes.includes(change.replace)) continue;
    const parts = bytes.toString('utf8').split(change.replace);
    times += parts.length - 1;
    capture.set(name, Buffer.from(parts.join(change.by)));
  }
  if (times !== change.times)
    throw new DerivationError(`“${change.replace}” stands there ${times} times, not ${change.times}`);
}

/** An answer that is not there must not stand in the index. */
function keepIndexTrue(capture: Map<string, Buffer>): void {
  const index = capture.get(INDEX);
  if (index === undefined) return;
  const [head = '', ...rows] = linesOf(index);
  const kept = rows.filter((row) => capture.has(row.split('\t').at(-1) ?? ''));
  if (kept.length === 0) capture.delete(INDEX);
  else if (kept.length < rows.length) capture.set(INDEX, bytesOf([head, ...kept]));
}

function linesOf(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function bytesOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.length === 0 ? '' : `${lines.join('\n')}\n`);
}
