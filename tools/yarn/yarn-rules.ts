import type { Rule } from '../evidence/rule.ts';
import type { YarnFacts } from './facts.ts';
import { applicationStateRule } from './rules/application-state.ts';
import { attemptFailedRule } from './rules/attempt-failed.ts';
import { containerExitRule } from './rules/container-exit.ts';
import { containerMemoryLimitRule } from './rules/container-memory-limit.ts';
import { killedByUserRule } from './rules/killed-by-user.ts';
import { launchFailedAtOnceRule } from './rules/launch-failed-at-once.ts';
import { localizationFailedRule } from './rules/localization-failed.ts';
import { managerRestartedRule } from './rules/manager-restarted.ts';
import { memoryCheckSilentRule } from './rules/memory-check-silent.ts';
import { nodeDisksRule } from './rules/node-disks.ts';
import { nodeLostRule } from './rules/node-lost.ts';
import { overcommitEvictionRule } from './rules/overcommit-eviction.ts';
import { preemptionRule } from './rules/preemption.ts';
import { pythonMemoryRule } from './rules/python-memory.ts';
import { queueWaitedRule } from './rules/queue-waited.ts';
import { queueWaitingRule } from './rules/queue-waiting.ts';
import { submissionRejectedRule } from './rules/submission-rejected.ts';

/** Every rule of the YARN area. */
export const YARN_RULES: readonly Rule<YarnFacts>[] = [
  applicationStateRule,
  attemptFailedRule,
  containerExitRule,
  containerMemoryLimitRule,
  pythonMemoryRule,
  memoryCheckSilentRule,
  preemptionRule,
  killedByUserRule,
  nodeLostRule,
  overcommitEvictionRule,
  nodeDisksRule,
  queueWaitingRule,
  queueWaitedRule,
  submissionRejectedRule,
  launchFailedAtOnceRule,
  localizationFailedRule,
  managerRestartedRule,
];
