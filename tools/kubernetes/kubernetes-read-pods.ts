import { z } from 'zod';
import type { Outcome } from '../evidence/outcome.ts';
import type { Tool, ToolReport } from '../evidence/tool.ts';
import { gatherKubernetes } from './gather-kubernetes.ts';
import { judgeKubernetes } from './judge-kubernetes.ts';
import type { KubernetesState } from './kubernetes-state.ts';

const NAMES = z.array(z.string().max(253)).max(32).optional();
const INPUT = z.strictObject({
  namespaces: NAMES,
  applications: NAMES,
  pods: NAMES,
  nodes: NAMES,
  window: z.strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) }).optional(),
});

/** Reads pods, events and nodes, and judges what kept pods from running. */
export const KUBERNETES_READ_PODS: Tool<typeof INPUT, KubernetesState> = {
  name: 'kubernetes_read_pods',
  area: 'kubernetes',
  description:
    'Answers why pods of Spark, Flink, Celeborn or Alluxio do not start, were taken away or killed on Kubernetes, and whether their nodes were ready. Use it for pending drivers and executors, lost executors and exit 137 on Kubernetes. Example: {"applications":["spark-1f2e"]}. Leaves out memory limits and evictions (memory_read_host) and the pods’ own logs; events older than an hour are gone.',
  input: INPUT,
  progress: ({ applications, pods, nodes }) => {
    const about = [...(applications ?? []), ...(pods ?? []), ...(nodes ?? [])].slice(0, 3).join(', ');
    return {
      en: `Reading pods and nodes${about === '' ? '' : ` of ${about}`}`,
      zh: `正在查看${about === '' ? '' : ` ${about} 的`} Pod 和节点`,
    };
  },
  async run(
    { namespaces, applications, pods, nodes, window },
    { platform, signal },
  ): Promise<Outcome<ToolReport<KubernetesState>>> {
    const read = await gatherKubernetes(platform, { namespaces: namespaces ?? [], others: [] }, signal);
    if (read.outcome !== 'ok') return read;
    const findings = judgeKubernetes(read.value, {
      window: window ? { from: Date.parse(window.from), to: Date.parse(window.to) } : null,
      applicationIds: applications ?? [],
      podNames: pods ?? [],
      hosts: nodes ?? [],
    });
    return { outcome: 'ok', value: { facts: read.value, findings, records: [] }, notes: read.notes };
  },
};
