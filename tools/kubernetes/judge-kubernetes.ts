import type { Finding } from '../evidence/finding.ts';
import type { KubernetesScope } from './kubernetes-case.ts';
import type { KubernetesState } from './kubernetes-state.ts';
import { KUBERNETES_RULES } from './rules/index.ts';

/** Every judgement of this area's rules about pods and nodes, for what the question is about. Pure. */
export function judgeKubernetes(state: KubernetesState, scope: KubernetesScope): Finding[] {
  return KUBERNETES_RULES.flatMap((rule) => rule.apply({ state, scope }));
}
