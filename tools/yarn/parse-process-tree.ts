import { maskSecrets } from '../evidence/mask-secrets.ts';
import type { ContainerRole, ProcessRow } from './container-history.ts';

/**
 * A row of `ProcfsBasedProcessTree.getProcessTreeDump` (same format in 2.x and 3.x):
 * `|- PID PPID PGRPID SESSID (CMD_NAME) USER_TIME SYSTEM_TIME VMEM_BYTES RSS_PAGES FULL_CMD_LINE`. The name may hold
 * anything, brackets too, and the kernel cuts it at 15 bytes (64 is generous).
 */
const ROW =
  /^\s{0,8}\|- (\d{1,10}) (\d{1,10}) \d{1,10} \d{1,10} \((.{0,64}?)\) \d{1,19} \d{1,19} (-?\d{1,19}) (-?\d{1,15}) (.*)$/;

const MAX_ROWS = 2000;
const MAX_COMMAND = 4000;
const PAGE_SIZES = [4096, 16_384, 65_536];

/** A row and where it stands in the text, for quoting. */
export interface PlacedRow extends ProcessRow {
  start: number;
  end: number;
}

/**
 * The rows of the process-tree dump in a text. The dump counts resident memory in pages: 4 KiB, unless the use that the
 * limit line states fits another page size better (arm64 kernels use 64 KiB).
 *
 * @param statedBytes physical memory of the whole tree as the limit line states it, when known
 */
export function parseProcessTree(text: string, statedBytes: number | null): PlacedRow[] {
  const rows: PlacedRow[] = [];
  for (let start = 0; start < text.length && rows.length < MAX_ROWS; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const row = text.startsWith('|-', firstVisible(text, start)) ? parseRow(text, start, end) : null;
    if (row) rows.push(row);
    start = end + 1;
  }
  const page = pageSize(rows, statedBytes);
  return rows.map((row) => ({ ...row, rssBytes: Math.max(0, row.rssPages) * page }));
}

function firstVisible(text: string, start: number): number {
  let at = start;
  while (at - start < 8 && (text[at] === '\t' || text[at] === ' ')) at += 1;
  return at;
}

function parseRow(text: string, start: number, end: number): PlacedRow | null {
  const hit = ROW.exec(text.slice(start, Math.min(end, start + 64_000)));
  if (!hit) return null;
  return {
    pid: Number(hit[1]),
    parentPid: Number(hit[2]),
    name: hit[3] ?? '',
    virtualBytes: Math.max(0, Number(hit[4])),
    rssPages: Number(hit[5]),
    rssBytes: 0,
    command: maskSecrets((hit[6] ?? '').slice(0, MAX_COMMAND)),
    start,
    end,
  };
}

function pageSize(rows: readonly PlacedRow[], statedBytes: number | null): number {
  const pages = rows.reduce((sum, row) => sum + Math.max(0, row.rssPages), 0);
  if (statedBytes === null || pages === 0) return 4096;
  const error = (size: number) => Math.abs(Math.log((pages * size) / statedBytes));
  return PAGE_SIZES.reduce((best, size) => (error(size) < error(best) ? size : best), 4096);
}

/** What the command lines of a container say it is, and Spark's executor id when one is named. */
export function roleOf(rows: readonly ProcessRow[]): { role: ContainerRole; executorId: string | null } {
  for (const { command } of rows) {
    if (/CoarseGrainedExecutorBackend\b/.test(command)) {
      return { role: 'executor', executorId: /--executor-id[ =](\w{1,40})/.exec(command)?.[1] ?? null };
    }
    if (/\.yarn\.ApplicationMaster\b/.test(command)) return { role: 'driver', executorId: null };
    if (/\bExecutorLauncher\b|AppMaster\b|ClusterEntry[pP]oint\b/.test(command)) {
      return { role: 'application_master', executorId: null };
    }
    if (/\bYarnChild\b|\bTezChild\b|YarnTaskExecutorRunner\b/.test(command))
      return { role: 'worker', executorId: null };
  }
  return { role: 'unknown', executorId: null };
}

/** True for an interpreter that runs a user's Python (workers, daemons and the driver's own Python side). */
export function isPython(row: ProcessRow): boolean {
  return /^(?:python|pypy)[\d.]*$/i.test(row.name);
}

/** True for a Java virtual machine. */
export function isJava(row: ProcessRow): boolean {
  return row.name === 'java';
}
