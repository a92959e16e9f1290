import type { Finding } from '../../evidence/finding.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import type { CacheEvent, CacheFacts, CacheScope } from '../cache-facts.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { CacheCase, CacheRule } from '../cache-rule.ts';
import { isInScope } from '../growth.ts';
import { recordEvidence } from '../record-evidence.ts';

type Missing = Extract<CacheEvent, { kind: 'missing_below' }>;

/**
 * Blocks that the cache wants to load from a file that is no longer in the store: its metadata is older than the store. Only of
 * directories that the asked program reads: leftovers of others go on failing in the same logs.
 */
export const missingBelow: CacheRule = {
  id: 'cache/missing-below',
  area: 'cache',
  codes: ['cache.ufs_out_of_sync'],
  apply({ facts, scope }: CacheCase): Finding[] {
    const missing = facts.events.filter(
      (event): event is Missing =>
        event.kind === 'missing_below' && isInScope(event.at, scope) && isRead(event, facts, scope),
    );
    return [...Map.groupBy(missing, ({ storePath }) => storePath).values()].flatMap((events) => gone(events, facts));
  },
};

function gone(events: readonly Missing[], facts: CacheFacts): Finding[] {
  const [first] = events;
  if (!first) return [];
  const path = cachePathOf(first.storePath, facts);
  const tries = triesIn(events);
  return [
    cacheFinding({
      rule: 'cache/missing-below',
      code: 'cache.ufs_out_of_sync',
      symptom: 'slow',
      statement: {
        en: `The store below was changed behind the cache: the cache still lists ${path}, the store no longer has the file (${plural(tries, 'failed try').replace('trys', 'tries')})`,
        zh: `底层存储被绕过缓存修改：缓存仍列出 ${path}，底层已没有该文件（${tries} 次尝试失败）`,
      },
      keys: { path },
      at: first.at,
      until: events.at(-1)?.record.lastAt ?? events.at(-1)?.at ?? null,
      evidence: events.slice(0, 2).map(({ record }) => recordEvidence(record)),
      count: tries,
      values: { storePath: first.storePath },
    }),
  ];
}

/** One try is told by several: the worker's reader, its stream, the client. Whoever tells the most of them counts. */
function triesIn(events: readonly Missing[]): number {
  const writers = Map.groupBy(
    events,
    ({ record }) => `${record.quote.source} ${record.logger} ${wording(record.message)}`,
  );
  const told = [...writers.values()].map((own) => own.reduce((sum, { record }) => sum + record.count, 0));
  return Math.max(...told);
}

/** How a message begins, whatever ids stand in it. */
function wording(message: string): string {
  return message.slice(0, 60).replace(/[\da-f-]*\d[\da-f-]*/gi, '#');
}

/** `/data/ufs/a/b` below the mount `/` → `/data/ufs` is `/a/b` in the cache. */
function cachePathOf(storePath: string, { mounts }: CacheFacts): string {
  const mount = mounts.find(({ storeUri }) => storePath.startsWith(withoutScheme(storeUri)));
  if (!mount) return storePath;
  const rest = storePath.slice(withoutScheme(mount.storeUri).length).replace(/^\//, '');
  return `${mount.cachePath.replace(/\/$/, '')}/${rest}`;
}

function withoutScheme(uri: string): string {
  return uri.replace(/^file:\/*/, '/');
}

/** The program names directories: one of them ends with a directory that the missing file is in. */
function isRead({ storePath }: Missing, facts: CacheFacts, { paths }: CacheScope): boolean {
  if (paths.length === 0) return true;
  const folders = cachePathOf(storePath, facts).split('/').filter(Boolean).slice(0, -1);
  return paths.some((path) => {
    const said = path.split('/').filter(Boolean);
    return said.includes(folders[0] ?? '') || storePath.startsWith(path);
  });
}
