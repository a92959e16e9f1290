import type { Quote } from '../evidence/quote.ts';
import { identifyGroup } from '../host/cgroup-path.ts';
import type { HostMemoryFacts } from '../host/host-memory-facts.ts';
import type { OomKill } from '../host/kernel-facts.ts';
import { quoteReading } from '../host/readings.ts';
import { scopeOf } from './kill-scope.ts';
import { MEMORY_THRESHOLDS } from './thresholds.ts';

/** One process the killer could have taken. */
export interface Candidate {
  pid: number;
  comm: string;
  bytes: number;
  adj: number;
  quote: Quote | null;
}

/** How the victim of a kill came to be chosen. */
export interface VictimChoice {
  victim: Candidate;
  /** The other candidates, the largest first. */
  others: Candidate[];
  /** Whom memory alone would have chosen (exempt processes left out). */
  byMemoryAlone: Candidate;
  /** Distinct adjustments among the candidates, ascending. */
  tiers: number[];
  /** True when the scores changed the choice, or decided between holders of nearly the same size. */
  scoresDecided: boolean;
  /** True when the victim held little beside what others held, and only its score made it the victim. */
  smallVictim: boolean;
  /** The largest holder, when it is exempt and holds much. */
  protectedHolder: Candidate | null;
  /** True when the scores are those Kubernetes gives by quality of service. */
  byKubernetes: boolean;
}

/** An exempt process. */
const EXEMPT_ADJ = -1000;
/** What the kubelet gives the sandbox (pause) of every pod (pkg/kubelet/qos/policy.go). */
const PAUSE_ADJ = -998;

/**
 * Plays the choice again as mm/oom_kill.c does: memory, swap and page tables in pages plus the adjustment in thousandths of
 * the memory at hand. `null` when the candidates are not known.
 */
export function victimChoice(kill: OomKill, facts: HostMemoryFacts): VictimChoice | null {
  const candidates = candidatesOf(kill, facts);
  const victim = candidates.find((candidate) => candidate.pid === kill.pid);
  const others = candidates.filter((candidate) => candidate.pid !== kill.pid).sort((a, b) => b.bytes - a.bytes);
  const killable = candidates.filter((candidate) => candidate.adj > EXEMPT_ADJ);
  const [firstKillable, largest] = [killable[0], others[0]];
  if (!victim || !firstKillable || !largest) return null;
  const memory = memoryAtHand(kill, candidates);
  const byMemoryAlone = killable.reduce((best, next) => (next.bytes > best.bytes ? next : best), firstKillable);
  const points = (candidate: Candidate) => candidate.bytes + (candidate.adj / 1000) * memory;
  const byScores = killable.reduce((best, next) => (points(next) > points(best) ? next : best), firstKillable);
  const tiers = [...new Set(candidates.map((candidate) => candidate.adj))].sort((a, b) => a - b);
  const { nearTieShare, smallVictimShare, protectedAdj, protectedHolderShare } = MEMORY_THRESHOLDS;
  const lowerRival = others.find((other) => other.adj < victim.adj);
  const nearTie = lowerRival !== undefined && lowerRival.bytes >= victim.bytes * nearTieShare;
  const total = candidates.reduce((sum, candidate) => sum + candidate.bytes, 0);
  const changed = byMemoryAlone.pid !== victim.pid && byScores.pid === victim.pid;
  return {
    victim,
    others,
    byMemoryAlone,
    tiers,
    scoresDecided: tiers.length > 1 && (changed || nearTie),
    smallVictim: victim.bytes < largest.bytes * smallVictimShare,
    protectedHolder: largest.adj <= protectedAdj && largest.bytes >= total * protectedHolderShare ? largest : null,
    byKubernetes: isKubernetes(kill, facts) && !mixesClassesInOnePod(kill, facts, tiers),
  };
}

/** Rows of the dump; without a dump, the processes of the full group that the host's files show. */
function candidatesOf(kill: OomKill, facts: HostMemoryFacts): Candidate[] {
  const rows = (kill.report?.tasks ?? []).map((task) => ({
    pid: task.pid,
    comm: task.comm,
    bytes: task.rssBytes + task.swapBytes + task.pgtablesBytes,
    adj: task.oomScoreAdj,
    quote: task.quote,
  }));
  if (rows.some((row) => row.pid === kill.pid)) return rows;
  const scope = scopeOf(kill, facts);
  const before = facts.processes.filter((process) => process.at === null || kill.at === null || process.at <= kill.at);
  return before.flatMap((process): Candidate[] => {
    const rss = process.status.get('VmRSS');
    if (!process.oomScoreAdj || !rss) return [];
    if (scope.fullGroup !== null && !process.memoryGroup?.startsWith(scope.fullGroup)) return [];
    const bytes = process.pid === kill.pid ? (kill.anonRssBytes ?? rss.value) : rss.value;
    const adj = process.oomScoreAdj.value;
    return [{ pid: process.pid, comm: process.comm ?? '', bytes, adj, quote: quoteReading(process.oomScoreAdj) }];
  });
}

/** The size that a thousandth of adjustment is taken of: the group's limit, or RAM and swap of the host. */
function memoryAtHand(kill: OomKill, candidates: readonly Candidate[]): number {
  const limit = kill.globalOom ? null : kill.report?.memory?.limitBytes;
  if (limit) return limit;
  const ram = (kill.report?.ramPages ?? 0) * (kill.report?.pageBytes ?? 4096) + (kill.report?.swapTotalBytes ?? 0);
  return ram > 0 ? ram : candidates.reduce((sum, candidate) => sum + candidate.bytes, 0);
}

/** The kubelet gives the containers of one pod the scores of one class: none below zero beside one above (its own -997, then 2 to 1000). */
function mixesClassesInOnePod(kill: OomKill, facts: HostMemoryFacts, tiers: readonly number[]): boolean {
  const { fullGroup } = scopeOf(kill, facts);
  if (fullGroup === null || identifyGroup(fullGroup).kind !== 'pod') return false;
  return tiers.some((adj) => adj < 0 && adj !== PAUSE_ADJ) && tiers.some((adj) => adj > 0);
}

function isKubernetes(kill: OomKill, facts: HostMemoryFacts): boolean {
  const group = scopeOf(kill, facts).victimGroup;
  if (group === null) return false;
  const { kind } = identifyGroup(group);
  return kind === 'kubernetes_container' || kind === 'pod' || kind === 'kubernetes_slice';
}
