import { bytes, duration } from '../../../../tools/evidence/spoken-figures.ts';
import { grownOnHost, slowHostOf } from '../slow-host.ts';
import { type ComparisonRule, comparisonFinding, isSlower, matters } from './comparison-rule.ts';
import { keysOfStage, stageLines, stageOfGrowth } from './stage-evidence.ts';

/**
 * One host takes far longer to write a shuffled byte than it used to, and than the others do. The same long write time on
 * all hosts, or for more bytes, proves no slow disk (the disks may have been as slow before, with less to write).
 */
export const slowDisk: ComparisonRule = {
  id: 'comparison/slow-disk',
  codes: ['storage.slow_disk'],
  apply(comparison, runs) {
    if (!isSlower(comparison)) return [];
    const stage = stageOfGrowth(comparison, 'shuffle_write');
    if (!stage) return [];
    const found = slowHostOf(runs, stage, (work) =>
      work.shuffleWriteBytes > 0 ? work.shuffleWriteMs / work.shuffleWriteBytes : Number.NaN,
    );
    const grown = found ? grownOnHost(runs, 'shuffle_write', found.host) + grownOnHost(runs, 'spill', found.host) : 0;
    if (!found || !matters(comparison, grown)) return [];
    const [now, usual, others] = [found.now, found.usual, found.others].map((rate) => speed(rate));
    const lost = duration(grown);
    return [
      comparisonFinding(comparison, runs, {
        rule: slowDisk.id,
        kind: 'observed',
        code: 'storage.slow_disk',
        en: `The disk of ${found.host} writes ${now}, usually ${usual}; the other hosts write ${others} as before; its tasks of stage ${stage.stageId} cost ${lost.en} more`,
        zh: `${found.host} 的磁盘写入速度为 ${now}，平时 ${usual}；其他主机仍为 ${others}；阶段 ${stage.stageId} 在该主机上的任务多用 ${lost.zh}`,
        keys: { ...keysOfStage(runs, stage), host: found.host },
        evidence: stageLines(runs, stage, 'shuffleWriteMs'),
        explainsMs: grown,
        values: {
          host: found.host,
          bytesPerSecond: 1000 / found.now,
          usualBytesPerSecond: 1000 / found.usual,
          othersBytesPerSecond: 1000 / found.others,
          writtenBytes: found.slow.shuffleWriteBytes,
        },
      }),
    ];
  },
};

function speed(msPerByte: number): string {
  return msPerByte > 0 ? `${bytes(1000 / msPerByte)}/s` : '–';
}
