/** What a file name says of its place in a rolling event log (RollingEventLogFilesWriter, Spark 3.0–4.1). */
export interface RollingName {
  /** Number of the part, from 1. */
  index: number;
  /** Application id, with the attempt where there is one: `application_1_2_1`. */
  application: string;
  /** A compacted part stands for itself and all parts before it. */
  compacted: boolean;
}

/** `events_3_application_1_2_1.zstd`, `events_2_local-1.compact`; `null` for any other name. */
export function rollingName(baseName: string): RollingName | null {
  const found = /^events_(\d{1,9})_(.{1,300})$/.exec(baseName);
  if (found?.[1] === undefined || found[2] === undefined) return null;
  const compacted = found[2].endsWith('.compact');
  const application = found[2].replace(/\.compact$/, '').replace(/\.(?:zstd|lz4|snappy|lzf|gz|zst)$/, '');
  return { index: Number(found[1]), application, compacted };
}

/** The zero-byte marker beside the parts: `appstatus_<application>`, with `.inprogress` while it runs. */
export function isStatusMarker(baseName: string): boolean {
  return /^appstatus_.{1,300}$/.test(baseName);
}

/** Parts in the order they are read: a compacted part replaces all up to its own number. Also what is missing. */
export function orderParts<T>(parts: readonly { name: RollingName; part: T }[]): {
  inOrder: T[];
  missing: number[];
  compacted: boolean;
} {
  const compacted = parts.filter(({ name }) => name.compacted).sort((a, b) => b.name.index - a.name.index)[0];
  const first = compacted?.name.index ?? 0;
  const later = parts
    .filter(({ name }) => !name.compacted && name.index > first)
    .sort((a, b) => a.name.index - b.name.index);
  const have = new Set(later.map(({ name }) => name.index));
  const last = later.at(-1)?.name.index ?? first;
  const missing: number[] = [];
  for (let index = first + 1; index <= last && missing.length < 1_000; index += 1) {
    if (!have.has(index)) missing.push(index);
  }
  return {
    inOrder: [...(compacted ? [compacted.part] : []), ...later.map(({ part }) => part)],
    missing,
    compacted: compacted !== undefined,
  };
}
