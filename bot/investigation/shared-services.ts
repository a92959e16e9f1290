import type { CacheFacts, CacheScope } from '../../tools/cache/cache-facts.ts';
import { judgeFluid } from '../../tools/cache/fluid-rules.ts';
import { judgeCache } from '../../tools/cache/judge-cache.ts';
import { fluidFactsOf } from '../../tools/cache/read-fluid-facts.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { judgeKubernetes } from '../../tools/kubernetes/judge-kubernetes.ts';
import type { KubernetesState } from '../../tools/kubernetes/kubernetes-state.ts';
import type { LogFacts } from '../../tools/logs/log-facts.ts';
import { judgeShuffle } from '../../tools/shuffle/judge-shuffle.ts';
import type { ShuffleFacts, ShuffleScope } from '../../tools/shuffle/shuffle-facts.ts';
import type { SparkRun } from '../../tools/spark/facts.ts';
import type { HdfsFacts } from '../../tools/storage/hdfs-facts.ts';
import { judgeHdfs } from '../../tools/storage/hdfs-rules.ts';
import type { Scope } from './joining/scope-findings.ts';
import { notShownToConcern, showsCacheUse } from './shows-cache-use.ts';
import type { Candidate } from './subject/candidate.ts';

/** What the services that many runs share told, with what their logs add. */
export interface SharedServices {
  cache: CacheFacts;
  shuffle: ShuffleFacts;
  hdfs: HdfsFacts;
  /** Null where no Kubernetes was asked or recorded. */
  kubernetes: KubernetesState | null;
}

/** Whom the judgement is about. */
export interface ServedRun {
  scope: Scope;
  candidate: Candidate | null;
  run: SparkRun | null;
  logs: readonly LogFacts[];
}

/** Every judgement of the shared services about what they did to the run asked about. Pure. */
export function judgeSharedServices(services: SharedServices, served: ServedRun): Finding[] {
  const { scope } = served;
  const { window, applicationId } = scope;
  const hosts = [...scope.hosts];
  const paths = pathsOf(served);
  const ids = applicationId === null ? [] : [applicationId];
  const cacheScope: CacheScope = { window, paths, hosts };
  const cache = judgeCache(services.cache, cacheScope);
  return [
    ...(showsCacheUse(served.candidate, served.run, served.logs) ? cache : cache.map(notShownToConcern)),
    ...judgeShuffle(services.shuffle, shuffleScopeOf(served, hosts)),
    ...judgeHdfs(services.hdfs, { window, applicationId, paths, hosts }),
    ...(services.kubernetes === null
      ? []
      : [
          ...judgeKubernetes(services.kubernetes, {
            window,
            applicationIds: ids,
            podNames: [...scope.containerIds],
            hosts,
          }),
          ...judgeFluid(fluidFactsOf(services.kubernetes), { window, datasets: [] }),
        ]),
  ];
}

function shuffleScopeOf({ scope, run }: ServedRun, hosts: readonly string[]): ShuffleScope {
  const { window, applicationId } = scope;
  if (!run) return { applicationId, window, hosts };
  const stages = run.stages.flatMap(({ stageId, submittedAt, completedAt }) =>
    submittedAt !== null && completedAt !== null ? [{ stageId, from: submittedAt, to: completedAt }] : [],
  );
  return { applicationId, window, hosts, stages, succeeded: run.application.endedAt === null ? null : succeeded(run) };
}

function succeeded(run: SparkRun): boolean {
  return run.jobs.every(({ result }) => result === 'succeeded');
}

/** Directories that a program's own log names: what it reads and writes, partitions (`dt=20`) included. */
function pathsOf({ candidate, logs }: ServedRun): string[] {
  const own = candidate?.kind === 'program' ? logs.find(({ source }) => source === candidate.id) : undefined;
  const texts = own ? [...own.records, ...own.tail].map(({ text }) => text) : [];
  const paths = texts.flatMap((text) => text.match(/\/[\w.-]{2,80}(?:\/[\w.=-]{1,80}){2,12}/g) ?? []);
  return [...new Set(paths)].slice(0, 200);
}
