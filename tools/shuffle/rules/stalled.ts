import type { Finding } from '../../evidence/finding.ts';
import { duration, percent } from '../../evidence/spoken-figures.ts';
import { toldByRun } from '../in-scope.ts';
import { recordEvidence } from '../record-evidence.ts';
import type { EventOf } from '../shuffle-events.ts';
import { keyOfRun, shuffleFinding } from '../shuffle-finding.ts';
import type { ShuffleCase, ShuffleRule } from '../shuffle-rule.ts';
import { SHUFFLE_THRESHOLDS as LIMIT } from '../thresholds.ts';

const RULE = 'shuffle/stalled';

/** A shuffle that was blocked by the house's rule: over three minutes, and over a fifth of its stage's wall time. */
export const stalled: ShuffleRule = {
  id: RULE,
  area: 'shuffle',
  codes: ['shuffle.stall'],
  apply({ facts, scope }: ShuffleCase): Finding[] {
    const blocked = toldByRun(facts, scope, 'blocked').filter(
      ({ on, durationMs }) => on !== 'register' && durationMs > LIMIT.stallMs,
    );
    const [longest] = blocked.toSorted((a, b) => b.durationMs - a.durationMs);
    if (!longest) return [];
    const stage = stageOf(longest, { facts, scope });
    const share = stage === null ? null : Math.min(1, longest.durationMs / stage.durationMs);
    if (share !== null && share <= LIMIT.stallShare) return [];
    return [stallOf(longest, blocked.length, stage, share, scope)];
  },
};

interface Stage {
  stageId: number;
  durationMs: number;
  evidence: Finding['evidence'];
}

/** The stage that ran while it was blocked: by the event log, else by the driver's line at its end. */
function stageOf(event: EventOf<'blocked'>, { facts, scope }: ShuffleCase): Stage | null {
  const end = event.at;
  if (end === null) return null;
  const middle = end - event.durationMs / 2;
  const span = scope.stages?.find(({ from, to }) => from <= middle && middle <= to);
  if (span) return { stageId: span.stageId, durationMs: span.to - span.from, evidence: [] };
  const done = toldByRun(facts, scope, 'stage_finished').find(
    ({ at, durationMs }) => at !== null && at >= middle && at - durationMs <= middle,
  );
  return done ? { stageId: done.stageId, durationMs: done.durationMs, evidence: [recordEvidence(done.record)] } : null;
}

const DOING: Readonly<Record<'push' | 'read' | 'commit', { en: string; zh: string }>> = {
  push: { en: 'Pushes', zh: '推送' },
  read: { en: 'Reads', zh: '读取' },
  commit: { en: 'The commit', zh: '提交' },
};

function stallOf(
  event: EventOf<'blocked'>,
  times: number,
  stage: Stage | null,
  share: number | null,
  scope: ShuffleCase['scope'],
): Finding {
  const { on, workerHost, durationMs, record, at } = event;
  const what = DOING[on === 'register' ? 'push' : on];
  const where =
    workerHost === null ? { en: '', zh: '' } : { en: ` to worker ${workerHost}`, zh: ` worker ${workerHost} ` };
  const of =
    stage === null || share === null
      ? { en: '', zh: '' }
      : {
          en: `, ${percent(share)} of stage ${stage.stageId}`,
          zh: `，占 stage ${stage.stageId} 的 ${percent(share)}`,
        };
  return shuffleFinding({
    rule: RULE,
    code: 'shuffle.stall',
    symptom: 'slow',
    kind: share === null ? 'inferred' : 'observed',
    weight: 0.8,
    statement: {
      en: `${what.en} of the remote shuffle${where.en} stood still for ${duration(durationMs).en}${of.en}`,
      zh: `远程 shuffle${where.zh}的${what.zh}停滞了 ${duration(durationMs).zh}${of.zh}`,
    },
    keys: { ...keyOfRun(scope), ...(stage === null ? {} : { stageId: stage.stageId }) },
    at: at === null ? null : at - durationMs,
    until: at,
    evidence: [...(stage?.evidence ?? []), recordEvidence(record)],
    count: times,
    values: {
      blockedMs: durationMs,
      ...(stage === null ? {} : { stageMs: stage.durationMs }),
      ...(workerHost === null ? {} : { workerHost }),
    },
  });
}
