/** Columns of the process table, in the order its header names them. */
export type TableColumns = readonly string[];

/** One row before units are applied: counts as printed. */
export interface TableRow {
  pid: number;
  comm: string;
  counts: ReadonlyMap<string, number>;
}

const KNOWN_COLUMNS = new Set([
  'uid',
  'tgid',
  'total_vm',
  'rss',
  'rss_anon',
  'rss_file',
  'rss_shmem',
  'nr_ptes',
  'nr_pmds',
  'pgtables_bytes',
  'swapents',
  'cpu',
  'oom_adj',
  'oom_score_adj',
]);

/** Rows seen without their header (cut off above): the layouts of 5.x, of 4.5 to 4.14, and of 6.8 and later. */
const BY_COUNT: Readonly<Record<number, TableColumns>> = {
  7: ['uid', 'tgid', 'total_vm', 'rss', 'pgtables_bytes', 'swapents', 'oom_score_adj'],
  8: ['uid', 'tgid', 'total_vm', 'rss', 'nr_ptes', 'nr_pmds', 'swapents', 'oom_score_adj'],
  10: [
    'uid',
    'tgid',
    'total_vm',
    'rss',
    'rss_anon',
    'rss_file',
    'rss_shmem',
    'pgtables_bytes',
    'swapents',
    'oom_score_adj',
  ],
};

/** `[  pid  ]   uid  tgid total_vm      rss … oom_score_adj name`. */
export function readTableHeader(body: string): TableColumns | null {
  const head = /^\[ {0,4}pid {0,4}\] {1,8}/.exec(body);
  if (!head) return null;
  const names = body.slice(head[0].length, 400).trim().split(/ +/);
  if (names.pop() !== 'name') return null;
  return names.length >= 4 && names.every((name) => KNOWN_COLUMNS.has(name)) ? names : null;
}

/**
 * `[  22224]     0 22224   702232 … 0 java`. The name is whatever follows the numbers the header promises, so that a
 * process called `7 7 7` cannot shift the columns.
 */
export function readTableRow(body: string, columns: TableColumns | null): TableRow | null {
  const head = /^\[ {0,10}(\d{1,10})\] {1,12}/.exec(body);
  if (!head) return null;
  const layout = columns ?? guessColumns(body.slice(head[0].length));
  if (!layout) return null;
  const counts = new Map<string, number>();
  let rest = body.slice(head[0].length);
  for (const column of layout) {
    const number = /^(-?\d{1,20})(?: +|$)/.exec(rest.slice(0, 48));
    if (!number) return null;
    counts.set(column, Number(number[1]));
    rest = column === layout.at(-1) ? rest.slice(number[1]?.length ?? 0) : rest.slice(number[0].length);
  }
  return { pid: Number(head[1]), comm: rest.trim().slice(0, 64), counts };
}

function guessColumns(rest: string): TableColumns | null {
  const numbers = /^(?:-?\d{1,20} {1,20}){1,12}/.exec(rest.slice(0, 400));
  if (!numbers) return null;
  return BY_COUNT[numbers[0].trim().split(/ +/).length] ?? null;
}

/** Bytes of page tables: a byte count since 4.15, before that numbers of table pages. */
export function pageTableBytes(counts: ReadonlyMap<string, number>, pageBytes: number): number {
  const bytes = counts.get('pgtables_bytes');
  if (bytes !== undefined) return bytes;
  return ((counts.get('nr_ptes') ?? 0) + (counts.get('nr_pmds') ?? 0)) * pageBytes;
}
