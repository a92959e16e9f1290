import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { duration, plural } from '../../evidence/spoken-figures.ts';
import type { ExecutorFacts, SparkRun, StageFacts, TaskFacts } from '../facts.ts';
import { type FetchSource, fetchSourceOf } from '../measures/fetch-source.ts';
import { removalHint } from '../measures/removal-cause.ts';
import { durationOf, measuresOf, wallOf } from '../measures/run-measures.ts';
import { reasonEvidence, settingEvidence, spoken, stageEvidence, taskEvidence } from '../measures/spark-evidence.ts';
import { sparkFinding, stageKeys } from '../measures/spark-finding.ts';
import { booleanSetting, countSetting } from '../measures/spark-setting.ts';
import { TASK_STATUS } from '../task-table.ts';

/** A removal told this long after the first failed fetch still is its reason: the driver hears of it late. */
const HEARD_LATE_MS = 180_000;

/**
 * Reducers could not fetch map output, and where from decides: from an executor that is gone (its output went with it and
 * the map stage runs again), from the external shuffle service, or from one that still lives.
 */
export const lostMapOutput: Rule<SparkRun> = {
  id: 'spark/lost-map-output',
  area: 'spark',
  codes: [
    'shuffle.executor_lost',
    'shuffle.external_service_unavailable',
    'shuffle.corruption',
    'scheduling.dynamic_allocation',
  ],
  apply(run) {
    const failed = run.keptTasks.filter((task) => task.reasonClass === 'FetchFailed');
    const bySource = new Map<string, { source: FetchSource | null; tasks: TaskFacts[] }>();
    for (const task of failed) {
      const source = fetchSourceOf(task.reasonText ?? '');
      const key = source ? `${source.executorId}@${source.host}:${source.port}` : '';
      const known = bySource.get(key) ?? { source, tasks: [] };
      known.tasks.push(task);
      bySource.set(key, known);
    }
    const judged = [...bySource.values()]
      .slice(0, 12)
      .map(({ source, tasks }) => judge(run, source, tasks, failed.length));
    return failed.length > 0 ? judged : repeatedUnasked(run);
  },
};

/**
 * Map stages that ran again although no fetch had failed: the driver forgets the output of a lost executor at once, and the
 * next stage that needs it brings it back as a later attempt (also under the id of the stage that had skipped it).
 */
function repeatedUnasked(run: SparkRun): Finding[] {
  const again = run.stages.flatMap((stage, index) => (stage.attempt > 0 ? [{ stage, index }] : []));
  const [first] = again;
  const { clock, rowsOfStage } = measuresOf(run);
  if (!first || !clock) return [];
  const from = first.stage.submittedAt ?? clock.to;
  const lost = run.executors
    .filter(({ removedAt, removalKind }) => removedAt !== null && removedAt <= from && removalKind !== 'released')
    .sort((a, b) => (b.removedAt ?? 0) - (a.removedAt ?? 0));
  const provider = lost.find((executor) => wroteShuffle(run, executor));
  if (!provider) return [];
  const rows = again.flatMap(({ index }) => [...(rowsOfStage[index] ?? [])]);
  const rework = wallOf(run, rows, (row) => durationOf(run, row));
  const hint = removalHint(provider);
  const time = duration(rework);
  return [
    sparkFinding(run, {
      rule: lostMapOutput.id,
      kind: 'inferred',
      code: 'shuffle.executor_lost',
      symptom: 'slow',
      en: `${plural(again.length, 'stage attempt')} ran again, ${time.en} of the run, after executor ${provider.id} on ${provider.host}, which held shuffle output, was lost (${hint.en})`,
      zh: `持有 shuffle 输出的 executor ${provider.id}（${provider.host}）丢失（${hint.zh}）之后，有 ${again.length} 次阶段重跑，占运行 ${time.zh}`,
      keys: {
        ...stageKeys(first.stage),
        executorId: provider.id,
        host: provider.host,
        ...(provider.containerId ? { containerId: provider.containerId } : {}),
      },
      at: from,
      evidence: [
        ...spoken(provider.quotes.removed, provider.removedAt),
        ...again.slice(0, 2).flatMap(({ stage }) => stageEvidence(stage)),
      ],
      count: again.length,
      weight: rework / clock.ms,
      values: { repeatedStageAttempts: again.length, reworkMs: rework, savedMs: rework, exitCode: provider.exitCode },
    }),
  ];
}

/** Whether any task of the executor had written shuffle output. */
function wroteShuffle(run: SparkRun, executor: ExecutorFacts): boolean {
  const { tasks } = run;
  for (let row = 0; row < tasks.length; row += 1) {
    const own = run.executors[tasks.executor[row] ?? -1]?.id === executor.id;
    if (own && (tasks.shuffleWriteRecords[row] ?? 0) > 0) return true;
  }
  return false;
}

function judge(run: SparkRun, source: FetchSource | null, tasks: TaskFacts[], all: number): Finding {
  const [first] = [...tasks].sort((a, b) => (a.finishedAt ?? 0) - (b.finishedAt ?? 0));
  if (!first) throw new RangeError('a fetch failure without a task');
  const provider = source ? providerOf(run, source, first.finishedAt ?? first.launchedAt) : undefined;
  const again = repeatedStages(run, tasks);
  const rework = reworkMs(
    run,
    again.map(({ index }) => index),
    tasks,
  );
  const words = tasks.some(({ reasonText }) => CORRUPT.test(reasonText ?? ''))
    ? corrupted(source, tasks)
    : wordsFor(run, source, provider, again.length);
  const { clock } = measuresOf(run);
  const time = duration(rework);
  const stages = [...new Set(tasks.map((task) => `${task.stageId}.${task.stageAttempt}`))].join(', ');
  return sparkFinding(run, {
    rule: lostMapOutput.id,
    kind: words.kind,
    ...(words.code ? { code: words.code } : {}),
    symptom: 'fetch_failed',
    en: `${plural(tasks.length, 'read')} in stage ${stages} failed: ${words.en}; ${plural(again.length, 'stage attempt')} ran again, ${time.en} of the run`,
    zh: `阶段 ${stages} 有 ${tasks.length} 次读取失败：${words.zh}；${again.length} 次阶段重跑，占运行 ${time.zh}`,
    keys: {
      stageId: first.stageId,
      stageAttempt: first.stageAttempt,
      ...(source?.shuffleId === undefined ? {} : { shuffleId: source.shuffleId }),
      ...(source?.executorId ? { executorId: source.executorId } : {}),
      ...(source?.host ? { host: source.host } : {}),
      ...(provider?.containerId ? { containerId: provider.containerId } : {}),
    },
    at: first.finishedAt,
    until: tasks.at(-1)?.finishedAt ?? null,
    evidence: [
      ...reasonEvidence(run, first),
      ...taskEvidence(first).slice(0, 1),
      ...spoken(provider?.quotes.removed, provider?.removedAt ?? null),
      ...again.slice(0, 2).flatMap(({ stage }) => stageEvidence(stage)),
      ...failedStageEvidence(run, first),
      ...settingEvidence(run, 'spark.shuffle.service.enabled', 'spark.shuffle.manager'),
    ],
    count: tasks.length,
    weight: Math.max(tasks.length / Math.max(1, all), clock ? rework / clock.ms : 0),
    values: {
      failedReads: tasks.length,
      repeatedStageAttempts: again.length,
      reworkMs: rework,
      removedAfterMs: provider?.removedAt && first.finishedAt ? provider.removedAt - first.finishedAt : null,
      exitCode: provider?.exitCode,
      providerPort: source?.port,
    },
  });
}

function providerOf(run: SparkRun, source: FetchSource, at: number): ExecutorFacts | undefined {
  return run.executors.find(
    (executor) =>
      executor.id === source.executorId && executor.removedAt !== null && executor.removedAt <= at + HEARD_LATE_MS,
  );
}

/** Bytes arrived and were wrong: Spark's own diagnosis (3.2+), the codecs' complaints, Celeborn's checksum. */
const CORRUPT =
  /\bis corrupted\b|[Cc]orrupted block|Stream is corrupted|FAILED_TO_UNCOMPRESS|Checksum not equal|corruption diagnosis|CRC mismatch/;

/** Where Spark's own checksums put the damage (`ShuffleChecksumHelper`, 3.2+; not for push-merged chunks). */
const DIAGNOSIS =
  /is corrupted (?:due to (?<cause>DISK_ISSUE|NETWORK_ISSUE)|but (?<passed>checksum verification passed))/;

function corrupted(source: FetchSource | null, tasks: readonly TaskFacts[]): Words {
  const found = tasks.map(({ reasonText }) => DIAGNOSIS.exec(reasonText ?? '')?.groups).find((groups) => groups);
  const where = diagnosed(found?.cause, found?.passed !== undefined);
  const en = source ? `the blocks of ${source.host} arrived damaged` : 'the blocks arrived damaged';
  const zh = source ? `${source.host} 的数据块到达时已损坏` : '数据块到达时已损坏';
  return { kind: 'inferred', code: 'shuffle.corruption', en: en + where.en, zh: zh + where.zh };
}

function diagnosed(cause: string | undefined, passed: boolean): { en: string; zh: string } {
  if (cause === 'DISK_ISSUE')
    return { en: ', by its checksum on the disk of the writer', zh: '，校验认定损坏在写入方磁盘' };
  if (cause === 'NETWORK_ISSUE') return { en: ', by its checksum on the network', zh: '，校验认定损坏在网络' };
  if (passed)
    return { en: ', though the checksum is right: wrong before it was written', zh: '，但校验正确：写入前就已错误' };
  return { en: '', zh: '' };
}

interface Words {
  kind: Finding['kind'];
  code: Finding['code'];
  en: string;
  zh: string;
}

function wordsFor(
  run: SparkRun,
  source: FetchSource | null,
  provider: ExecutorFacts | undefined,
  again: number,
): Words {
  const service = booleanSetting(run, 'spark.shuffle.service.enabled', false);
  const servicePort = countSetting(run, 'spark.shuffle.service.port', 7337);
  if (!source) {
    const words = { en: 'the failure names no executor or host', zh: '失败信息没有指出 executor 或主机' };
    return { kind: 'inferred', code: null, ...words };
  }
  if (service && source.port === servicePort) {
    const en = `the external shuffle service of ${source.host} (port ${source.port}) did not answer`;
    const zh = `${source.host} 的外部 shuffle 服务（端口 ${source.port}）没有应答`;
    return { kind: 'inferred', code: 'shuffle.external_service_unavailable', en, zh };
  }
  if (provider?.removalKind === 'released') {
    const en = `executor ${provider.id} on ${provider.host} had been released with the map output it held`;
    const zh = `${provider.host} 上的 executor ${provider.id} 连同它的 map 输出一起被释放了`;
    return { kind: 'inferred', code: 'scheduling.dynamic_allocation', en, zh };
  }
  if (provider) {
    const hint = removalHint(provider);
    const en = `executor ${provider.id} on ${provider.host}, which held the map output, was lost (${hint.en})`;
    const zh = `持有 map 输出的 executor ${provider.id}（${provider.host}）丢失（${hint.zh}）`;
    return { kind: again > 0 ? 'observed' : 'inferred', code: 'shuffle.executor_lost', en, zh };
  }
  const en = `executor ${source.executorId} on ${source.host} still lived but did not deliver`;
  const zh = `${source.host} 上的 executor ${source.executorId} 还在，但没有把数据送到`;
  return { kind: 'inferred', code: null, en, zh };
}

/** Attempts after the first of any stage that started after the first failed read, and map stages that came back. */
function repeatedStages(run: SparkRun, tasks: readonly TaskFacts[]): { stage: StageFacts; index: number }[] {
  const from = Math.min(...tasks.map((task) => task.finishedAt ?? task.launchedAt));
  return run.stages.flatMap((stage, index) =>
    stage.attempt > 0 && (stage.submittedAt ?? 0) >= from ? [{ stage, index }] : [],
  );
}

/** Wall clock of the repeated attempts and of the attempts that failed to read. */
function reworkMs(run: SparkRun, stageIndices: readonly number[], tasks: readonly TaskFacts[]): number {
  const { rowsOfStage } = measuresOf(run);
  const rows = new Set(tasks.map((task) => task.row));
  for (const index of stageIndices) for (const row of rowsOfStage[index] ?? []) rows.add(row);
  for (let row = 0; row < run.tasks.length; row += 1) if (run.tasks.status[row] === TASK_STATUS.lost) rows.add(row);
  return wallOf(run, rows, (row) => durationOf(run, row));
}

function failedStageEvidence(run: SparkRun, task: TaskFacts): Finding['evidence'] {
  const stage = run.stages.find(({ stageId, attempt }) => stageId === task.stageId && attempt === task.stageAttempt);
  return stage && stageKeys(stage).stageId === task.stageId && stage.status === 'failed' ? stageEvidence(stage) : [];
}
