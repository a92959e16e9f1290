import { bytes, duration, plural } from '../../tools/evidence/spoken-figures.ts';
import type { HostMemoryFacts } from '../../tools/host/host-memory-facts.ts';
import type { KubernetesState } from '../../tools/kubernetes/kubernetes-state.ts';
import type { LogsFacts } from '../../tools/logs/log-facts.ts';
import type { RunbookFacts } from '../../tools/runbooks/search-runbooks.ts';
import type { ShuffleFacts } from '../../tools/shuffle/shuffle-facts.ts';
import type { HdfsFacts } from '../../tools/storage/hdfs-facts.ts';
import type { HostDiskFacts } from '../../tools/storage/host-disk-facts.ts';
import type { YarnFacts } from '../../tools/yarn/facts.ts';
import { isoTime } from '../investigation/iso-time.ts';

/** A file system fuller than this is told though no rule spoke of it. */
const FULL_PERCENT = 80;

/** Applications, how their containers ended, queues and nodes. */
export function tellYarn({
  applications,
  containers,
  nodes,
  queues,
  cluster,
  ambiguous,
  candidates,
}: YarnFacts): string[] {
  const ended = containers.filter(({ exitCode, endedBy }) => exitCode !== 0 && endedBy !== 'unknown');
  return [
    ...(ambiguous ? [`several applications fit: ${candidates.slice(0, 10).join(', ')}`] : []),
    ...applications.flatMap(
      ({ id, name, user, queue, state, finalStatus, startedAt, finishedAt, attempts, diagnostics }) => [
        `${id} ${name}: ${state}/${finalStatus}, user ${user}, queue ${queue}, ${isoTime(startedAt) ?? 'start unknown'} to ${isoTime(finishedAt) ?? 'now'}, ${plural(attempts.length, 'attempt')}`,
        ...(diagnostics === '' ? [] : [`${id} diagnostics: ${diagnostics}`]),
      ],
    ),
    ...ended.map(
      ({ containerId, role, host, exitCode, exitStatus, endedBy, finishedAt, memoryBytes }) =>
        `${containerId} (${role}) on ${host ?? 'unknown host'}: exit ${exitCode ?? exitStatus ?? 'unknown'}, ended by ${endedBy}, ${isoTime(finishedAt) ?? 'time unknown'}${memoryBytes === null ? '' : `, ${bytes(memoryBytes)}`}`,
    ),
    ...(containers.length > ended.length ? [`${plural(containers.length - ended.length, 'other container')}`] : []),
    ...queues
      .filter(({ leaf }) => leaf)
      .map(
        ({ path, usedPercent, pendingApplications, pendingContainers }) =>
          `queue ${path}: ${usedPercent ?? '?'} % used, waiting applications ${pendingApplications ?? '?'}, containers ${pendingContainers ?? '?'}`,
      ),
    ...nodes
      .filter(({ state }) => state !== 'RUNNING')
      .map(({ host, state, healthReport }) => `node ${host}: ${state} ${healthReport}`),
    ...(cluster === null
      ? []
      : [
          `cluster: active nodes ${cluster.activeNodes ?? '?'}, lost ${cluster.lostNodes ?? '?'}, unhealthy ${cluster.unhealthyNodes ?? '?'}; ` +
            `pending applications ${cluster.appsPending ?? '?'}`,
        ]),
  ];
}

/** Which logs were read, of whom and when. */
export function tellLogs({ logs, leftOut }: LogsFacts): string[] {
  return [
    ...logs.map(
      ({ source, writer, keys, recordCount, firstAt, lastAt }) =>
        `${source}: ${writer}${keys.applicationId === undefined ? '' : ` of ${keys.applicationId}`}${keys.host === undefined ? '' : ` on ${keys.host}`}, ${plural(recordCount, 'record')}, ${isoTime(firstAt) ?? '?'} to ${isoTime(lastAt) ?? '?'}`,
    ),
    ...leftOut.map(({ en }) => `left out: ${en}`),
  ];
}

/** Kills of the kernel, and what else was read of each host. */
export function tellHostMemory(hosts: readonly HostMemoryFacts[]): string[] {
  return hosts.flatMap(({ host, kernelLogs, groups, processes, kubernetes }) => [
    `host ${host ?? 'unknown'}: ${plural(kernelLogs.length, 'kernel log')}, ${plural(groups.length, 'control group')}, ${plural(processes.length, 'process snapshot')}, ${plural(kubernetes.pods.length, 'pod')}`,
    ...kernelLogs
      .flatMap(({ kills }) => kills)
      .map(
        ({ at, pid, comm, anonRssBytes, oomMemcg, taskMemcg }) =>
          `host ${host ?? 'unknown'}: kernel killed pid ${pid} (${comm}) ${isoTime(at) ?? ''}, anonymous memory ${anonRssBytes === null ? 'unknown' : bytes(anonRssBytes)}, limit of ${oomMemcg ?? 'no group'}, its group ${taskMemcg ?? 'unknown'}`,
      ),
  ]);
}

/** Full file systems, read-only mounts, rate limits, processes that wait for a disk. */
export function tellHostDisks(hosts: readonly HostDiskFacts[]): string[] {
  return hosts.flatMap(({ host, samples, mounts, fileSystems, throttles, waiting, kernelLogs }) => {
    const name = `host ${host ?? 'unknown'}`;
    const errors = kernelLogs.reduce((sum, { diskErrors }) => sum + diskErrors.length, 0);
    return [
      `${name}: ${plural(samples.length, 'sample')} of disk counters, ${plural(errors, 'kernel disk error')}, waiting for a disk: ${plural(waiting.length, 'program')}`,
      ...(fileSystems.at(-1)?.rows ?? [])
        .filter(({ usedPercent }) => (usedPercent ?? 0) >= FULL_PERCENT)
        .map(({ path, device, usedPercent, unit }) => `${name}: ${path} (${device}) ${usedPercent} % of ${unit} used`),
      ...(mounts.at(-1)?.mounts ?? [])
        .filter(({ options, device }) => options.includes('ro') && device.startsWith('/dev/'))
        .map(({ path, device }) => `${name}: ${path} (${device}) is mounted read-only`),
      ...throttles
        .flatMap(({ group, limits }) => limits.map((limit) => ({ group, ...limit })))
        .map(({ group, direction, perSecond, unit }) => `${name}: ${group} may ${direction} ${perSecond} ${unit}/s`),
    ];
  });
}

/** NameNodes, DataNodes that are not well, and the paths asked for. */
export function tellHdfs({ nameNodes, dataNodes, paths, events }: HdfsFacts): string[] {
  const latest = nameNodes.at(-1);
  return [
    ...(latest === undefined
      ? []
      : [
          `${latest.service} ${isoTime(latest.at)}: ${latest.haState ?? 'state unknown'}, safe mode ${latest.safeMode === null || latest.safeMode === '' ? 'off' : latest.safeMode}; ` +
            `${latest.liveDataNodes ?? '?'} DataNodes live, ${latest.deadDataNodes ?? '?'} dead; blocks missing ${latest.blocks.missing ?? '?'}, corrupt ${latest.blocks.corrupt ?? '?'}; ` +
            `left ${latest.capacity.remainingBytes === null ? '?' : bytes(latest.capacity.remainingBytes)} of ${latest.capacity.totalBytes === null ? '?' : bytes(latest.capacity.totalBytes)}`,
          ...latest.nodes
            .filter(({ state, failedVolumes }) => state !== 'live' || (failedVolumes ?? 0) > 0)
            .map(
              ({ host, state, failedVolumes }) => `DataNode ${host}: ${state}, failed volumes ${failedVolumes ?? '?'}`,
            ),
        ]),
    ...paths.map(
      ({ path, refusal, files, lengthBytes, nameQuota, spaceQuotaBytes, spaceConsumedBytes }) =>
        `path ${path}: ${refusal === null ? `files ${files ?? '?'}, ${lengthBytes === null ? '?' : bytes(lengthBytes)}, name quota ${nameQuota ?? 'none'}, space quota ${spaceQuotaBytes ?? 'none'} with ${spaceConsumedBytes ?? '?'} consumed (bytes)` : `${refusal.exception}: ${refusal.message}`}`,
    ),
    `${plural(nameNodes.length, 'sample')} of NameNodes, ${plural(dataNodes.length, 'sample')} of DataNodes, ${plural(events.length, 'logged event')}`,
  ];
}

/** Masters, workers at the last look, and who did not answer. */
export function tellShuffle({ masters, samples, silences, settings, held }: ShuffleFacts): string[] {
  const latest = samples.at(-1);
  return [
    ...masters.map(({ host, leader }) => `master ${host}${leader === true ? ' leads' : ''}`),
    ...(latest?.workers ?? []).map(
      ({ host, standing, disks, heartbeatAgeMs }) =>
        `worker ${host} ${isoTime(latest?.at)}: ${standing.join(', ')}${heartbeatAgeMs === null ? '' : `, last heartbeat ${duration(heartbeatAgeMs).en} before`}; disks ${disks.map(({ mount, status, usableBytes }) => `${mount} ${status ?? '?'} ${usableBytes === null ? '' : `${bytes(usableBytes)} usable`}`).join(', ')}`,
    ),
    ...silences.map(
      ({ role, host, from, until }) =>
        `${role} ${host} did not answer from ${isoTime(from)} to ${isoTime(until) ?? 'the end'}`,
    ),
    ...held
      .slice(-8)
      .map(({ workerHost, shuffleKeys }) => `worker ${workerHost} held ${shuffleKeys.slice(0, 6).join(', ')}`),
    `${plural(samples.length, 'sample')} of the cluster, settings of ${plural(settings.length, 'daemon')}`,
  ];
}

/** Pods that are not well, events, nodes that are not ready. */
export function tellKubernetes({ pods, events, nodes }: KubernetesState): string[] {
  const unwell = pods.filter(
    ({ phase, containers }) =>
      !/^(?:Running|Succeeded)$/.test(phase) ||
      containers.some(({ restarts, ends }) => restarts > 0 || ends.length > 0),
  );
  return [
    ...unwell.map(({ namespace, name, node, phase, reason, message, containers }) => {
      const ends = containers.flatMap(({ name: of, ends: all }) =>
        all.map(({ reason: why, exitCode }) => `${of} ended: ${why} exit ${exitCode ?? '?'}`),
      );
      const waiting = containers.flatMap(({ name: of, waiting: why }) => (why ? [`${of} waits: ${why.reason}`] : []));
      return `pod ${namespace}/${name} on ${node ?? 'no node'}: ${[phase, reason, message, ...ends, ...waiting].filter(Boolean).join('; ')}`;
    }),
    ...(pods.length > unwell.length ? [`${plural(pods.length - unwell.length, 'other pod')} running or done`] : []),
    ...nodes
      .filter(
        ({ conditions, unschedulable }) =>
          unschedulable || !conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      )
      .map(({ name, taints }) => `node ${name} is not ready or closed (${taints.map(({ key }) => key).join(', ')})`),
    ...events.map(
      ({ reason, kind, namespace, name, message, count, lastAt }) =>
        `event ${isoTime(lastAt) ?? ''} ${reason} ${kind} ${namespace}/${name} ×${count}: ${message}`,
    ),
  ];
}

/** What is written, each passage with where it stands. */
export function tellRunbooks({ passages, mode, notes }: RunbookFacts): string[] {
  return [
    ...passages.flatMap(({ runbook, section, heading, url, page, version, text }) => [
      `${runbook}#${section} ${heading} ${url}${page > 0 ? `, page ${page}` : ''}${version === '' ? '' : ` (${version})`}`,
      ...text.split('\n').filter((part) => part.trim() !== ''),
    ]),
    ...(mode === 'keywords' ? ['found by keywords only'] : []),
    ...notes,
  ];
}
