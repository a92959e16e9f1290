import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Finding } from '../../evidence/finding.ts';
import type { Rule } from '../../evidence/rule.ts';
import { bytes } from '../../evidence/spoken-figures.ts';
import type { GroupFacts, GroupSample } from '../../host/cgroup-facts.ts';
import type { HostMemoryFacts } from '../../host/host-memory-facts.ts';
import type { Reading } from '../../host/readings.ts';
import { type Interval, intervalsOf, riseOf, timedSpan } from '../group-intervals.ts';
import {
  anonOf,
  highEventsOf,
  limitHitsOf,
  limitOf,
  newest,
  newestReading,
  oomKillsOf,
  refaultsOf,
  usageOf,
} from '../group-values.ts';
import { hostGroupKeys, readingEvidence, shortGroup } from '../memory-finding.ts';
import { MEMORY_THRESHOLDS } from '../thresholds.ts';

/**
 * A group at its limit whose tasks must reclaim for themselves at every allocation: the limit is hit again and again while
 * thrown-out file pages are read back, and nobody is killed. Usage at the limit alone is healthy (page cache fills what
 * there is), and limit hits without refaults are one streaming read.
 */
export const directReclaim: Rule<HostMemoryFacts> = {
  id: 'memory/direct-reclaim',
  area: 'memory',
  codes: ['kernel.direct_reclaim'],
  apply(facts) {
    return facts.groups.flatMap((group) => judgeGroup(facts, group));
  },
};

function judgeGroup(facts: HostMemoryFacts, group: GroupFacts): Finding[] {
  if (group.samples.length === 0) return [];
  const high = highEvents(group);
  if (high) return [highFinding(facts, group, high)];
  const thrash = worstThrash(group);
  if (thrash) return [thrashFinding(facts, group, thrash)];
  const stalled = stalledSample(group);
  if (stalled) return [stallFinding(facts, group, stalled)];
  return lifetimeFinding(facts, group);
}

interface Thrash {
  interval: Interval;
  hits: { rise: number; before: Reading; after: Reading };
  refaults: { rise: number; before: Reading; after: Reading };
  usage: Reading;
  limit: Reading;
  killed: boolean;
}

/** The whole timed span when it qualifies, else the worst single interval. */
function worstThrash(group: GroupFacts): Thrash | null {
  const span = timedSpan(group);
  const whole = span ? thrashIn(span) : null;
  if (whole) return whole;
  const found = intervalsOf(group).flatMap((interval) => thrashIn(interval) ?? []);
  return found.toSorted((a, b) => b.refaults.rise - a.refaults.rise)[0] ?? null;
}

function thrashIn(interval: Interval): Thrash | null {
  const { limitHitsPerSecond, refaultsPerSecond, atLimitShare } = MEMORY_THRESHOLDS;
  const [hits, refaults] = [riseOf(interval, limitHitsOf), riseOf(interval, refaultsOf)];
  const [usage, limit] = [usageOf(interval.after.readings), limitOf(interval.after.readings)];
  if (!hits || !refaults || !usage || !limit || interval.seconds === null) return null;
  if (usage.value < limit.value * atLimitShare) return null;
  if (hits.rise / interval.seconds < limitHitsPerSecond) return null;
  if (refaults.rise / interval.seconds < refaultsPerSecond) return null;
  const kills = riseOf(interval, oomKillsOf);
  return { interval, hits, refaults, usage, limit, killed: (kills?.rise ?? 0) > 0 };
}

function thrashFinding(facts: HostMemoryFacts, group: GroupFacts, thrash: Thrash): Finding {
  const { interval, hits, refaults, usage, limit } = thrash;
  const seconds = Math.round(interval.seconds ?? 0);
  const rereadBytes = refaults.rise * 4096;
  const anon = anonOf(interval.after.readings);
  // With little memory of the processes' own, what is taken is clean cache: cheap, and seldom a stall.
  const cheap = anon !== null && anon.value < limit.value * MEMORY_THRESHOLDS.anonShareOfStall;
  const sure = !thrash.killed && !cheap;
  return {
    ...frame(facts, group, interval.after),
    kind: sure ? 'observed' : 'inferred',
    statement: {
      en: `Group ${shortGroup(group.path)} stood at its limit of ${bytes(limit.value)} and hit it ${hits.rise} times in ${seconds} s; ${bytes(rereadBytes)} of file pages that had been thrown out were read again: every allocation waits for reclaim${anonWords(anon, limit).en}`,
      zh: `cgroup ${shortGroup(group.path)} 一直贴着上限 ${bytes(limit.value)}，${seconds} 秒内触限 ${hits.rise} 次；被回收的文件页又重新读入 ${bytes(rereadBytes)}：每次分配都要等待回收${anonWords(anon, limit).zh}`,
    },
    at: interval.before.at,
    until: interval.after.at,
    evidence: readingEvidence(
      [hits.before, refaults.before, limit, usage, anon, refaults.after, hits.after],
      interval.after.at,
    ),
    weight: sure ? 0.6 : 0.3,
    values: {
      limitBytes: limit.value,
      usageBytes: usage.value,
      limitHits: hits.rise,
      refaultedPages: refaults.rise,
      refaultedBytes: rereadBytes,
      seconds,
      ...(anon ? { anonBytes: anon.value, cacheRoomBytes: Math.max(0, limit.value - anon.value) } : {}),
    },
  };
}

function anonWords(anon: Reading | null, limit: Reading): Bilingual {
  if (!anon || !Number.isFinite(limit.value)) return { en: '', zh: '' };
  const [used, room] = [bytes(anon.value), bytes(Math.max(0, limit.value - anon.value))];
  return {
    en: ` (${used} are the processes' own memory, which leaves ${room} for the page cache)`,
    zh: `（其中 ${used} 是进程自身内存，只给页缓存留下 ${room}）`,
  };
}

interface Stalled {
  sample: GroupSample;
  full: Reading;
}

/** By the group's own pressure figures all its tasks stood still for memory (C2); the machine's figures do not count here. */
function stalledSample(group: GroupFacts): Stalled | null {
  for (const sample of group.samples.toReversed()) {
    const full = sample.readings.get('memory.pressure:full avg10');
    const limit = limitOf(sample.readings);
    const usage = usageOf(sample.readings);
    const room = limit && usage && usage.value < limit.value * MEMORY_THRESHOLDS.atLimitShare;
    if (full && full.value >= MEMORY_THRESHOLDS.pressureFullPercent && !room && group.path !== '/')
      return { sample, full };
  }
  return null;
}

function stallFinding(facts: HostMemoryFacts, group: GroupFacts, { sample, full }: Stalled): Finding {
  const percent = Math.round(full.value);
  const rising = intervalsOf(group).some((interval) => (riseOf(interval, refaultsOf)?.rise ?? 0) > 0);
  const killed = (newestReading(group, oomKillsOf)?.value ?? 0) > 0;
  return {
    ...frame(facts, group, sample),
    kind: rising && !killed ? 'observed' : 'inferred',
    statement: {
      en: `All tasks of group ${shortGroup(group.path)} stood still for memory ${percent} % of ten seconds${rising ? ', while thrown-out pages were read again' : ''}`,
      zh: `cgroup ${shortGroup(group.path)} 的全部任务在 10 秒内有 ${percent}% 的时间因内存停顿${rising ? '，同时被回收的页又被重新读入' : ''}`,
    },
    evidence: readingEvidence(
      [usageOf(sample.readings), limitOf(sample.readings), refaultsOf(sample.readings), full],
      sample.at,
    ),
    weight: rising && !killed ? 0.6 : 0.4,
    values: { fullPercent: percent, seconds: 10 },
  };
}

interface High {
  interval: Interval;
  events: { rise: number; before: Reading; after: Reading };
  perSecond: number;
}

/** `memory.high` slows the group down by making it reclaim; there is no kill and no kernel line. */
function highEvents(group: GroupFacts): High | null {
  const spans = [timedSpan(group), ...intervalsOf(group)].filter((interval): interval is Interval => interval !== null);
  for (const interval of spans) {
    const events = riseOf(interval, highEventsOf);
    if (!events || interval.seconds === null) continue;
    const perSecond = events.rise / interval.seconds;
    if (perSecond >= MEMORY_THRESHOLDS.highEventsPerSecond) return { interval, events, perSecond };
  }
  return null;
}

function highFinding(facts: HostMemoryFacts, group: GroupFacts, high: High): Finding {
  const { interval, events } = high;
  const seconds = Math.round(interval.seconds ?? 0);
  const mark = newestReading(group, (readings) => readings.get('memory.high') ?? null);
  const usage = usageOf(interval.after.readings);
  const at = mark && Number.isFinite(mark.value) ? bytes(mark.value) : null;
  return {
    ...frame(facts, group, interval.after),
    kind: 'observed',
    statement: {
      en: `Group ${shortGroup(group.path)} was slowed down by memory.high${at ? ` (${at})` : ''} ${events.rise} times in ${seconds} s, without a kill`,
      zh: `cgroup ${shortGroup(group.path)} 在 ${seconds} 秒内被 memory.high${at ? `（${at}）` : ''} 限速 ${events.rise} 次，没有杀进程`,
    },
    at: interval.before.at,
    until: interval.after.at,
    evidence: readingEvidence([mark, usage, events.before, events.after], interval.after.at),
    weight: 0.6,
    values: {
      highEvents: events.rise,
      seconds,
      ...(mark ? { highBytes: mark.value } : {}),
      ...(usage ? { usageBytes: usage.value } : {}),
    },
  };
}

/** With one sample only the totals of the group's life are known: they suggest, they do not prove a time. */
function lifetimeFinding(facts: HostMemoryFacts, group: GroupFacts): Finding[] {
  const sample = newest(group);
  if (!sample || timedSpan(group)) return [];
  const { lifetimeLimitHits, lifetimeRefaultFactor } = MEMORY_THRESHOLDS;
  const { readings } = sample;
  const [hits, refaults, limit, kills] = [
    limitHitsOf(readings),
    refaultsOf(readings),
    limitOf(readings),
    oomKillsOf(readings),
  ];
  if (!hits || !refaults || !limit || !Number.isFinite(limit.value) || (kills?.value ?? 0) > 0) return [];
  const rereadBytes = refaults.value * 4096;
  if (hits.value < lifetimeLimitHits || rereadBytes < limit.value * lifetimeRefaultFactor) return [];
  return [
    {
      ...frame(facts, group, sample),
      kind: 'inferred',
      statement: {
        en: `In its life group ${shortGroup(group.path)} hit its limit of ${bytes(limit.value)} ${hits.value} times and read ${bytes(rereadBytes)} of thrown-out file pages again; when is not recorded`,
        zh: `cgroup ${shortGroup(group.path)} 自创建以来触及上限 ${bytes(limit.value)} 共 ${hits.value} 次，重新读入被回收的文件页 ${bytes(rereadBytes)}；发生时间没有记录`,
      },
      at: null,
      evidence: readingEvidence([limit, refaults, hits], sample.at),
      weight: 0.4,
      values: {
        limitBytes: limit.value,
        limitHits: hits.value,
        refaultedPages: refaults.value,
        refaultedBytes: rereadBytes,
      },
    },
  ];
}

function frame(facts: HostMemoryFacts, group: GroupFacts, sample: GroupSample) {
  return {
    area: 'memory' as const,
    rule: directReclaim.id,
    code: 'kernel.direct_reclaim' as const,
    symptom: 'slow' as const,
    keys: hostGroupKeys(facts, group.path),
    at: sample.at,
    count: 1,
  };
}
