import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Evidence } from '../../evidence/evidence.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { type HdfsCase, hdfsFinding, isServing } from '../hdfs-case.ts';
import type { HdfsEvent, HdfsScope, NameNodeSample, SafeModeReason } from '../hdfs-facts.ts';
import { HDFS_THRESHOLDS } from '../hdfs-thresholds.ts';
import { safeModeReason } from '../merge-hdfs-records.ts';

/** Safe mode on or off at one time, by whoever says so. */
interface Point {
  at: number;
  on: boolean;
  why: SafeModeReason;
  evidence: Evidence;
}

/**
 * The NameNode was in safe mode in the question's time: by its own state, its log, and who asked for it. A NameNode that says in
 * that time that it is not, speaks against texts of another day.
 */
export const hdfsSafeMode: Rule<HdfsCase> = {
  id: 'storage/hdfs-safe-mode',
  area: 'storage',
  codes: ['storage.hdfs_safemode'],
  apply(given): Finding[] {
    const points = pointsOf(given);
    const first = points.findIndex((point, at) => point.on && overlaps(point, endOf(points, at), given.scope));
    if (first !== -1) return [inSafeMode(given, points, first)];
    const { window } = given.scope;
    const off = points.findLast(
      ({ on, at }) => !on && window !== null && at >= window.from && at <= window.to + HDFS_THRESHOLDS.afterWindowMs,
    );
    return off ? [notInSafeMode(off)] : [];
  },
};

function pointsOf({ facts }: HdfsCase): Point[] {
  const looks = facts.nameNodes.flatMap((sample): Point[] => {
    const evidence = sample.evidence.safe_mode ?? sample.evidence.fs_state;
    if (!isServing(sample.haState) || sample.safeMode === null || !evidence) return [];
    return [{ at: sample.at, on: sample.safeMode !== '', why: safeModeReason(sample.safeMode), evidence }];
  });
  const told = facts.events.flatMap((event): Point[] => {
    if (event.at === null || (event.kind !== 'safe_mode_on' && event.kind !== 'safe_mode_off')) return [];
    const on = event.kind === 'safe_mode_on';
    return [{ at: event.at, on, why: on ? event.why : 'unknown', evidence: evidenceOf(event) }];
  });
  return [...looks, ...told].sort((a, b) => a.at - b.at);
}

function endOf(points: readonly Point[], from: number): number | null {
  return points.slice(from + 1).find(({ on }) => !on)?.at ?? null;
}

function overlaps({ at }: Point, until: number | null, { window }: HdfsScope): boolean {
  if (window === null) return until === null;
  return at <= window.to + HDFS_THRESHOLDS.afterWindowMs && (until === null || until >= window.from);
}

function inSafeMode({ facts }: HdfsCase, points: readonly Point[], first: number): Finding {
  const until = endOf(points, first);
  const all = points.slice(first).filter(({ on, at }) => on && (until === null || at < until));
  const [begin] = all as [Point];
  const why = all.find((point) => point.why !== 'unknown')?.why ?? 'unknown';
  const caller = facts.events.findLast(
    (event): event is Extract<HdfsEvent, { kind: 'safe_mode_call' }> =>
      event.kind === 'safe_mode_call' && event.enter && event.at !== null && event.at <= begin.at + 60_000,
  );
  const look = facts.nameNodes.find(({ safeModeCallers, at }) => safeModeCallers.length > 0 && at >= begin.at - 60_000);
  const user = why === 'manual' ? (caller?.user ?? onlyOne(look)) : undefined;
  const low = facts.events.findLast((event) => event.kind === 'low_on_disk');
  const evidence = [
    ...all.slice(0, 2).map((point) => point.evidence),
    ...(user === undefined
      ? []
      : caller
        ? [evidenceOf(caller)]
        : look?.evidence.callers
          ? [look.evidence.callers]
          : []),
    ...(why === 'low_resources' && low ? [evidenceOf(low)] : []),
  ];
  const words = wordsOf(why, user, caller?.fromAddress ?? null);
  return hdfsFinding({
    rule: hdfsSafeMode.id,
    code: 'storage.hdfs_safemode',
    statement: {
      en: `The NameNode was in safe mode${words.en}: it refused every change of the file system`,
      zh: `NameNode 处于安全模式${words.zh}：拒绝对文件系统的任何修改`,
    },
    at: begin.at,
    until,
    evidence,
    values: { reason: why, ...(user === undefined ? {} : { enteredBy: user }) },
    refutes: [
      {
        code: 'security.permission_denied',
        why: {
          en: 'in safe mode the NameNode refuses every change, whoever asks for it',
          zh: '安全模式下 NameNode 拒绝任何修改，与用户权限无关',
        },
      },
    ],
  });
}

/** The count of calls covers 25 minutes: only when one user called is it him. */
function onlyOne(look: NameNodeSample | undefined): string | undefined {
  return look?.safeModeCallers.length === 1 ? look.safeModeCallers[0] : undefined;
}

function wordsOf(why: SafeModeReason, user: string | undefined, from: string | null): Bilingual {
  if (why === 'manual') {
    const who = user === undefined ? null : `${user}${from === null ? '' : `@${from}`}`;
    return who === null
      ? { en: ', turned on by hand', zh: '，由人工开启' }
      : { en: `, turned on by hand by ${who}`, zh: `，由 ${who} 手动开启` };
  }
  if (why === 'low_resources') {
    return {
      en: ', entered by itself because the disk of its metadata is nearly full',
      zh: '，因元数据所在磁盘空间不足而自动进入',
    };
  }
  if (why === 'datanodes_not_reported') {
    return { en: ', waiting for enough DataNodes to report', zh: '，在等待足够的 DataNode 上报' };
  }
  return why === 'blocks_not_reported'
    ? { en: ', waiting after its start for enough blocks to be reported', zh: '，启动后在等待足够的数据块上报' }
    : { en: '', zh: '' };
}

function notInSafeMode({ at, evidence }: Point): Finding {
  return hdfsFinding({
    rule: hdfsSafeMode.id,
    echo: true,
    weight: 0,
    statement: { en: 'The NameNode was not in safe mode in that time', zh: '该时段 NameNode 不在安全模式' },
    at,
    evidence: [evidence],
    refutes: [
      {
        code: 'storage.hdfs_safemode',
        why: { en: 'the NameNode itself says that it was not in safe mode', zh: 'NameNode 自身状态显示不在安全模式' },
      },
    ],
  });
}

function evidenceOf({ record }: HdfsEvent): Evidence {
  return { ...record.quote, area: 'storage', provenance: record.provenance, at: record.at };
}
