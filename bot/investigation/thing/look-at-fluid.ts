import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { cacheFinding } from '../../../tools/cache/cache-finding.ts';
import type { FluidDataset, FluidFacts, FluidRuntime } from '../../../tools/cache/fluid-facts.ts';
import { judgeFluid } from '../../../tools/cache/fluid-rules.ts';
import { fluidFactsOf } from '../../../tools/cache/read-fluid-facts.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { bytes, percent, plural } from '../../../tools/evidence/spoken-figures.ts';
import { rankHypotheses } from '../joining/rank-hypotheses.ts';
import type { AskedThing } from '../question/read-asked-thing.ts';
import type { ThingContext } from './thing-context.ts';
import type { ThingReport } from './thing-report.ts';

/** Fluid counts anew each minute or so; the last bytes of a dataset may be metadata that is never cached. */
const ALL_SHARE = 0.99;
/** Less than this is nothing worth the name: what a look into a file brought in. */
const NONE_SHARE = 0.01;
/** Fluid's status of another time says nothing of the asked one. */
const NEAR_MS = 10 * 60_000;

/**
 * Whether a dataset of Fluid is cached, in one sentence by what Fluid counted, with the state of the cache behind it; null where no
 * dataset bears the name. A hit ratio is shown with its caveat only: it counts what was read from below as hits.
 */
export function lookAtFluid(asked: AskedThing & { name: string }, { first, window }: ThingContext): ThingReport | null {
  if (first.kubernetes === null) return null;
  const facts = fluidFactsOf(first.kubernetes);
  const [dataset, ...others] = facts.datasets.filter((one) => isMeant(one, asked.name));
  if (dataset === undefined) return null;
  const names = others.map(({ namespace, name }) => `${namespace}/${name}`);
  const runtime =
    facts.runtimes.find((one) => one.name === dataset.name && one.namespace === dataset.namespace) ?? null;
  const base = { kind: asked.kind, id: dataset.name, isKnown: true, window: null };
  if (isOfOtherTime(dataset, window)) return { ...base, verdict: 'needs_more', ...ofOtherTime(dataset) };
  const wrong = judgeFluid(only(facts, dataset), { window: null, datasets: [dataset.name] });
  const causes = rankHypotheses(
    wrong.filter(({ code }) => code !== null),
    { end: { state: 'unknown', at: null, startedAt: null }, asks: 'slowness', timed: false },
  );
  const state = stateOf(dataset, runtime);
  const hits = hitsOf(dataset);
  const isAll = (dataset.cachedShare ?? shareOf(dataset) ?? 0) >= ALL_SHARE;
  const also: Bilingual =
    names.length === 0
      ? { en: '', zh: '' }
      : { en: ` There are others of that name: ${names.join(', ')}.`, zh: `同名的还有：${names.join('、')}。` };
  return {
    ...base,
    verdict: causes.length > 0 ? 'answered' : isAll ? 'healthy' : 'needs_more',
    summary: { en: `${state.statement.en}.${also.en}`, zh: `${state.statement.zh}。${also.zh}` },
    told: [state, ...(runtime ? [runtimeFinding(runtime)] : []), ...(hits ? [hits] : [])],
    causes,
    needs: isAll ? [] : [listing(dataset, runtime)],
  };
}

/** By `name`, `namespace/name`, or the place below that it mounts. */
function isMeant({ name, namespace, mountPoints }: FluidDataset, asked: string): boolean {
  const wanted = asked.toLowerCase().replace(/\/+$/, '');
  if (wanted === name.toLowerCase() || wanted === `${namespace}/${name}`.toLowerCase()) return true;
  return mountPoints.some((point) => {
    const place = point.toLowerCase().replace(/\/+$/, '');
    return place !== '' && /[/:]/.test(wanted) && (wanted === place || wanted.startsWith(`${place}/`));
  });
}

/** Datasets of one name live in several namespaces; only this one is judged. */
function only(facts: FluidFacts, { name, namespace }: FluidDataset): FluidFacts {
  const own = <One extends { name: string; namespace: string }>(one: One) =>
    one.namespace === namespace && one.name === name;
  return {
    ...facts,
    datasets: facts.datasets.filter(own),
    runtimes: facts.runtimes.filter(own),
    loads: facts.loads.filter((load) => load.namespace === namespace && load.dataset === name),
    pods: facts.pods.filter((pod) => pod.namespace === namespace),
    events: facts.events.filter((event) => event.namespace === namespace),
  };
}

function isOfOtherTime({ seenAt }: FluidDataset, window: ThingContext['window']): boolean {
  return window !== null && seenAt !== null && (seenAt < window.from - NEAR_MS || seenAt > window.to + NEAR_MS);
}

function ofOtherTime({ name, seenAt }: FluidDataset): Pick<ThingReport, 'summary' | 'told' | 'causes' | 'needs'> {
  const at = clock(seenAt);
  return {
    summary: {
      en: `Whether ${name} was cached then is not on record: Fluid tells only the present, here of ${at.en}.`,
      zh: `没有 ${name} 当时是否已缓存的记录：Fluid 只反映当前状态，这份采集于 ${at.zh}。`,
    },
    told: [],
    causes: [],
    needs: [
      {
        what: { en: 'the cache’s metrics over that time', zh: '那段时间的缓存指标' },
        how: {
          en: 'a Prometheus server that scrapes the cache; name it in .env',
          zh: '需要抓取缓存的 Prometheus，并在 .env 里配置',
        },
      },
    ],
  };
}

function shareOf({ cachedBytes, totalBytes }: FluidDataset): number | null {
  return cachedBytes === null || totalBytes === null || totalBytes === 0 ? null : cachedBytes / totalBytes;
}

/** The answer in one sentence: yes, in part, or no, with the figures it rests on. */
function stateOf(dataset: FluidDataset, runtime: FluidRuntime | null): Finding {
  const { name, cachedBytes, totalBytes, capacityBytes, cachedShare, seenAt } = dataset;
  const share = cachedShare ?? shareOf(dataset);
  const held = cachedBytes === null ? null : bytes(cachedBytes);
  const all = totalBytes === null ? null : bytes(totalBytes);
  const figures: Bilingual = {
    en: [
      held === null ? null : all === null ? `${held} are in the cache` : `${held} of ${all} are in the cache`,
      share === null ? null : `${percent(share)} by Fluid’s count`,
      capacityBytes === null ? null : `room for ${bytes(capacityBytes)}`,
      `seen at ${clock(seenAt).en}`,
    ]
      .filter((part) => part !== null)
      .join(', '),
    zh: [
      held === null ? null : all === null ? `缓存中有 ${held}` : `缓存中有 ${held}，共 ${all}`,
      share === null ? null : `Fluid 统计为 ${percent(share)}`,
      capacityBytes === null ? null : `缓存容量 ${bytes(capacityBytes)}`,
      `查看时间 ${clock(seenAt).zh}`,
    ]
      .filter((part) => part !== null)
      .join('，'),
  };
  const verdict = words(name, share);
  const off = unready(dataset, runtime);
  const copies: Bilingual =
    share !== null && share > 1.01
      ? { en: '; more than all of it, because each copy is counted', zh: '；超过全部，因为每个副本都计入' }
      : { en: '', zh: '' };
  return cacheFinding({
    rule: 'cache/fluid-cached',
    statement: {
      en: `${verdict.en}: ${figures.en}${copies.en}${off.en}`,
      zh: `${verdict.zh}：${figures.zh}${copies.zh}${off.zh}`,
    },
    at: seenAt,
    evidence: [dataset.cacheEvidence ?? dataset.evidence],
    values: {
      dataset: name,
      ...(cachedBytes === null ? {} : { cachedBytes }),
      ...(totalBytes === null ? {} : { totalBytes }),
      ...(capacityBytes === null ? {} : { capacityBytes }),
      ...(share === null ? {} : { cachedShare: share }),
    },
  });
}

function words(name: string, share: number | null): Bilingual {
  if (share === null)
    return { en: `Fluid has not counted yet how much of ${name} is cached`, zh: `Fluid 还没有统计出 ${name} 的缓存量` };
  if (share >= ALL_SHARE) return { en: `Yes, ${name} is cached`, zh: `${name} 已缓存` };
  if (share < NONE_SHARE) return { en: `No, ${name} is not cached`, zh: `${name} 没有缓存` };
  return { en: `Only a part of ${name} is cached`, zh: `${name} 只缓存了一部分` };
}

/** Cached bytes serve nobody while the cache is not up. */
function unready({ phase }: FluidDataset, runtime: FluidRuntime | null): Bilingual {
  const workers = runtime && runtime.workersDesired !== null && runtime.workersReady !== null ? runtime : null;
  const missing = workers !== null && (workers.workersReady ?? 0) < (workers.workersDesired ?? 0);
  const bound = phase === 'Bound' || phase === 'Updating';
  const parts = [
    ...(bound || phase === '' ? [] : [{ en: `the dataset is ${phase}`, zh: `数据集状态为 ${phase}` }]),
    ...(missing
      ? [
          {
            en: `of ${plural(workers?.workersDesired ?? 0, 'worker')} only ${workers?.workersReady} ${(workers?.workersReady ?? 0) === 1 ? 'is' : 'are'} ready`,
            zh: `${workers?.workersDesired} 个 worker 中只有 ${workers?.workersReady} 个就绪`,
          },
        ]
      : []),
  ];
  if (parts.length === 0) return { en: '', zh: '' };
  return {
    en: `; but ${parts.map(({ en }) => en).join(' and ')}`,
    zh: `；但${parts.map(({ zh }) => zh).join('，')}`,
  };
}

function runtimeFinding(runtime: FluidRuntime): Finding {
  const { kind, name, masterPhase, workerPhase, workersReady, workersDesired, seenAt, evidence } = runtime;
  const of = workersReady === null ? '' : ` (${workersReady}/${workersDesired ?? '?'})`;
  return cacheFinding({
    rule: 'cache/fluid-runtime',
    statement: {
      en: `${kind} ${name}: master ${masterPhase || 'without a phase'}, workers ${workerPhase || 'without a phase'}${of}`,
      zh: `${kind} ${name}：master ${masterPhase || '无状态'}，worker ${workerPhase || '无状态'}${of}`,
    },
    at: seenAt,
    evidence: [evidence.master, evidence.workers],
    values: {
      ...(workersReady === null ? {} : { workersReady }),
      ...(workersDesired === null ? {} : { workersDesired }),
    },
  });
}

function hitsOf({ hitRatio, seenAt, cacheEvidence }: FluidDataset): Finding | null {
  if (!/^\d{1,3}(?:\.\d{1,3})?%$/.test(hitRatio) || cacheEvidence === null) return null;
  return cacheFinding({
    rule: 'cache/fluid-hit-ratio',
    statement: {
      en: `Fluid prints a hit ratio of ${hitRatio}; it counts bytes fetched from below as hits and is 0 when nobody reads, so it decides nothing`,
      zh: `Fluid 显示命中率 ${hitRatio}；它把从底层读取的字节也算作命中，无人读取时为 0，因此不能作为依据`,
    },
    at: seenAt,
    evidence: [cacheEvidence],
    values: {},
  });
}

/** What Kubernetes lets objects be called (RFC 1123); anything else is no part of a command that people paste. */
const PLAIN_NAME = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;

function listing({ name, namespace }: FluidDataset, runtime: FluidRuntime | null): ThingReport['needs'][number] {
  const what: Bilingual = { en: `which files of ${name} are in the cache`, zh: `${name} 的哪些文件在缓存里` };
  if (runtime?.kind !== 'AlluxioRuntime' || !PLAIN_NAME.test(name) || !PLAIN_NAME.test(namespace)) {
    return {
      what,
      how: {
        en: 'the listing of the runtime’s own tool; a DataLoad loads the rest',
        zh: '用该 runtime 自带的工具列出文件；用 DataLoad 预加载其余部分',
      },
    };
  }
  return {
    what,
    how: {
      en: `kubectl exec -n ${namespace} ${name}-master-0 -- alluxio fs ls -R / (the percentage in each line); a DataLoad loads the rest`,
      zh: `kubectl exec -n ${namespace} ${name}-master-0 -- alluxio fs ls -R /（看每行的百分比）；用 DataLoad 预加载其余部分`,
    },
  };
}

function clock(at: number | null): Bilingual {
  if (at === null) return { en: 'an unknown time', zh: '未知时间' };
  const text = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return { en: `${text} UTC`, zh: `${text}（UTC）` };
}
