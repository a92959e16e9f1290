import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { FluidCase, FluidDataset, FluidFacts, FluidRuntime, FluidScope } from '../fluid-facts.ts';
import { isAsked, touches } from '../fluid-time.ts';

/** Phases that mean that nobody can mount it. Without a status nothing is known. */
const NOT_BOUND = /^(?:NotBound|Pending|Failed)$/;

/**
 * Datasets that are not bound, with why: no runtime of the same name, a master that is not ready, no worker, or what the controller
 * could not do. One that was bound before the question's time and has its master and workers speaks against it.
 */
export const fluidDatasetNotBound: Rule<FluidCase> = {
  id: 'cache/fluid-dataset-not-bound',
  area: 'cache',
  codes: ['cache.dataset_not_bound'],
  apply({ facts, scope }): Finding[] {
    return facts.datasets
      .filter(({ name }) => isAsked(name, scope))
      .flatMap((dataset) => {
        const runtime = facts.runtimes.find(
          ({ name, namespace }) => name === dataset.name && namespace === dataset.namespace,
        );
        if (NOT_BOUND.test(dataset.phase)) return notBound(dataset, runtime ?? null, facts, scope);
        return dataset.phase === 'Bound' && runtime ? bound(dataset, runtime, scope) : [];
      });
  },
};

interface Why {
  words: Bilingual;
  evidence: readonly Evidence[];
}

function notBound(
  dataset: FluidDataset,
  runtime: FluidRuntime | null,
  facts: FluidFacts,
  scope: FluidScope,
): Finding[] {
  const changed = dataset.conditions.filter(({ status }) => status === 'False' || dataset.phase !== 'Bound').at(-1);
  const since = changed?.at ?? null;
  if (!touches(since, null, scope)) return [];
  const why = reasonOf(dataset, runtime, facts);
  const before = scope.window === null || since === null || since <= scope.window.to;
  return [
    cacheFinding({
      rule: fluidDatasetNotBound.id,
      code: 'cache.dataset_not_bound',
      symptom: 'waiting',
      kind: before ? 'observed' : 'inferred',
      statement: {
        en: `Dataset ${dataset.name} is not bound (phase ${dataset.phase})${why.words.en}`,
        zh: `数据集 ${dataset.name} 未绑定（状态 ${dataset.phase}）${why.words.zh}`,
      },
      at: since,
      until: null,
      evidence: [dataset.evidence, ...(changed ? [changed.evidence] : []), ...why.evidence],
      values: { dataset: dataset.name, phase: dataset.phase },
    }),
  ];
}

function reasonOf(dataset: FluidDataset, runtime: FluidRuntime | null, facts: FluidFacts): Why {
  const event = facts.events.findLast(
    ({ name, namespace, kind, reason }) =>
      name === dataset.name &&
      namespace === dataset.namespace &&
      /^(?:Dataset|\w{1,40}Runtime)$/.test(kind) &&
      /^(?:Error|RuntimeWithSecretNotSupported)/.test(reason),
  );
  const told = event ? [{ ...event.evidence, area: 'cache' as const, at: event.lastAt }] : [];
  const said = event?.message.slice(0, 200) ?? '';
  if (runtime === null) {
    return { words: { en: ': there is no runtime of the same name', zh: '：没有同名的 runtime' }, evidence: told };
  }
  if (runtime.mastersReady === 0 || /^NotReady$/.test(runtime.masterPhase)) {
    const reason =
      runtime.masterReason === ''
        ? { en: '', zh: '' }
        : { en: ` (${runtime.masterReason})`, zh: `（${runtime.masterReason}）` };
    return {
      words: { en: `: the master of its cache is not ready${reason.en}`, zh: `：其缓存的 master 未就绪${reason.zh}` },
      evidence: [runtime.evidence.master, ...told],
    };
  }
  if (runtime.workersReady === 0) {
    return {
      words: { en: ': no worker of its cache is ready', zh: '：其缓存没有就绪的 worker' },
      evidence: [runtime.evidence.workers, ...told],
    };
  }
  return said === ''
    ? { words: { en: '', zh: '' }, evidence: [] }
    : { words: { en: `: ${said}`, zh: `：${said}` }, evidence: told };
}

function bound(dataset: FluidDataset, runtime: FluidRuntime, { window }: FluidScope): Finding[] {
  const ready = dataset.conditions.find(({ type, status }) => type === 'Ready' && status === 'True');
  if (!ready || ready.at === null || window === null || ready.at > window.from) return [];
  if ((runtime.mastersReady ?? 0) < 1 || (runtime.workersReady ?? 0) < 1) return [];
  const why = {
    en: `dataset ${dataset.name} was bound before, and its master and workers are ready`,
    zh: `数据集 ${dataset.name} 此前已绑定，master 和 worker 均已就绪`,
  };
  return [
    cacheFinding({
      rule: fluidDatasetNotBound.id,
      echo: true,
      weight: 0,
      statement: {
        en: `Dataset ${dataset.name} was bound in that time, with a master and workers`,
        zh: `该时段数据集 ${dataset.name} 处于绑定状态，master 和 worker 就绪`,
      },
      at: ready.at,
      until: null,
      evidence: [dataset.evidence, ready.evidence],
      values: { dataset: dataset.name },
      refutes: [{ code: 'cache.dataset_not_bound', why }],
    }),
  ];
}
