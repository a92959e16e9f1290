import { duration } from '../../../../tools/evidence/spoken-figures.ts';
import { totalOf, workByHost } from '../host-work.ts';
import type { ComparedRuns, RunComparison } from '../run-comparison.ts';
import { grownOnHost, slowHostOf } from '../slow-host.ts';
import { COMPARISON_THRESHOLDS } from '../thresholds.ts';
import { type ComparisonRule, comparisonFinding, grownMs, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * The same rows need the same CPU time but far more run time: tasks wait for a core. On one host while the others are as
 * usual, it is that host; on all hosts it is only suggested, and only when nothing of the job changed.
 */
export const starvedHost: ComparisonRule = {
  id: 'comparison/starved-host',
  codes: ['kernel.cpu_contention'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const stage = stageOfGrowth(comparison, 'compute');
    if (stage?.match !== 'both') return [];
    const found = slowHostOf(runs, stage, (work) => (work.work > 0 ? work.ownMs / work.work : Number.NaN));
    if (!found) return everywhere(comparison, runs);
    const cpuNow = found.slow.cpuMs === null ? null : found.slow.cpuMs / found.slow.work;
    const others = workByHost(runs.slow.run, stage.slowRows).filter(({ host }) => host !== found.host);
    const cpuOthers =
      totalOf(others, ({ cpuMs }) => cpuMs ?? 0) /
      Math.max(
        1,
        totalOf(others, ({ work }) => work),
      );
    if (cpuNow === null || cpuOthers <= 0 || cpuNow > cpuOthers * COMPARISON_THRESHOLDS.sameCpu) return [];
    const grown = grownOnHost(runs, 'compute', found.host);
    // Time in the scan itself is waiting for storage, not for a core.
    if (!matters(comparison, grown) || grownOnHost(runs, 'input_wait', found.host) > grown) return [];
    const ratio = found.slow.cpuMs ? found.slow.ownMs / found.slow.cpuMs : 0;
    const usualRatio = found.base?.cpuMs ? found.base.ownMs / found.base.cpuMs : null;
    const lost = duration(grown);
    const factor = (found.now / found.usual).toFixed(1);
    return [
      comparisonFinding(comparison, runs, {
        rule: starvedHost.id,
        kind: 'observed',
        code: 'kernel.cpu_contention',
        en: `On ${found.host} the same rows take ${factor} times the usual run time for the same CPU time (run over CPU ${ratio.toFixed(1)}${usualRatio === null ? '' : `, usually ${usualRatio.toFixed(1)}`}); the other hosts are as usual; that costs ${lost.en}`,
        zh: `在 ${found.host} 上，同样的行用了平时 ${factor} 倍的运行时间，而 CPU 时间相同（运行时间与 CPU 时间之比 ${ratio.toFixed(1)}${usualRatio === null ? '' : `，平时 ${usualRatio.toFixed(1)}`}）；其他主机与平时相同；多用 ${lost.zh}`,
        keys: { ...keysOfStage(runs, stage), host: found.host },
        evidence: stageLines(runs, stage, 'runMs'),
        explainsMs: grown,
        values: {
          host: found.host,
          slowerTimes: found.now / found.usual,
          runOverCpu: ratio,
          usualRunOverCpu: usualRatio,
        },
      }),
    ];
  },
};

/** All hosts need more run time for the same rows and CPU time, and nothing of the job changed. */
function everywhere(comparison: RunComparison, runs: ComparedRuns) {
  const t = COMPARISON_THRESHOLDS;
  const changed = comparison.changes.some(
    ({ what, explainsMs }) => what !== 'input' && explainsMs > 0 && what !== 'capacity',
  );
  const grown = grownMs(comparison, 'compute');
  const stage = stageOfGrowth(comparison, 'compute');
  if (changed || !stage || !matters(comparison, grown) || grownMs(comparison, 'input_wait') > grown) return [];
  const now = workByHost(runs.slow.run, stage.slowRows);
  const usual = workByHost(runs.reference.run, stage.baseRows);
  const per = (hosts: typeof now, of: (host: (typeof now)[number]) => number) =>
    totalOf(hosts, of) /
    Math.max(
      1,
      totalOf(hosts, ({ work }) => work),
    );
  const cpu = per(now, ({ cpuMs }) => cpuMs ?? 0);
  const usualCpu = per(usual, ({ cpuMs }) => cpuMs ?? 0);
  const own = per(now, ({ ownMs }) => ownMs);
  const usualOwn = per(usual, ({ ownMs }) => ownMs);
  if (cpu <= 0 || usualCpu <= 0 || Math.max(cpu / usualCpu, usualCpu / cpu) > t.sameCpu) return [];
  if (own < usualOwn * t.sameRate) return [];
  const lost = duration(grown);
  return [
    comparisonFinding(comparison, runs, {
      rule: starvedHost.id,
      kind: 'inferred',
      code: 'kernel.cpu_contention',
      en: `On all hosts the same rows take ${(own / usualOwn).toFixed(1)} times the usual run time for the same CPU time, and nothing of the job changed: cores or files were waited for; that costs ${lost.en}`,
      zh: `所有主机上同样的行用了平时 ${(own / usualOwn).toFixed(1)} 倍的运行时间，CPU 时间相同，作业本身没有变化：任务在等待 CPU 或文件；多用 ${lost.zh}`,
      keys: keysOfStage(runs, stage),
      evidence: stageLines(runs, stage, 'runMs'),
      explainsMs: grown * 0.7,
      values: { slowerTimes: own / usualOwn, runOverCpu: own / cpu, usualRunOverCpu: usualOwn / usualCpu },
    }),
  ];
}
