import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CacheFacts, CacheMount } from '../../../tools/cache/cache-facts.ts';
import { cacheFinding } from '../../../tools/cache/cache-finding.ts';
import { inAll, type Phase, phasesIn, shareBelow } from '../../../tools/cache/growth.ts';
import { judgeCache } from '../../../tools/cache/judge-cache.ts';
import { CACHE_THRESHOLDS } from '../../../tools/cache/thresholds.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { bytes, percent } from '../../../tools/evidence/spoken-figures.ts';
import { rankHypotheses } from '../joining/rank-hypotheses.ts';
import type { AskedThing } from '../question/read-asked-thing.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

const MAX_KNOWN = 12;

/**
 * Whether data is in the cache, as far as figures prove it: which mount it lies in, how full the cache is, and what the last reads
 * took from the store below. The figures are of all data of the cache; which files are in it only its own listing tells.
 */
export function lookAtData(asked: AskedThing & { name: string }, { first, window }: ThingContext): ThingReport {
  const { cache } = first;
  const mounted = placesOf(cache, first.logs);
  const place = placeOf(asked.name, mounted);
  if (place === null) return unknownData(asked, cache, mounted);
  const last = lastPhase(cache, window);
  const scope = { window: last ?? window, paths: [asked.name], hosts: [] };
  // Counters are of the whole cache: of one path they suggest, they do not prove.
  const judged = judgeCache(cache, scope).map((finding): Finding => ({ ...finding, kind: 'inferred' }));
  const holds = holding(cache, place);
  const cold = judged.filter(({ code }) => code === 'cache.cold' || code === 'cache.capacity');
  const causes = rankHypotheses(cold, {
    end: { state: 'unknown', at: null, startedAt: null },
    asks: 'slowness',
    timed: false,
  });
  const served = last !== null && shareBelow(last) < CACHE_THRESHOLDS.servedShare;
  const reads = last === null ? [] : [readsFinding(cache, last)];
  return {
    kind: asked.kind,
    id: asked.name,
    isKnown: true,
    verdict: causes.length > 0 ? 'answered' : served ? 'healthy' : 'needs_more',
    summary: summaryOf(asked.name, { cold: causes.length > 0, served, last }),
    told: [...holds, ...reads],
    causes,
    needs: [listing(asked.name, place)],
    window: scope.window,
  };
}

/** Where data of a name lies: under a mount, or a path that the cache's own log or its readers name. */
interface Place {
  /** In the cache's namespace or below a mount point of a host; as it was read. */
  path: string;
  mount: CacheMount | null;
}

function placesOf(cache: CacheFacts, logs: ThingContext['first']['logs']): Place[] {
  const mounts = cache.mounts.map((mount): Place => ({ path: mount.cachePath, mount }));
  const points = cache.daemons.flatMap(({ mounts: own }) => own).map((path): Place => ({ path, mount: null }));
  const told = cache.events.flatMap((event) =>
    event.kind === 'read_failed'
      ? [event.path]
      : event.kind === 'slow_call' && event.path
        ? [event.path]
        : event.kind === 'missing_below'
          ? [event.storePath]
          : [],
  );
  const read = logs
    .filter(({ writer }) => writer === 'user_program' || writer === 'unknown' || writer === 'alluxio')
    .flatMap(({ records, tail }) => [...records, ...tail])
    .flatMap(({ text }) => text.slice(0, 4_000).match(/\/[\w.-]{2,80}(?:\/[\w.-]{1,80}){1,12}/g) ?? []);
  const paths = [...new Set([...told, ...read])].slice(0, 2_000).map((path): Place => ({ path, mount: null }));
  return [...mounts, ...points, ...paths];
}

/** The longest mount or path that holds what was asked for, or has its name as a folder. */
function placeOf(name: string, places: readonly Place[]): Place | null {
  const wanted = name.toLowerCase().replace(/\/+$/, '');
  const fits = places.filter(({ path, mount }) => {
    const here = path.toLowerCase().replace(/\/+$/, '');
    const below = mount?.storeUri.toLowerCase().replace(/\/+$/, '') ?? '';
    if (wanted.startsWith('/') || wanted.includes('://')) {
      const inMount = here !== '' && (wanted === here || wanted.startsWith(`${here}/`));
      const inStore = below !== '' && (wanted === below || wanted.startsWith(`${below}/`));
      return inMount || inStore || here.startsWith(`${wanted}/`) || below.startsWith(`${wanted}/`);
    }
    return [...here.split('/'), ...below.split('/')].includes(wanted);
  });
  const byMount = (a: Place, b: Place) =>
    Number(b.mount !== null) - Number(a.mount !== null) || b.path.length - a.path.length;
  const best = fits.toSorted(byMount)[0];
  return best ? { ...best, path: best.mount ? best.path : upTo(best.path, wanted) } : null;
}

/** Of a file that was read, the path as far as the name that was asked for. */
function upTo(path: string, wanted: string): string {
  const at = path.toLowerCase().indexOf(wanted);
  return at < 0 ? path : path.slice(0, at + wanted.length);
}

/** The last phase in which enough was read to say where it came from. */
function lastPhase(cache: CacheFacts, window: ThingContext['window']): Phase | null {
  const phases = phasesIn(cache, { window, paths: [], hosts: [] });
  // Of a time that was named the whole of it counts.
  if (window !== null && phases.length > 0) {
    const all = inAll(phases);
    return all.readBytes >= CACHE_THRESHOLDS.leastReadBytes ? all : null;
  }
  return phases.findLast(({ readBytes }) => readBytes >= CACHE_THRESHOLDS.leastReadBytes) ?? null;
}

/** How full the cache is, and what is mounted where. */
function holding(cache: CacheFacts, { path, mount }: Place): Finding[] {
  const used = cache.counters.usedBytes?.at(-1);
  const capacity = cache.counters.capacityBytes?.at(-1);
  const where: Bilingual = mount
    ? { en: `mount ${mount.cachePath} of ${mount.storeUri}`, zh: `挂载点 ${mount.cachePath}（${mount.storeUri}）` }
    : { en: path, zh: path };
  const live = cache.workers.filter(({ lost }) => !lost);
  const evidence = [used?.evidence, capacity?.evidence, live[0]?.evidence].flatMap((piece) => piece ?? []);
  const usedBytes = used?.value ?? live.reduce((sum, worker) => sum + worker.usedBytes, 0);
  const capacityBytes = capacity?.value ?? live.reduce((sum, worker) => sum + worker.capacityBytes, 0);
  if (capacityBytes === 0) return [];
  return [
    cacheFinding({
      rule: 'cache/holding',
      statement: {
        en: `It lies in ${where.en}; the whole cache holds ${bytes(usedBytes)} of ${bytes(capacityBytes)} (${percent(usedBytes / capacityBytes)})`,
        zh: `数据在 ${where.zh}；整个缓存已用 ${bytes(usedBytes)} / ${bytes(capacityBytes)}（${percent(usedBytes / capacityBytes)}）`,
      },
      keys: { path },
      at: used?.at ?? null,
      evidence: evidence.slice(0, 2),
      values: { usedBytes, capacityBytes, usedShare: usedBytes / capacityBytes },
    }),
  ];
}

function readsFinding({ counters }: CacheFacts, phase: Phase): Finding {
  const ends = [phase.from, phase.to].flatMap((at) => {
    const point = counters.ufsBytes?.findLast((one) => one.at <= at);
    return point ? [point.evidence] : [];
  });
  const [from, to] = [clock(phase.from), clock(phase.to)];
  return cacheFinding({
    rule: 'cache/last-reads',
    statement: {
      en: `Between ${from} and ${to} UTC ${bytes(phase.readBytes)} were read through the cache, ${bytes(phase.ufsBytes)} of it from the store below (${percent(shareBelow(phase))})`,
      zh: `${from} 至 ${to}（UTC）之间经缓存读取 ${bytes(phase.readBytes)}，其中 ${bytes(phase.ufsBytes)} 来自底层存储（${percent(shareBelow(phase))}）`,
    },
    at: phase.from,
    until: phase.to,
    evidence: ends,
    values: { readBytes: phase.readBytes, ufsBytes: phase.ufsBytes },
  });
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

function summaryOf(
  name: string,
  { cold, served, last }: { cold: boolean; served: boolean; last: Phase | null },
): Bilingual {
  const limit: Bilingual = {
    en: 'The figures are of everything in the cache, not of this data alone; which files are in it only the listing of the cache tells.',
    zh: '这些数字是整个缓存的，不只是这份数据的；具体哪些文件在缓存里，只有缓存自己的列表能说明。',
  };
  if (last === null) {
    return {
      en: `Whether ${name} is cached cannot be told: nothing was read through the cache between two samples. ${limit.en}`,
      zh: `无法判断 ${name} 是否已缓存：两次采样之间没有经缓存的读取。${limit.zh}`,
    };
  }
  const share = percent(shareBelow(last));
  if (cold) {
    return {
      en: `${name} is probably not cached: ${share} of what was last read came from the store below. ${limit.en}`,
      zh: `${name} 很可能没有缓存：最近读取的 ${share} 来自底层存储。${limit.zh}`,
    };
  }
  return served
    ? {
        en: `${name} is probably cached: only ${share} of what was last read came from the store below. ${limit.en}`,
        zh: `${name} 很可能已缓存：最近读取中只有 ${share} 来自底层存储。${limit.zh}`,
      }
    : {
        en: `${name} may be cached in part: ${share} of what was last read came from the store below. ${limit.en}`,
        zh: `${name} 可能只缓存了一部分：最近读取的 ${share} 来自底层存储。${limit.zh}`,
      };
}

function listing(name: string, { path, mount }: Place): ThingReport['needs'][number] {
  const where = mount && !name.startsWith('/') ? mount.cachePath : path;
  return {
    what: { en: `the share of each file of ${name} that is in the cache`, zh: `${name} 各文件在缓存中的比例` },
    how: {
      en: `alluxio fs ls -R ${where} (the percentage in each line); with Fluid: kubectl get dataset`,
      zh: `alluxio fs ls -R ${where}（看每行的百分比）；使用 Fluid 时：kubectl get dataset`,
    },
  };
}

function unknownData(asked: AskedThing & { name: string }, cache: CacheFacts, places: readonly Place[]): ThingReport {
  const known = [
    ...new Set(places.filter(({ mount }) => mount !== null).map(({ path, mount }) => `${path} (${mount?.storeUri})`)),
  ];
  const points = cache.daemons.flatMap(({ mounts }) => mounts);
  const names = [...known, ...new Set(points)].slice(0, MAX_KNOWN);
  const none = names.length === 0 && cache.workers.length === 0;
  return {
    kind: asked.kind,
    id: asked.name,
    isKnown: false,
    verdict: 'needs_more',
    summary: {
      en: none
        ? `Nothing can be said about ${asked.name}: no cache that could hold it is known here.`
        : `${asked.name} is in no mount and no path that was read; mounted are: ${names.join(', ') || 'none'}.`,
      zh: none
        ? `无法判断 ${asked.name}：这里没有可读的缓存。`
        : `${asked.name} 不在任何挂载点或读到的路径里；已挂载：${names.join('、') || '无'}。`,
    },
    told: [],
    causes: [],
    needs: [
      {
        what: { en: 'the path of the data', zh: '数据的路径' },
        how: {
          en: 'ask again with its path in the cache or in the store below',
          zh: '请带上它在缓存或底层存储中的路径再问一次',
        },
      },
    ],
    window: null,
  };
}
