import path from 'node:path';
import { isStatusMarker, orderParts, type RollingName, rollingName } from './rolling-names.ts';
import { type EventLogHead, emptyHead } from './sniff-event-log.ts';

/** A stored file that was recognised as an event log, or the zero-byte marker beside a rolling one. */
export interface StoredLog<T> {
  item: T;
  /** Folder and name as stored, `/` between; two files of one rolling log share the folder. */
  storedPath: string;
  /** `null` for a status marker. */
  head: EventLogHead | null;
}

/** One event log: its parts in reading order, markers behind them. */
export interface LogGroup<T> {
  parts: T[];
  head: EventLogHead;
  inProgress: boolean;
}

/**
 * Puts the parts of one log together:
 * - `events_N_<application>` of one folder, in the order of N (Spark's rolling logs), with the marker `appstatus_…`;
 * - `eventlog` and `eventlog-<date>` of one folder, dated ones first (rolled the Databricks way), when only the first of
 *   them starts an application and the others go on;
 * every other file is a log of its own (several attempts are several logs).
 */
export function groupEventLogs<T>(stored: readonly StoredLog<T>[]): LogGroup<T>[] {
  const groups: LogGroup<T>[] = [];
  const byRolling = new Map<string, { name: RollingName; log: StoredLog<T> }[]>();
  const byFolder = new Map<string, StoredLog<T>[]>();
  const markers = new Map<string, StoredLog<T>[]>();
  for (const log of stored) {
    const folder = path.posix.dirname(log.storedPath);
    const base = path.posix.basename(log.storedPath);
    const name = rollingName(base);
    if (isStatusMarker(base)) push(markers, folder, log);
    else if (log.head === null) continue;
    else if (name !== null) push(byRolling, `${folder}/${name.application}`, { name, log });
    else if (/^eventlog(?:-[\w.-]{1,80})?$/.test(base)) push(byFolder, folder, log);
    else groups.push(alone(log, base));
  }
  for (const parts of byRolling.values()) groups.push(...rolling(parts, markers));
  for (const logs of byFolder.values()) groups.push(...dated(logs));
  return groups;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function alone<T>({ item, head }: StoredLog<T>, base: string): LogGroup<T> {
  return { parts: [item], head: head ?? emptyHead(), inProgress: namedInProgress(base) };
}

function rolling<T>(
  parts: { name: RollingName; log: StoredLog<T> }[],
  markers: ReadonlyMap<string, StoredLog<T>[]>,
): LogGroup<T>[] {
  const { inOrder } = orderParts(parts.map(({ name, log }) => ({ name, part: log })));
  const first = inOrder[0];
  if (first === undefined) return [];
  const application = parts[0]?.name.application ?? '';
  const mine = (markers.get(path.posix.dirname(first.storedPath)) ?? []).filter((marker) => {
    const base = path.posix.basename(marker.storedPath);
    return base === `appstatus_${application}` || base === `appstatus_${application}.inprogress`;
  });
  const head = inOrder.map((log) => log.head).find((one) => one?.hasStart) ?? first.head ?? emptyHead();
  return [
    {
      parts: [...inOrder, ...mine].map(({ item }) => item),
      head: { ...head, packed: inOrder.at(-1)?.head?.packed ?? false },
      inProgress: mine.some((marker) => namedInProgress(marker.storedPath)),
    },
  ];
}

function dated<T>(logs: StoredLog<T>[]): LogGroup<T>[] {
  const inOrder = [...logs].sort((a, b) => rank(a) - rank(b) || (a.storedPath < b.storedPath ? -1 : 1));
  const starts = inOrder.filter((log) => log.head?.hasStart).length;
  if (starts > 1 || (starts === 1 && !inOrder[0]?.head?.hasStart)) {
    return inOrder.map((log) => alone(log, path.posix.basename(log.storedPath)));
  }
  const head = inOrder[0]?.head ?? emptyHead();
  const packed = inOrder.at(-1)?.head?.packed ?? false;
  return [{ parts: inOrder.map(({ item }) => item), head: { ...head, packed }, inProgress: false }];
}

/** The undated file is the one being written: the last. */
function rank<T>({ storedPath }: StoredLog<T>): number {
  return path.posix.basename(storedPath) === 'eventlog' ? 1 : 0;
}

function namedInProgress(name: string): boolean {
  return /\.inprogress(?:\.(?:gz|zst))?$/.test(name);
}
