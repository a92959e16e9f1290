import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import type { HungTask } from '../../host/kernel-facts.ts';
import type { HostDiskFacts } from '../host-disk-facts.ts';
import { deviceKeys, deviceWords, diskEvidence, isInDiskWindow } from '../storage-finding.ts';

/**
 * `INFO: task … blocked for more than N seconds` of a task that waits for a disk: the journal's own task names the device;
 * others show it in their stack. A task blocked on a lock or the network is not judged here.
 */
export const hungTask: Rule<readonly HostDiskFacts[]> = {
  id: 'storage/hung-task',
  area: 'storage',
  codes: ['storage.slow_disk'],
  apply(hosts) {
    return hosts.flatMap((facts) =>
      facts.kernelLogs
        .flatMap((log) => log.hungTasks)
        .filter((task) => task.waitsForDisk && isInDiskWindow(task.at, facts))
        .map((task) => toFinding(facts, task)),
    );
  },
};

function toFinding(facts: HostDiskFacts, task: HungTask): Finding {
  const host = task.host ?? facts.host;
  const disk = task.device === null ? null : deviceWords(facts, task.device);
  const keys = task.device === null ? (host === null ? {} : { host }) : deviceKeys(facts, task.device, host);
  return {
    area: 'storage',
    rule: hungTask.id,
    kind: task.device === null ? 'inferred' : 'observed',
    code: 'storage.slow_disk',
    symptom: 'slow',
    statement: {
      en: `Task ${task.comm}${host ? ` on ${host}` : ''} was blocked for more than ${task.seconds} s waiting for ${disk ?? 'a disk'}`,
      zh: `${host ? `${host} 上的` : ''}任务 ${task.comm} 等待${disk ? ` ${disk} ` : '磁盘'}超过 ${task.seconds} 秒`,
    },
    keys: { ...keys, ...(task.pid === null ? {} : { pid: task.pid }) },
    at: task.at,
    evidence: diskEvidence([task.quote], task.at, facts.kernelProvenance),
    count: task.count,
    weight: task.device === null ? 0.5 : 0.8,
    values: { comm: task.comm, seconds: task.seconds, times: task.count },
  };
}
