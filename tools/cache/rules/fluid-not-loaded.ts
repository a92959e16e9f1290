import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { FluidCase, FluidDataset, FluidLoad } from '../fluid-facts.ts';
import { isAsked, touches } from '../fluid-time.ts';
import { CACHE_THRESHOLDS } from '../thresholds.ts';

/**
 * A preload that failed or was not through when the run read, or a cache that held little of the data: the data came from below. By
 * bytes and phases only, never by a hit ratio. Whether it was so slow is for the byte counters to say, so this stays a lead.
 */
export const fluidNotLoaded: Rule<FluidCase> = {
  id: 'cache/fluid-not-loaded',
  area: 'cache',
  codes: ['cache.cold'],
  apply(given): Finding[] {
    const { facts, scope } = given;
    return facts.datasets
      .filter(({ name }) => isAsked(name, scope))
      .flatMap((dataset) => {
        const loads = facts.loads.filter(
          (load) => load.dataset === dataset.name && load.namespace === dataset.namespace,
        );
        return late(loads, given) ?? held(dataset, given) ?? [];
      });
  },
};

function late(loads: readonly FluidLoad[], { scope }: FluidCase): Finding[] | null {
  const { window } = scope;
  const done = loads.some(
    ({ phase, at }) => phase === 'Complete' && (window === null || at === null || at <= window.from),
  );
  const undone = loads.find(
    ({ phase, at, createdAt }) =>
      (phase === 'Failed' && touches(at ?? createdAt, null, scope)) ||
      (/^(?:Pending|Executing)$/.test(phase) && touches(createdAt, null, scope)) ||
      (phase === 'Complete' && window !== null && at !== null && at > window.from && (createdAt ?? at) <= window.to),
  );
  if (done || !undone) return null;
  const said =
    undone.message === '' || undone.phase !== 'Failed'
      ? { en: '', zh: '' }
      : { en: ` (${undone.message.slice(0, 160)})`, zh: `（${undone.message.slice(0, 160)}）` };
  const state = {
    Failed: { en: `failed${said.en}`, zh: `失败${said.zh}` },
    Complete: { en: 'was through only after the run had begun to read', zh: '在作业开始读取之后才完成' },
  }[undone.phase] ?? { en: 'was not through', zh: '尚未完成' };
  return [
    cacheFinding({
      rule: fluidNotLoaded.id,
      code: 'cache.cold',
      symptom: 'slow',
      kind: 'inferred',
      statement: {
        en: `The preload ${undone.name} of dataset ${undone.dataset} ${state.en}`,
        zh: `数据集 ${undone.dataset} 的预加载 ${undone.name} ${state.zh}`,
      },
      at: undone.createdAt,
      until: undone.phase === 'Complete' ? undone.at : null,
      evidence: [undone.evidence],
      weight: 0.6,
      values: { dataset: undone.dataset, phase: undone.phase },
    }),
  ];
}

/** What was cached at a look in the question's time. Several copies count several times: a large figure proves nothing. */
function held(dataset: FluidDataset, { scope }: FluidCase): Finding[] | null {
  const { totalBytes, cachedBytes, cacheEvidence, seenAt } = dataset;
  if (totalBytes === null || totalBytes === 0 || cachedBytes === null || cacheEvidence === null || seenAt === null)
    return null;
  if (!touches(seenAt, seenAt, scope) || cachedBytes / totalBytes >= CACHE_THRESHOLDS.servedShare) return null;
  return [
    cacheFinding({
      rule: fluidNotLoaded.id,
      code: 'cache.cold',
      symptom: 'slow',
      kind: 'inferred',
      statement: {
        en: `The cache held ${bytes(cachedBytes)} of the ${bytes(totalBytes)} of dataset ${dataset.name}`,
        zh: `缓存只有数据集 ${dataset.name} 共 ${bytes(totalBytes)} 中的 ${bytes(cachedBytes)}`,
      },
      at: seenAt,
      evidence: [cacheEvidence],
      weight: 0.4,
      values: { dataset: dataset.name, cachedBytes, totalBytes },
    }),
  ];
}
