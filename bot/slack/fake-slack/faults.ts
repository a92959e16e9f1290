/** Trouble with calls of the Web API. */
export interface Fault {
  /** `chat.postMessage`, `upload`, `download`, `response_url`, or `*`. */
  method: string;
  do:
    | { what: 'ratelimited'; retryAfterSeconds: number }
    /** An answer of the load balancer: 500, 502, 503 … */
    | { what: 'status'; status: number }
    /** `{ok: false, error}`. */
    | { what: 'refuse'; error: string }
    /** Never answers; the connection stays open. */
    | { what: 'hang' }
    /** Answers late. */
    | { what: 'slow'; ms: number }
    /** Cuts the connection before anything happens. */
    | { what: 'reset' }
    /** Does it and cuts the connection instead of answering. */
    | { what: 'lose_answer' };
  /** How many calls it meets; 1 where not given. */
  times?: number | 'always';
  /** Chance from 0 to 1 that it meets a call; 1 where not given. */
  chance?: number;
  /** Calls that pass before the first it meets. */
  after?: number;
}

/** The faults that are set. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  /** What meets this call, if anything; counts it. */
  meet(method: string): Fault['do'] | null;
}

/** Keeps faults; the first that fits a call meets it. */
export function faults(random: () => number): Faults {
  let set: { fault: Fault; left: number; pass: number }[] = [];
  return {
    add(fault) {
      set.push({
        fault,
        left: fault.times === 'always' ? Number.POSITIVE_INFINITY : (fault.times ?? 1),
        pass: fault.after ?? 0,
      });
    },
    clear() {
      set = [];
    },
    meet(method) {
      for (const one of set) {
        if (one.left <= 0 || (one.fault.method !== '*' && one.fault.method !== method)) continue;
        if (one.pass > 0) {
          one.pass -= 1;
          continue;
        }
        if (random() >= (one.fault.chance ?? 1)) continue;
        one.left -= 1;
        return one.fault.do;
      }
      return null;
    },
  };
}
