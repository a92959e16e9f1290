import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import {
  compareHosts,
  cpuMsOf,
  farAbove,
  type HostComparison,
  ownRunMs,
  sameVolume,
} from '../measures/compare-hosts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import { durationOf } from '../measures/run-measures.ts';
import { savedByCapping } from '../measures/saved-time.ts';
import { keptTaskNear, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/** One host in one stage. */
interface StarvedStage {
  stage: StageFacts;
  hosts: HostComparison;
  saved: number;
  run: { own: number; others: number };
  cpu: { own: number; others: number };
  deserialise: { own: number; others: number };
  spilledBytes: number;
}

/**
 * Tasks on one host use as much CPU time for as many rows as elsewhere, yet run far longer, and neither GC, fetch, nor
 * shuffle writing makes the difference: they wait for the CPU (throttling, neighbours) or for something else of that host.
 * The event log cannot tell which, so this is never more than inferred; the kernel's own figures decide. Where those tasks
 * spilled and are as fast as others before they touch the disk (loading their code), the disk is the likelier one.
 */
export const starvedHost: Rule<SparkRun> = {
  id: 'spark/starved-host',
  area: 'spark',
  codes: ['kernel.cpu_contention', 'storage.slow_disk'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock) return [];
    const byHost = new Map<string, StarvedStage[]>();
    for (const [index, stage] of run.stages.entries()) {
      for (const starved of starvedIn(run, stage, index)) {
        byHost.set(starved.hosts.host, [...(byHost.get(starved.hosts.host) ?? []), starved]);
      }
    }
    const found = [...byHost.values()].map((stages) => {
      const saved = stages.reduce((sum, stage) => sum + stage.saved, 0);
      return toFinding(run, stages, saved, weightOf(clock, saved));
    });
    return heaviest(found);
  },
};

function starvedIn(run: SparkRun, stage: StageFacts, index: number): StarvedStage[] {
  return compareHosts(run, index).flatMap((hosts) => {
    const own = hosts.figures((row) => ownRunMs(run, row));
    if (!farAbove(own.own, own.others) || !sameVolume(run, hosts)) return [];
    const cpu = hosts.figures((row) => cpuMsOf(run, row) ?? Number.NaN);
    const cpuAlike = cpu.own > 0 && cpu.others > 0 && cpu.own <= cpu.others * SPARK_THRESHOLDS.starvedCpuFactor;
    if (!cpuAlike) return [];
    const slow = new Set(hosts.rows);
    const usual = hosts.figures((row) => durationOf(run, row)).others;
    const saved = savedByCapping(run, index, (row) => (slow.has(row) ? usual : Number.POSITIVE_INFINITY));
    const deserialise = hosts.figures((row) => run.tasks.deserialiseMs[row] ?? 0);
    const spilledBytes = hosts.figures((row) => run.tasks.diskSpilledBytes[row] ?? 0).own;
    return saved > 0 ? [{ stage, hosts, saved, run: own, cpu, deserialise, spilledBytes }] : [];
  });
}

function toFinding(run: SparkRun, stages: StarvedStage[], saved: number, weight: number): Finding {
  const [worst] = [...stages].sort((a, b) => b.saved - a.saved);
  if (!worst) throw new RangeError('a host without a stage');
  const { stage, hosts, cpu } = worst;
  const name = `${stage.stageId}.${stage.attempt}`;
  const [own, others] = [duration(worst.run.own), duration(worst.run.others)];
  const [cpuOwn, cpuOthers] = [duration(cpu.own), duration(cpu.others)];
  const runMs = (row: number) => ownRunMs(run, row);
  const { deserialise, spilledBytes } = worst;
  const loadsAlike = deserialise.own <= Math.max(deserialise.others, 1_000) * SPARK_THRESHOLDS.slowHostRatio;
  const diskLikelier = spilledBytes >= SPARK_THRESHOLDS.spillMinBytes && loadsAlike;
  const [what, whatZh] = diskLikelier
    ? [`the disk they spill to (${bytes(spilledBytes)} each)`, `溢写所用的磁盘（每个任务 ${bytes(spilledBytes)}）`]
    : ['the CPU or for something else of that host', ' CPU 或该主机的其他资源'];
  return sparkFinding(run, {
    rule: starvedHost.id,
    kind: 'inferred',
    code: diskLikelier ? 'storage.slow_disk' : 'kernel.cpu_contention',
    symptom: 'slow',
    en: `On ${hosts.host} a task of stage ${name} computes for ${own.en} with ${cpuOwn.en} of CPU time, on the other hosts for ${others.en} with ${cpuOthers.en}, for as many rows: tasks on ${hosts.host} wait for ${what}`,
    zh: `${hosts.host} 上阶段 ${name} 的任务计算了 ${own.zh}，其中 CPU 时间 ${cpuOwn.zh}；其他主机处理同样多的行只要 ${others.zh}，CPU 时间 ${cpuOthers.zh}：${hosts.host} 上的任务在等${whatZh}`,
    keys: { ...stageKeys(stage), host: hosts.host },
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [
      ...taskEvidence(keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, runMs, ({ host }) => host === hosts.host)),
      ...taskEvidence(keptTaskNear(run, stage, worst.run.others, runMs, ({ host }) => host !== hosts.host)),
      ...stageEvidence(stage),
    ],
    count: stages.length,
    weight,
    values: {
      savedMs: saved,
      hostRunMs: worst.run.own,
      otherHostsRunMs: worst.run.others,
      hostCpuMs: cpu.own,
      otherHostsCpuMs: cpu.others,
      hostDeserialiseMs: deserialise.own,
      otherHostsDeserialiseMs: deserialise.others,
      hostSpilledBytes: spilledBytes,
      stages: stages.map(({ stage: { stageId } }) => stageId).join(','),
    },
    refutes: [
      {
        code: 'skew.join_key',
        why: {
          en: `tasks on ${hosts.host} have no more rows than tasks elsewhere`,
          zh: `${hosts.host} 上的任务处理的行数并不比别处多`,
        },
      },
    ],
  });
}
