import type { PlatformFile } from '../platform/platform.ts';
import type { LogFacts } from './log-facts.ts';

/** What was read of one file. */
export interface ReadFile {
  file: PlatformFile;
  logs: readonly LogFacts[];
}

/**
 * The logs of all files, where a log was sampled several times the earlier samples only with what the later ones do not have: a
 * capture may hold the same file as it was at several times, and each of its records happened once.
 */
export function withoutEarlierSamples(read: readonly ReadFile[]): LogFacts[] {
  const latestFirst = [...read].sort((a, b) => (b.file.sampledAt ?? Infinity) - (a.file.sampledAt ?? Infinity));
  const seen = new Map<string, Set<string>>();
  const kept = new Map<PlatformFile, readonly LogFacts[]>();
  for (const { file, logs } of latestFirst) {
    const key = `${file.host ?? ''} ${file.path}`;
    const texts = seen.get(key);
    kept.set(file, texts ? logs.flatMap((log) => onlyNew(log, texts)) : logs);
    const known = texts ?? new Set<string>();
    if (file.sampledAt !== undefined || texts)
      for (const log of logs) for (const record of log.records) known.add(record.text);
    else for (const log of logs) for (const record of log.records) known.add(record.text);
    seen.set(key, known);
  }
  return read.flatMap(({ file }) => kept.get(file) ?? []);
}

function onlyNew(log: LogFacts, known: ReadonlySet<string>): LogFacts[] {
  const records = log.records.filter((record) => !known.has(record.text));
  if (records.length === 0) return [];
  const milestones = log.milestones.filter(({ record }) => !known.has(record.text));
  return [{ ...log, records, milestones, tail: [] }];
}
