import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes, duration } from '../../evidence/spoken-figures.ts';
import type { SparkRun, StageFacts } from '../facts.ts';
import { compareHosts, farAbove, type HostComparison, ownRunMs } from '../measures/compare-hosts.ts';
import { judgedClock, weightOf } from '../measures/judged-run.ts';
import type { RunClock } from '../measures/run-clock.ts';
import { durationOf } from '../measures/run-measures.ts';
import { savedByCapping } from '../measures/saved-time.ts';
import { writesToLocalDisk } from '../measures/shuffle-manager.ts';
import { keptTaskNear, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { heaviest, sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { settingOf } from '../measures/spark-setting.ts';
import { SPARK_THRESHOLDS } from '../thresholds.ts';

/**
 * Tasks on one host write the same shuffle bytes as those elsewhere but take far longer for the writing itself, while their
 * computing is as fast: the disk under `spark.local.dir` of that host is slow. Only for shuffles that write to local disks.
 */
export const slowShuffleDisk: Rule<SparkRun> = {
  id: 'spark/slow-shuffle-disk',
  area: 'spark',
  codes: ['storage.slow_disk'],
  apply(run) {
    const clock = judgedClock(run);
    if (!clock || !writesToLocalDisk(run)) return [];
    const found = run.stages.flatMap((stage, index) =>
      compareHosts(run, index).flatMap((hosts) => judgeHost(run, clock, stage, index, hosts)),
    );
    return heaviest(found);
  },
};

function judgeHost(run: SparkRun, clock: RunClock, stage: StageFacts, index: number, hosts: HostComparison): Finding[] {
  const t = SPARK_THRESHOLDS;
  const write = hosts.figures((row) => run.tasks.shuffleWriteMs[row] ?? 0);
  const volume = hosts.figures((row) => run.tasks.shuffleWriteBytes[row] ?? 0);
  if (!farAbove(write.own, write.others) || volume.own > volume.others * t.slowHostVolumeFactor) return [];
  const whole = hosts.figures((row) => durationOf(run, row));
  const explained = (write.own - write.others) / Math.max(1, whole.own - whole.others);
  if (explained < t.slowDiskExplains) return [];
  const slow = new Set(hosts.rows);
  const saved = savedByCapping(run, index, (row) =>
    slow.has(row)
      ? durationOf(run, row) - Math.max(0, (run.tasks.shuffleWriteMs[row] ?? 0) - write.others)
      : Number.POSITIVE_INFINITY,
  );
  const weight = weightOf(clock, saved);
  if (weight === 0) return [];
  const computing = hosts.figures((row) => ownRunMs(run, row));
  const computesAlike = computing.own <= Math.max(computing.others, 1_000) * t.slowHostRatio;
  return [
    toFinding(run, stage, hosts, {
      write,
      volume,
      computing,
      saved,
      weight,
      proven: computesAlike && hosts.otherHosts >= 2,
    }),
  ];
}

interface DiskFigures {
  write: { own: number; others: number };
  volume: { own: number; others: number };
  computing: { own: number; others: number };
  saved: number;
  weight: number;
  proven: boolean;
}

function toFinding(run: SparkRun, stage: StageFacts, hosts: HostComparison, figures: DiskFigures): Finding {
  const { write, volume, computing } = figures;
  const name = `${stage.stageId}.${stage.attempt}`;
  const [own, others] = [duration(write.own), duration(write.others)];
  const size = bytes(volume.own);
  const writeMs = (row: number) => run.tasks.shuffleWriteMs[row] ?? 0;
  const slowTask = keptTaskNear(run, stage, Number.MAX_SAFE_INTEGER, writeMs, ({ host }) => host === hosts.host);
  const usualTask = keptTaskNear(run, stage, write.others, writeMs, ({ host }) => host !== hosts.host);
  return sparkFinding(run, {
    rule: slowShuffleDisk.id,
    kind: figures.proven && figures.weight >= SPARK_THRESHOLDS.observedMinWeight ? 'observed' : 'inferred',
    code: 'storage.slow_disk',
    symptom: 'slow',
    en: `On ${hosts.host} a task of stage ${name} spends ${own.en} writing its shuffle output, on the other hosts ${others.en} for as many bytes (${size}): the local disk of ${hosts.host} is slow`,
    zh: `${hosts.host} 上阶段 ${name} 的任务写 shuffle 输出要 ${own.zh}，其他主机写同样多的数据（${size}）只要 ${others.zh}：${hosts.host} 的本地磁盘慢`,
    keys: { ...stageKeys(stage), host: hosts.host },
    at: stage.submittedAt,
    until: stage.completedAt,
    evidence: [...taskEvidence(slowTask), ...taskEvidence(usualTask), ...stageEvidence(stage)],
    count: hosts.rows.length,
    weight: figures.weight,
    values: {
      savedMs: figures.saved,
      hostShuffleWriteMs: write.own,
      otherHostsShuffleWriteMs: write.others,
      hostShuffleWriteBytes: volume.own,
      otherHostsShuffleWriteBytes: volume.others,
      hostComputeMs: computing.own,
      otherHostsComputeMs: computing.others,
      hostTasks: hosts.rows.length,
      otherHosts: hosts.otherHosts,
      localDir: settingOf(run, 'spark.local.dir'),
    },
    refutes: figures.proven
      ? [
          {
            code: 'skew.join_key',
            why: {
              en: `tasks on ${hosts.host} write no more bytes than tasks elsewhere`,
              zh: `${hosts.host} 上的任务写的数据并不比别处多`,
            },
          },
          {
            code: 'kernel.cpu_contention',
            why: {
              en: `apart from writing, tasks on ${hosts.host} are about as fast as elsewhere`,
              zh: `除了写盘，${hosts.host} 上的任务和别处差不多快`,
            },
          },
        ]
      : [],
  });
}
