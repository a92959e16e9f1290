import type { ContainerEnd, ContainerState, PodState } from '../kubernetes/kubernetes-state.ts';
import type { FluidCase, FluidScope } from './fluid-facts.ts';
import { CACHE_THRESHOLDS } from './thresholds.ts';

/** True for a dataset the question is about. */
export function isAsked(name: string | null, { datasets }: FluidScope): boolean {
  return datasets.length === 0 || (name !== null && datasets.includes(name));
}

/** Something that lasts from `at` to `until` (null: still) touches the question's time; an unknown begin does. */
export function touches(at: number | null, until: number | null, { window }: FluidScope): boolean {
  if (window === null || at === null) return true;
  return (
    at <= window.to + CACHE_THRESHOLDS.edgeMs && (until === null || until >= window.from - CACHE_THRESHOLDS.edgeMs)
  );
}

/** An end of a container of the caches in the question's time. */
export interface Ended {
  pod: PodState;
  container: ContainerState;
  end: ContainerEnd;
}

/** Containers of a role that ended, badly or by a signal, in the question's time. */
export function endsOf({ facts, scope }: FluidCase, role: 'worker' | 'fuse' | 'master'): Ended[] {
  return facts.pods
    .filter(({ component }) => component?.role === role && isAsked(component.of, scope))
    .flatMap((pod) => pod.containers.flatMap((container) => container.ends.map((end) => ({ pod, container, end }))))
    .filter(
      ({ end }) => end.exitCode !== 0 && end.finishedAt !== null && touches(end.finishedAt, end.finishedAt, scope),
    );
}

/** `OOMKilled, exit code 137`: how a container ended, as Kubernetes says it. */
export function endWords({ reason, exitCode }: ContainerEnd): { en: string; zh: string } {
  const word = reason !== '' && reason !== 'Error' ? reason : null;
  const en = [word, exitCode === null ? null : `exit code ${exitCode}`].filter((part) => part !== null).join(', ');
  const zh = [word, exitCode === null ? null : `退出码 ${exitCode}`].filter((part) => part !== null).join('，');
  return { en, zh };
}
