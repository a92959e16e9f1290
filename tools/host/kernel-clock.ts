import type { KernelClock, Stamped } from './kernel-facts.ts';

/** A line that shows both clocks. */
interface ClockPair {
  wallMs: number;
  stampSeconds: number;
}

/** A fact whose line is known but whose time waits for the end of the log. */
interface Pending {
  fact: Stamped;
  wallMs: number | null;
  /** Writes a second time (the last of a folded run) instead of `at`. */
  write: (at: number | null) => void;
}

/** More pairs than this do not make the median better. */
const MAX_PAIRS = 4000;

/** Offsets between a log's wall clock and kernel time beyond this are a time zone, not drift. */
const QUARTER_HOUR_MS = 15 * 60_000;

/** Collects the clocks of a log's lines and turns them into times once all are seen. */
export interface ClockKeeper {
  see(wallMs: number | null, stampSeconds: number | null): void;
  later(fact: Stamped, wallMs: number | null, write?: (at: number | null) => void): void;
  /** Takes the host off every fact: the log is of one host, which its file already names. */
  dropHosts(): void;
  settle(): { clock: KernelClock; firstAt: number | null; lastAt: number | null };
}

/**
 * Kernel time is boot time plus stamp. Where a log also shows a wall clock (syslog), the difference of the two tells the
 * time zone it was written in (whole quarter hours) and the drift (the rest).
 *
 * @param btimeMs boot time by the host's own files, milliseconds since the epoch
 */
export function keepClock(btimeMs: number | undefined): ClockKeeper {
  const pairs: ClockPair[] = [];
  const pending: Pending[] = [];
  const seen = { first: null as ClockSeen | null, last: null as ClockSeen | null };
  return {
    see(wallMs, stampSeconds) {
      if (wallMs === null && stampSeconds === null) return;
      seen.first ??= { wallMs, stampSeconds };
      seen.last = { wallMs, stampSeconds };
      if (wallMs !== null && stampSeconds !== null && pairs.length < MAX_PAIRS) pairs.push({ wallMs, stampSeconds });
    },
    later(fact, wallMs, write = (at) => Object.assign(fact, { at })) {
      pending.push({ fact, wallMs, write });
    },
    dropHosts() {
      for (const { fact } of pending) fact.host = null;
    },
    settle() {
      const clock = settleClock(btimeMs, pairs);
      for (const { fact, wallMs, write } of pending) write(timeOf({ wallMs, stampSeconds: fact.stampSeconds }, clock));
      return {
        clock,
        firstAt: seen.first && timeOf(seen.first, clock),
        lastAt: seen.last && timeOf(seen.last, clock),
      };
    },
  };
}

interface ClockSeen {
  wallMs: number | null;
  stampSeconds: number | null;
}

function settleClock(btimeMs: number | undefined, pairs: readonly ClockPair[]): KernelClock {
  if (pairs.length === 0) {
    return {
      bootMs: btimeMs ?? null,
      bootFrom: btimeMs === undefined ? 'none' : 'btime',
      driftMs: null,
      zoneOffsetMs: 0,
    };
  }
  const bootByLog = median(pairs.map((pair) => pair.wallMs - pair.stampSeconds * 1000));
  if (btimeMs === undefined) return { bootMs: Math.round(bootByLog), bootFrom: 'log', driftMs: null, zoneOffsetMs: 0 };
  const difference = bootByLog - btimeMs;
  const zoneOffsetMs = Math.round(difference / QUARTER_HOUR_MS) * QUARTER_HOUR_MS;
  return { bootMs: btimeMs, bootFrom: 'btime', driftMs: Math.round(difference - zoneOffsetMs), zoneOffsetMs };
}

function timeOf(seen: ClockSeen, clock: KernelClock): number | null {
  if (seen.stampSeconds !== null && clock.bootMs !== null) {
    return Math.round(clock.bootMs + seen.stampSeconds * 1000 + (clock.driftMs ?? 0));
  }
  return seen.wallMs === null ? null : seen.wallMs - clock.zoneOffsetMs;
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
