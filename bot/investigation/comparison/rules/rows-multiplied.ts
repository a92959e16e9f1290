import { count, duration } from '../../../../tools/evidence/spoken-figures.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, isSlower, matters } from './comparison-rule.ts';
import { programChanges, programValues, told } from './program-changes.ts';
import { keysOfStage, stageLines } from './stage-evidence.ts';

/**
 * Stages behind a shuffle work on far more rows than usual although what was read from outside is as always: a join or an
 * explode makes more of them than before (a key that is no longer unique, a condition that was lost).
 */
export const rowsMultiplied: ComparisonRule = {
  id: 'comparison/rows-multiplied',
  codes: ['code.inefficient_plan'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const t = COMPARISON_THRESHOLDS;
    if (comparison.changes.some(({ what, ratio }) => what === 'input' && (ratio ?? 0) >= t.inputGrew)) return [];
    const inside = comparison.stages.filter((stage) => {
      const facts = runs.slow.run.stages[stage.slowRows.at(-1) ?? -1];
      return (stage.workRatio ?? 0) >= t.rowsMultiplied && (facts?.inputRecords?.sum ?? 0) === 0 && stage.deltaMs > 0;
    });
    const explainsMs = inside.reduce((ms, stage) => ms + Math.min(stage.deltaMs, Math.max(0, stage.moreWorkMs)), 0);
    const [worst] = [...inside].sort((a, b) => b.moreWorkMs - a.moreWorkMs);
    if (!worst || !matters(comparison, explainsMs)) return [];
    const now = rowsOf(runs.slow.run.stages, worst.slowRows);
    const usual = rowsOf(runs.reference.run.stages, worst.baseRows);
    const changed = programChanges(comparison);
    const lost = duration(explainsMs);
    return [
      comparisonFinding(comparison, runs, {
        rule: rowsMultiplied.id,
        kind: changed.length > 0 ? 'observed' : 'inferred',
        code: 'code.inefficient_plan',
        en: `Stage ${worst.stageId} works on ${count(now)} rows, usually ${count(usual)}, though as much was read as always: a join or an explode multiplies them; that costs ${lost.en}${told(changed).en}`,
        zh: `阶段 ${worst.stageId} 处理 ${count(now)} 行，平时 ${count(usual)} 行，而读入的数据与平时相同：联接或展开使行数成倍增加；多用 ${lost.zh}${told(changed).zh}`,
        keys: keysOfStage(runs, worst),
        evidence: [
          ...stageLines(runs, worst, 'shuffleReadRecords'),
          ...changed.flatMap(({ evidence }) => [...evidence]),
        ],
        explainsMs,
        values: { rows: now, usualRows: usual, ...programValues(changed) },
      }),
    ];
  },
};

function rowsOf(stages: readonly { shuffleReadRecords: { sum: number } | null }[], rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + (stages[row]?.shuffleReadRecords?.sum ?? 0), 0);
}
