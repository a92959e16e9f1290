import type { Rule } from '../../evidence/rule.ts';
import type { KubernetesCase } from '../kubernetes-case.ts';
import { containerNotStarting } from './container-not-starting.ts';
import { killExplained } from './kill-explained.ts';
import { nodeTrouble } from './node-trouble.ts';
import { podTakenAway } from './pod-taken-away.ts';
import { podUnschedulable } from './pod-unschedulable.ts';
import { quotaUsedUp } from './quota-used-up.ts';

/** Every rule about Kubernetes. OOMKilled, evictions and ends without an explanation are judged by the memory area. */
export const KUBERNETES_RULES: readonly Rule<KubernetesCase>[] = [
  podUnschedulable,
  quotaUsedUp,
  containerNotStarting,
  killExplained,
  podTakenAway,
  nodeTrouble,
];
