import type { CitedLine } from './cited-line.ts';
import { figuresIn } from './figure.ts';
import { Grounds } from './grounds.ts';

/** A whole report of the kernel, a stack, the life of a container: what stands so near belongs to what is cited. */
const NEAR_LINES = 60;
/** Longer lines are records of an event log: each is its own, and its neighbours are others. */
const LONGEST_LINE = 4_000;
/**
 * A row of the kernel's table of tasks, `[ pid ] uid tgid total_vm rss … pgtables_bytes swapents oom_score_adj name` (older kernels have fewer columns); groups:
 * resident pages, the columns behind them, the name.
 */
const TASK_ROW =
  /\[ {0,8}\d{1,8}\] {1,12}\d{1,9} {1,12}\d{1,9} {1,12}\d{1,12} {1,12}(\d{1,12})((?: {1,20}-?\d{1,12}){2,6}) (\S.{0,20}?)\s{0,4}$/;
const PAGE_BYTES = 4096;
/** Ids by which two lines speak of one thing. */
const ID =
  /(?:application|container|appattempt|attempt|executor)_?[\w.-]{3,80}|pid[= ]{0,2}\d{2,8}|\b(?:app|local)-\d{13,14}(?:-\d{4})?/g;
const CONTAINER = /container_(?:e\d{1,6}_)?\d{10,16}_\d{4,10}_\d{2,4}_\d{6,10}/g;
const MOMENT = /(?<!\d)(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[,.]\d{3})?|\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d)/;

/**
 * What stands around the cited lines in their own source: figures, sums of figures of one line (a process holds anonymous, file and shared
 * pages), pages of the kernel's table as bytes, and the time between two lines that name the same thing.
 */
export function neighbourGrounds(cited: readonly CitedLine[]): Grounds {
  const grounds = new Grounds();
  for (const { source, from, to, lines } of cited) {
    if (lines.length > LONGEST_LINE) continue;
    const ids = new Set(lines.match(ID) ?? []);
    const byName = new Map<string, number[]>();
    const firstOf = new Map<string, number>();
    const at = momentIn(lines);
    for (let line = Math.max(1, from - NEAR_LINES); line <= Math.min(source.lineCount, to + NEAR_LINES); line += 1) {
      const text = source.lines(line, line) ?? '';
      if (text.length > LONGEST_LINE) continue;
      grounds.addRecord(text);
      addSums(text, grounds);
      addTaskRow(text, byName, grounds);
      const other = at === null ? null : momentIn(text);
      if (at !== null && other !== null && (text.match(ID) ?? []).some((id) => ids.has(id)))
        grounds.add('duration', other - at);
      addLife(text, other ?? momentIn(text), firstOf, grounds);
    }
  }
  return grounds;
}

/** How long after its first mention a container is named again. */
function addLife(text: string, at: number | null, firstOf: Map<string, number>, grounds: Grounds): void {
  if (at === null) return;
  for (const id of text.match(CONTAINER) ?? []) {
    const first = firstOf.get(id);
    if (first === undefined) firstOf.set(id, at);
    else grounds.add('duration', at - first);
  }
}

/** What a task held, with and without its page tables; and all so far of the same name in the same table. */
function addTaskRow(text: string, byName: Map<string, number[]>, grounds: Grounds): void {
  const [, pages, columns = '', name = ''] = TASK_ROW.exec(text) ?? [];
  if (pages === undefined) {
    // The next table counts anew.
    if (/oom-kill:|invoked oom-killer/.test(text)) byName.clear();
    return;
  }
  const resident = Number(pages) * PAGE_BYTES;
  const tables = columns
    .trim()
    .split(/ {1,12}/)
    .map(Number)
    .filter((value) => value >= PAGE_BYTES && value % PAGE_BYTES === 0);
  const held = [resident, ...tables.map((bytes) => resident + bytes)];
  const sums = held.map((bytes, at) => bytes + (byName.get(name)?.[at] ?? 0));
  byName.set(name, sums);
  for (const bytes of [...held, ...sums]) grounds.add('bytes', bytes);
}

/** Sums of two, three and all sizes that one line names with units. */
function addSums(text: string, grounds: Grounds): void {
  const sizes = figuresIn(text.slice(0, LONGEST_LINE))
    .filter(({ measure }) => measure === 'bytes')
    .flatMap(({ values }) => values[0] ?? [])
    .slice(0, 8);
  sizes.forEach((first, at) => {
    sizes.slice(at + 1).forEach((second, next) => {
      grounds.add('bytes', first + second);
      for (const third of sizes.slice(at + next + 2)) grounds.add('bytes', first + second + third);
    });
  });
}

function momentIn(text: string): number | null {
  const found = MOMENT.exec(text)?.[0];
  if (found === undefined) return null;
  const iso = found.length === 17 ? `20${found}` : found;
  const at = Date.parse(`${iso.replaceAll('/', '-').replace(' ', 'T').replace(',', '.')}Z`);
  return Number.isNaN(at) ? null : at;
}
