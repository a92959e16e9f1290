import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { CauseCode } from '../../../knowledge/causes/cause-codes.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import {
  eventsOf,
  isInTime,
  type KubernetesCase,
  keysOfPod,
  kubernetesFinding,
  podsInScope,
  podWords,
  sharing,
  timed,
} from '../kubernetes-case.ts';
import type { ContainerState, EventState, PodState } from '../kubernetes-state.ts';
import { KUBERNETES_THRESHOLDS } from '../thresholds.ts';

interface Told {
  code: CauseCode | null;
  words: Bilingual;
  observed: boolean;
}

/**
 * Containers that do not come up: the image cannot be had, a configuration they name is not there, the command does not exist, or they
 * end again and again. For the last the cause is how they end: out of memory is judged by the memory area, the rest by their own log.
 */
export const containerNotStarting: Rule<KubernetesCase> = {
  id: 'kubernetes/container-not-starting',
  area: 'kubernetes',
  codes: [
    'config.wrong_path_or_endpoint',
    'security.permission_denied',
    'network.dns_hostname',
    'network.connection_timeout',
  ],
  apply(given): Finding[] {
    return podsInScope(given)
      .flatMap((pod) => pod.containers.flatMap((container) => judge(given, pod, container) ?? []))
      .slice(0, KUBERNETES_THRESHOLDS.maxFindings);
  },
};

function judge(given: KubernetesCase, pod: PodState, container: ContainerState): Finding | null {
  const { waiting } = container;
  const end = container.ends.at(-1);
  const since = end?.finishedAt ?? pod.startedAt ?? pod.createdAt;
  if (!isInTime(since, given.scope, null)) return null;
  if (
    waiting &&
    /^(?:ErrImagePull|ImagePullBackOff|InvalidImageName|ErrImageNeverPull|RegistryUnavailable)$/.test(waiting.reason)
  ) {
    const event = eventsOf(given, pod).find(
      ({ reason, message }) => reason === 'Failed' && /[Ff]ailed to pull image/.test(message),
    );
    return finding(
      pod,
      container,
      imageTold(container, `${waiting.message} ${event?.message ?? ''}`, waiting.reason),
      since,
      pieces(waiting.evidence, event),
    );
  }
  if (waiting && /^(?:CreateContainerConfigError|CreateContainerError|RunContainerError)$/.test(waiting.reason)) {
    return finding(pod, container, configTold(waiting.message), since, [waiting.evidence]);
  }
  const cannotRun = end && /^(?:StartError|ContainerCannotRun)$/.test(end.reason);
  if (end && cannotRun) return finding(pod, container, configTold(end.message), since, [end.evidence]);
  if (waiting?.reason === 'CrashLoopBackOff') return crashLoop(pod, container, since);
  return null;
}

function pieces(evidence: Evidence, event: EventState | undefined): Evidence[] {
  return event ? [evidence, timed(event.evidence, event.lastAt)] : [evidence];
}

/** Words of containerd, Docker and registries, as the kubelet hands them on (1.1x to 1.3x). */
function imageTold({ image }: ContainerState, text: string, reason: string): Told {
  const cannot = { en: `image ${image} cannot be pulled`, zh: `无法拉取镜像 ${image}` };
  if (
    /unauthorized|authentication required|no basic auth|403 Forbidden|access denied|may require (?:'docker login'|authorization)/i.test(
      text,
    )
  ) {
    return {
      code: 'security.permission_denied',
      observed: false,
      words: { en: `${cannot.en}: the registry refuses access`, zh: `${cannot.zh}：镜像仓库拒绝访问` },
    };
  }
  if (/no such host|server misbehaving/i.test(text)) {
    return {
      code: 'network.dns_hostname',
      observed: true,
      words: { en: `${cannot.en}: the registry's name cannot be resolved`, zh: `${cannot.zh}：无法解析镜像仓库主机名` },
    };
  }
  if (
    /i\/o timeout|connection refused|TLS handshake timeout|toomanyrequests|deadline exceeded|RegistryUnavailable/i.test(
      text + reason,
    )
  ) {
    return {
      code: 'network.connection_timeout',
      observed: false,
      words: { en: `${cannot.en}: the registry does not answer`, zh: `${cannot.zh}：镜像仓库没有应答` },
    };
  }
  const gone = /not found|manifest unknown|InvalidImageName|couldn't parse image/i.test(text + reason);
  return {
    code: gone ? 'config.wrong_path_or_endpoint' : null,
    observed: gone,
    words: gone ? { en: `${cannot.en}: there is no such image`, zh: `${cannot.zh}：镜像不存在` } : cannot,
  };
}

function configTold(message: string): Told {
  const missing =
    /(?:configmap|secret) "(?<name>[\w./-]{1,253})" not found|couldn't find key (?<key>[\w./-]{1,253})/i.exec(message);
  const noCommand = /(?:executable file not found|no such file or directory)/.test(message);
  const what = missing?.groups?.name ?? missing?.groups?.key;
  const said = message.slice(0, 200);
  return {
    code: missing || noCommand ? 'config.wrong_path_or_endpoint' : null,
    observed: missing !== null || noCommand,
    words:
      what === undefined
        ? { en: `it cannot be started (${said})`, zh: `无法启动（${said}）` }
        : { en: `${what}, which it names, does not exist`, zh: `它引用的 ${what} 不存在` },
  };
}

function crashLoop(pod: PodState, container: ContainerState, since: number | null): Finding {
  const end = container.ends.at(-1);
  const code = end?.exitCode ?? null;
  const how = end
    ? `${code === null ? '' : `exit code ${code}`}${end.reason && end.reason !== 'Error' ? `, ${end.reason}` : ''}`
    : '';
  const words = {
    en: `ends again and again${how === '' ? '' : ` (${how})`}; it was started ${container.restarts} times anew`,
    zh: `反复退出${how === '' ? '' : `（${how.replace('exit code', '退出码')}）`}，已重启 ${container.restarts} 次`,
  };
  return finding(
    pod,
    container,
    { code: null, observed: true, words },
    since,
    [...(end ? [end.evidence] : []), ...(container.waiting ? [container.waiting.evidence] : [])],
    { restarts: container.restarts, ...(code === null ? {} : { exitCode: code }) },
  );
}

function finding(
  pod: PodState,
  container: ContainerState,
  told: Told,
  at: number | null,
  evidence: Evidence[],
  values: Readonly<Record<string, number | string>> = {},
): Finding {
  const words = podWords(pod);
  return kubernetesFinding({
    rule: containerNotStarting.id,
    code: told.code,
    symptom: values.restarts === undefined ? 'waiting' : 'process_crashed',
    kind: told.observed ? 'observed' : 'inferred',
    statement: {
      en: `${words.en} does not come up: container ${container.name}${told.code === null && values.restarts !== undefined ? ' ' : ': '}${told.words.en}`,
      zh: `${words.zh} 起不来：容器 ${container.name}${told.code === null && values.restarts !== undefined ? ' ' : '：'}${told.words.zh}`,
    },
    keys: keysOfPod(pod),
    at,
    until: null,
    evidence,
    values: { container: container.name, ...values },
    ...sharing(pod),
  });
}
