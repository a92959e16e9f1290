import { bytes, duration } from '../../../../tools/evidence/spoken-figures.ts';
import { settingEvidence } from '../../../../tools/spark/measures/spark-evidence.ts';
import { settingOf } from '../../../../tools/spark/measures/spark-setting.ts';
import { sumOfStages } from '../setting-effects.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * More bytes were spilled than usual. The spill's own time is an estimate and hides in the run time, so what the spilling
 * stages compute longer for the same rows counts with it.
 */
export const moreSpill: ComparisonRule = {
  id: 'comparison/more-spill',
  codes: ['memory.spill'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const t = COMPARISON_THRESHOLDS;
    const now = sumOfStages(runs.slow.run, 'diskSpilledBytes');
    const usual = sumOfStages(runs.reference.run, 'diskSpilledBytes');
    if (now < t.spillBytes || now < usual * t.spillGrew) return [];
    const stage = stageOfGrowth(comparison, 'spill');
    const computing = stage?.accounts.find(({ account }) => account === 'compute')?.deltaMs ?? 0;
    const explainsMs = grownMs(comparison, 'spill') + Math.max(0, Math.min(computing, grownMs(comparison, 'compute')));
    if (!stage || !matters(comparison, explainsMs)) return [];
    const grown = duration(explainsMs);
    const memory = settingOf(runs.slow.run, 'spark.executor.memory');
    return [
      comparisonFinding(comparison, runs, {
        rule: moreSpill.id,
        kind: 'observed',
        code: 'memory.spill',
        en: `Stage ${stage.stageId} spilled ${bytes(now)} to disk, usually ${bytes(usual)}; spilling and sorting took ${grown.en} longer`,
        zh: `阶段 ${stage.stageId} 向磁盘溢写 ${bytes(now)}，平时为 ${bytes(usual)}；溢写与排序多用 ${grown.zh}`,
        keys: keysOfStage(runs, stage),
        evidence: [
          ...stageLines(runs, stage, 'diskSpilledBytes'),
          ...settingEvidence(runs.slow.run, 'spark.executor.memory'),
        ],
        explainsMs,
        values: { spilledBytes: now, usualSpilledBytes: usual, heap: memory },
      }),
    ];
  },
};
