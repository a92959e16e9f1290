import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { JoinKeys } from '../../evidence/join-keys.ts';
import type { Rule } from '../../evidence/rule.ts';
import { plural } from '../../evidence/spoken-figures.ts';
import type { PodState } from '../../kubernetes/kubernetes-state.ts';
import { cacheFinding } from '../cache-finding.ts';
import type { FluidCase } from '../fluid-facts.ts';
import { type Ended, endsOf, endWords, isAsked, touches } from '../fluid-time.ts';

const SIDECAR = /^fluid-fuse(?:-\d{1,3})?$/;

/**
 * FUSE of a dataset that ended or cannot be mounted: by its own pod, by the sidecar in the application's pod, or by the kubelet's word
 * on a mount. `fusePhase` says nothing. Who killed it is judged elsewhere: OOMKilled by the memory area.
 */
export const fluidFuseGone: Rule<FluidCase> = {
  id: 'cache/fluid-fuse-gone',
  area: 'cache',
  codes: ['cache.fuse_crash'],
  apply(given): Finding[] {
    const ends = [...endsOf(given, 'fuse'), ...sidecarEnds(given)];
    if (ends.length > 0) return ends.map(ended);
    return [...failedMounts(given), ...unavailable(given)].slice(0, 10);
  },
};

function sidecarEnds({ facts, scope }: FluidCase): Ended[] {
  return facts.pods.flatMap((pod) =>
    pod.containers
      .filter(({ name }) => SIDECAR.test(name) && pod.component?.role !== 'fuse')
      .flatMap((container) => container.ends.map((end) => ({ pod, container, end })))
      .filter(
        ({ end }) => end.exitCode !== 0 && end.finishedAt !== null && touches(end.finishedAt, end.finishedAt, scope),
      ),
  );
}

function ended({ pod, container, end }: Ended): Finding {
  const how = endWords(end);
  const of = pod.component?.of ?? null;
  return cacheFinding({
    rule: fluidFuseGone.id,
    code: 'cache.fuse_crash',
    symptom: 'process_killed',
    statement: {
      en: `The FUSE process${of === null ? '' : ` of dataset ${of}`} in pod ${pod.name} ended (${how.en}); files that were open through it stay broken after its restart`,
      zh: `Pod ${pod.name} 中${of === null ? '' : `数据集 ${of} `}的 FUSE 进程退出（${how.zh}）；重启后之前打开的文件仍然不可用`,
    },
    keys: keysOf(pod),
    at: end.finishedAt,
    evidence: [{ ...end.evidence, area: 'cache', at: end.finishedAt }],
    values: {
      reason: end.reason,
      restarts: container.restarts,
      ...(end.exitCode === null ? {} : { exitCode: end.exitCode }),
      ...(of === null ? {} : { dataset: of }),
    },
  });
}

/** The kubelet about pods that use the dataset. */
function failedMounts({ facts, scope }: FluidCase): Finding[] {
  return facts.events
    .filter(
      ({ reason, message, firstAt, lastAt }) =>
        touches(firstAt, lastAt, scope) &&
        (reason === 'FuseRecoverFailed' ||
          (reason === 'FailedMount' &&
            /fuse pod on node|fuse\.csi\.fluid\.io|Transport endpoint is not connected/.test(message))),
    )
    .map((event) => {
      const driver = /driver name fuse\.csi\.fluid\.io not found/.test(event.message);
      const said = event.message.slice(0, 200);
      return cacheFinding({
        rule: fluidFuseGone.id,
        code: 'cache.fuse_crash',
        symptom: 'waiting',
        kind: 'inferred',
        statement: driver
          ? {
              en: `Pod ${event.name} cannot mount its dataset: the node's CSI driver of Fluid is not registered`,
              zh: `Pod ${event.name} 无法挂载数据集：节点上的 Fluid CSI 驱动未注册`,
            }
          : {
              en: `Pod ${event.name} cannot mount its dataset (${said})`,
              zh: `Pod ${event.name} 无法挂载数据集（${said}）`,
            },
        keys: {
          podName: event.name,
          ...(event.uid === null ? {} : { podUid: event.uid }),
          ...(event.host === null ? {} : { host: event.host }),
        },
        at: event.firstAt,
        until: event.lastAt,
        evidence: [{ ...event.evidence, area: 'cache' as const, at: event.lastAt }],
        count: event.count,
        weight: 0.8,
        values: { reason: event.reason },
      });
    });
}

/** Counts tell only of the time they were looked at. */
function unavailable({ facts, scope }: FluidCase): Finding[] {
  return facts.runtimes
    .filter(
      ({ name, fusesUnavailable, seenAt }) =>
        isAsked(name, scope) && (fusesUnavailable ?? 0) > 0 && seenAt !== null && touches(seenAt, seenAt, scope),
    )
    .map((runtime) => {
      const pods = facts.pods.filter(({ component }) => component?.role === 'fuse' && component.of === runtime.name);
      const broken = pods.find(
        ({ phase, containers }) => phase !== 'Running' || containers.some(({ ready }) => ready === false),
      );
      const evidence: Evidence[] = [
        runtime.evidence.fuses,
        ...(broken ? [{ ...broken.evidence, area: 'cache' as const }] : []),
      ];
      return cacheFinding({
        rule: fluidFuseGone.id,
        code: 'cache.fuse_crash',
        kind: 'inferred',
        statement: {
          en: `${plural(runtime.fusesUnavailable ?? 0, 'FUSE pod')} of dataset ${runtime.name} not available, ${runtime.fusesReady ?? 'an unknown number'} ready`,
          zh: `数据集 ${runtime.name} 有 ${runtime.fusesUnavailable} 个 FUSE Pod 不可用，${runtime.fusesReady ?? '未知数量的'} 个就绪`,
        },
        keys: broken ? keysOf(broken) : {},
        at: runtime.seenAt,
        evidence,
        weight: 0.5,
        values: { dataset: runtime.name, unavailable: runtime.fusesUnavailable ?? 0 },
      });
    });
}

function keysOf(pod: PodState): JoinKeys {
  return {
    podName: pod.name,
    ...(pod.uid === '' ? {} : { podUid: pod.uid }),
    ...(pod.node === null ? {} : { host: pod.node }),
  };
}
