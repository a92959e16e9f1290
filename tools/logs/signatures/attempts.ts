import { plural } from '../../evidence/spoken-figures.ts';
import type { Signature } from '../signature.ts';
import { present, wholeOf } from './quantities.ts';
import { type Details, type Groups, statementSignature } from './statement-signature.ts';
import { ALL_BUT_ASKER, OWN_STATE } from './trusted-writers.ts';

/** Repeated, duplicate and late attempts of tasks, and the limits on failures. */
export const ATTEMPT_SIGNATURES: readonly Signature[] = [
  statementSignature({
    id: 'attempt/executor-failures-maximum',
    code: null,
    symptom: 'attempt_failed',
    literals: [
      'Max number of executor failures',
      'all available nodes are blacklisted',
      'all available nodes are excluded',
    ],
    pattern:
      /Max number of executor failures \((?<limit>\d{1,9})\) reached|all available nodes are (?:blacklisted|excluded)/,
    observedFrom: OWN_STATE,
    rank: 24,
    seenIn: 'spark ApplicationMaster 1.x-4.x (exit 11)',
    say: {
      en: 'The application gave up because too many executors had failed: why they failed is told before',
      zh: '失败的 executor 太多，应用放弃：它们为什么失败要看更早的记录',
    },
    read: (groups) => ({ values: present({ failureLimit: wholeOf(groups.limit) }) }),
  }),
  statementSignature({
    id: 'attempt/excluded-everywhere',
    code: null,
    symptom: 'stage_failed',
    literals: ['cannot run anywhere due to'],
    pattern: /cannot run anywhere due to node and executor (?:blacklist|excludeOnFailure|exclude)/,
    observedFrom: OWN_STATE,
    rank: 26,
    seenIn: 'spark TaskSetManager 2.1-4.x',
    say: {
      en: 'A task had failed on every executor that was left, so none may try it again: the earlier failure is the cause',
      zh: '某任务在所有剩余 executor 上都失败过，无处可再试：原因在更早的失败里',
    },
  }),
  statementSignature({
    id: 'attempt/two-attempts-one-file',
    code: 'scheduling.speculation',
    symptom: 'task_failed',
    literals: [
      'Lease mismatch',
      'owned by DFSClient_attempt_',
      'currently owned by DFSClient_attempt_',
      'AlreadyBeingCreatedException',
    ],
    pattern: [
      /Lease mismatch on (?<path>\S{1,500})[\s\S]{0,120}?owned by (?:HDFS_)?DFSClient_attempt_(?<one>\w{1,80})[\s\S]{0,80}?accessed by (?:HDFS_)?DFSClient_attempt_(?<other>\w{1,80})/,
      /[fF]ailed to create file (?<path>\S{1,500})[\s\S]{0,20}? for (?:HDFS_)?DFSClient_attempt_(?<other>\w{1,80})[\s\S]{0,200}?owned by (?:HDFS_)?DFSClient_attempt_(?<one>\w{1,80})/,
    ],
    observedFrom: OWN_STATE,
    rank: 84,
    inferredOnly: true,
    seenIn: 'hadoop FSNamesystem.checkLease 1.x-3.x; question q011 (SPARK-8379)',
    say: (groups) => ({
      en: `Two task attempts write the same file ${groups.path}: duplicates of a speculated task, or a writer without a path of its own for each attempt`,
      zh: `两个任务尝试在写同一个文件 ${groups.path}：推测执行的重复任务，或写入方没有为每次尝试使用独立路径`,
    }),
    read: (groups) => ({ keys: present({ path: groups.path }) }),
  }),
  statementSignature({
    id: 'attempt/duplicate-attempt-ended',
    code: null,
    echo: true,
    literals: ['another attempt succeeded', 'TaskCommitDenied', 'Driver denied task commit'],
    pattern:
      /TaskKilled \(another attempt succeeded\)|reason: another attempt succeeded|TaskCommitDenied|Driver denied task commit/,
    observedFrom: OWN_STATE,
    rank: 6,
    seenIn: 'spark TaskSetManager, OutputCommitCoordinator 1.x-4.x; captures slow-*',
    say: {
      en: 'A duplicate of a task was stopped because another attempt had finished: harmless',
      zh: '任务的重复尝试因另一次已完成而被停止：无害',
    },
  }),
  statementSignature({
    id: 'attempt/straggler-in-a-paste',
    code: 'skew.join_key',
    symptom: 'slow',
    literals: ['Finished task '],
    pattern:
      /Finished task (?<task>\d{1,9}\.\d{1,4}) in stage (?<stage>\d{1,9})\.\d{1,4} \(TID \d{1,12}\) in (?<ms>\d{1,12}) ms on [^\n]{1,300}\((?<done>\d{1,9})\/(?<all>\d{1,9})\)/,
    observedFrom: [],
    ignoredFrom: ALL_BUT_ASKER,
    rank: 45,
    inferredOnly: true,
    seenIn: 'spark TaskSetManager 1.x-4.x; question q014',
    say: (groups) => ({
      en: `The last of ${plural(Number(groups.all), 'task')} of stage ${groups.stage} alone ran ${Math.round(Number(groups.ms) / 1000)} s (task ${groups.task}): one partition is far larger or slower than the others`,
      zh: `阶段 ${groups.stage} 共 ${groups.all} 个任务，最后一个（${groups.task}）独自跑了 ${Math.round(Number(groups.ms) / 1000)} 秒：一个分区远大于或慢于其他分区`,
    }),
    read: straggler,
  }),
];

/** Five minutes for the last of twenty or more tasks: what a person would call hanging; the real rule reads the event log. */
const STRAGGLER_MS = 300_000;
const STRAGGLER_TASKS = 20;

function straggler(groups: Groups): Details | null {
  const durationMs = wholeOf(groups.ms);
  const all = wholeOf(groups.all);
  if (!durationMs || !all || groups.done !== groups.all || durationMs < STRAGGLER_MS || all < STRAGGLER_TASKS)
    return null;
  return { values: { durationMs, taskCount: all }, keys: present({ stageId: wholeOf(groups.stage) }) };
}
