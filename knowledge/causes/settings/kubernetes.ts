import type { Setting } from '../cause.ts';
import { MIB, TIB } from './units.ts';

/** Fields of Kubernetes pods, quotas and the kubelet. */
export const KUBERNETES_SETTINGS: readonly Setting[] = [
  {
    key: 'resources.limits.memory',
    engine: 'kubernetes',
    unit: 'bytes',
    min: 4 * MIB,
    max: 16 * TIB,
    meaning: { en: 'Memory limit of a container; the kernel enforces it', zh: '容器内存上限，由内核强制执行' },
  },
  {
    key: 'resources.requests.memory',
    engine: 'kubernetes',
    unit: 'bytes',
    min: 0,
    max: 16 * TIB,
    meaning: {
      en: 'Memory reserved for a container; use above it makes eviction likelier',
      zh: '为容器预留的内存；超出后更易被驱逐',
    },
  },
  {
    key: 'resources.limits.cpu',
    engine: 'kubernetes',
    unit: 'text',
    meaning: { en: 'CPU limit of a container, enforced by throttling', zh: '容器 CPU 上限，通过限流执行' },
  },
  {
    key: 'resources.limits.ephemeral-storage',
    engine: 'kubernetes',
    unit: 'bytes',
    min: 0,
    max: 64 * TIB,
    meaning: { en: 'Limit on the local disk of a container', zh: '容器本地磁盘上限' },
  },
  {
    key: 'ResourceQuota.spec.hard',
    engine: 'kubernetes',
    unit: 'text',
    meaning: { en: 'Quota of a namespace', zh: '命名空间的资源配额' },
  },
  {
    key: 'priorityClassName',
    engine: 'kubernetes',
    unit: 'text',
    meaning: { en: 'Priority class of a pod, for scheduling and preemption', zh: 'Pod 的优先级类，用于调度和抢占' },
  },
  {
    key: 'evictionHard',
    engine: 'kubernetes',
    unit: 'text',
    default: 'memory.available<100Mi',
    meaning: { en: 'Kubelet: signals at which pods are evicted at once', zh: 'kubelet：立即驱逐 Pod 的阈值' },
  },
  {
    key: 'systemReserved',
    engine: 'kubernetes',
    unit: 'text',
    meaning: { en: 'Kubelet: resources kept for services of the system', zh: 'kubelet：为系统服务预留的资源' },
  },
  {
    key: 'kubeReserved',
    engine: 'kubernetes',
    unit: 'text',
    meaning: { en: 'Kubelet: resources kept for Kubernetes itself', zh: 'kubelet：为 Kubernetes 组件预留的资源' },
  },
  {
    key: 'podPidsLimit',
    engine: 'kubernetes',
    unit: 'count',
    default: '-1',
    min: -1,
    max: 4_194_304,
    meaning: {
      en: "Kubelet: most processes of a pod; -1 means the node's",
      zh: 'kubelet：Pod 的最大进程数；-1 表示取节点上限',
    },
  },
];
