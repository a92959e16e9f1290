import type { Cause } from './cause.ts';

/** Answers that name no fault: healthy, still running, not decided. */
export const NO_FAULT_CAUSES: readonly Cause[] = [
  {
    code: 'none.healthy',
    title: { en: 'Nothing is wrong', zh: '没有问题' },
    meaning: { en: 'Nothing is wrong: the run is within its own history', zh: '没有问题：本次运行在其历史范围内' },
    responsibility: 'unknown',
    proof: {
      statement: {
        en: 'The run ended well and its duration lies within the range of its own earlier runs',
        zh: '运行正常结束，且用时在其自身历史范围内',
      },
      provenance: [],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'Only harmless events are recorded, such as executors released at the end',
        zh: '只有无害事件，例如结束时释放 Executor',
      },
    ],
    refutedBy: [
      {
        en: 'A task, stage or job failed for good, or the run lies outside its history',
        zh: '有 Task、Stage 或作业最终失败，或用时超出历史范围',
      },
    ],
    remediations: [
      { statement: { en: 'Nothing to do', zh: '无需处理' }, settings: [], by: 'user', section: 'nothing-to-do' },
    ],
    standing: 'recorded',
    runbook: 'none-healthy',
  },
  {
    code: 'none.still_running',
    title: { en: 'Still running', zh: '仍在运行' },
    meaning: { en: 'The run has not ended; only a progress report is possible', zh: '运行尚未结束，只能报告进度' },
    responsibility: 'unknown',
    proof: {
      statement: {
        en: "The scheduler or the engine's log shows the run without an end, with recent progress",
        zh: '调度器或引擎日志显示运行尚未结束，且近期有进展',
      },
      provenance: [],
      completeStatements: [],
    },
    suggestedBy: [{ en: 'The log goes on up to now', zh: '日志持续到现在' }],
    refutedBy: [{ en: "The run's end is recorded", zh: '已有运行结束的记录' }],
    remediations: [
      {
        statement: {
          en: 'Let it run; a kill throws the finished work away',
          zh: '让它继续运行：终止会丢掉已完成的工作',
        },
        settings: [],
        by: 'user',
        section: 'let-it-run',
      },
    ],
    standing: 'recorded',
    runbook: 'none-still-running',
  },
  {
    code: 'unknown.insufficient_evidence',
    title: { en: 'The evidence does not decide', zh: '证据不足以判断' },
    meaning: {
      en: 'The evidence does not decide; the answer names what is needed and how to get it',
      zh: '证据不足以判断，答复会说明还需要什么、如何获取',
    },
    responsibility: 'unknown',
    proof: {
      statement: {
        en: 'What was read allows more than one cause, or none',
        zh: '已读到的内容对应多种原因，或没有对应原因',
      },
      provenance: [],
      completeStatements: [],
    },
    suggestedBy: [
      {
        en: 'A kill is shown without its killer, or a symptom without any record around it',
        zh: '只看到被杀而不知由谁杀死，或只有症状而无周边记录',
      },
    ],
    refutedBy: [{ en: "One cause is proven by a platform's own record", zh: '有平台自身记录证明了某个原因' }],
    remediations: [
      {
        statement: { en: 'Bring what the answer names as needed', zh: '提供答复中列出的所需材料' },
        settings: [],
        by: 'user',
        section: 'bring-what-the-answer-names-as-needed',
      },
    ],
    standing: 'recorded',
    runbook: 'unknown-insufficient-evidence',
  },
];
