import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { plural } from '../../../tools/evidence/spoken-figures.ts';
import type { PlatformFile } from '../../../tools/platform/platform.ts';
import type { KnownRun } from '../../../tools/spark/known-runs.ts';
import { readEventLog } from '../../../tools/spark/read-event-log.ts';

/** The event logs that the asker named by path, and what became of them. */
export interface GivenLogs {
  /** Handles of the runs in them; null when none was named. */
  handles: ReadonlySet<string> | null;
  /** Ids of runs in them that the platform knows from another copy. */
  ids: readonly string[];
  /** Named files that hold no run, each with the reason. */
  skipped: readonly Bilingual[];
}

/** Finds the runs of the named event logs among the known ones, and says of each other one why it is none. */
export async function givenEventLogs(
  named: readonly PlatformFile[] | undefined,
  runs: readonly KnownRun[],
  signal: AbortSignal,
): Promise<GivenLogs> {
  if (named === undefined) return { handles: null, ids: [], skipped: [] };
  const handles = new Set<string>();
  const ids: string[] = [];
  const skipped: Bilingual[] = [];
  for (const files of Map.groupBy(named, ({ source }) => source.split('/')[0]).values()) {
    const sources = new Set(files.map(({ source }) => source));
    const own = runs.filter(({ listing }) => sources.has(listing.handle));
    for (const { listing } of own) handles.add(listing.handle);
    if (own.length > 0) continue;
    const copy = await readAlone(files, signal);
    if ('id' in copy) ids.push(copy.id);
    else skipped.push(copy);
  }
  return { handles, ids, skipped };
}

async function readAlone(files: readonly PlatformFile[], signal: AbortSignal): Promise<{ id: string } | Bilingual> {
  const [file] = files;
  if (file === undefined || files.length > 1) return NONE_OF(files.length);
  const outcome = await readEventLog([file], { signal });
  const named = (text: string) => text.replaceAll(file.source, file.path);
  if (outcome.outcome === 'ok') {
    const { id } = outcome.value.application;
    return id === null ? NO_START(file.path) : { id };
  }
  const why = outcome.outcome === 'no_data' ? outcome.looked : outcome.why;
  return { en: named(why.en), zh: named(why.zh) };
}

const NONE_OF = (files: number): Bilingual => ({
  en: `none of the ${plural(files, 'file')} given as an event log is one`,
  zh: `作为事件日志给出的 ${files} 个文件都不是事件日志`,
});

const NO_START = (path: string): Bilingual => ({
  en: `${path} holds events of Spark and no start of an application`,
  zh: `${path} 里有 Spark 事件，但没有应用的开始`,
});
