import { parseResources } from './parse-yarn-sizes.ts';
import type { Resources } from './resources.ts';

/** What holds an application back, as the scheduler's diagnostics say. */
export interface HoldBack {
  kind:
    | 'am_limit'
    | 'user_am_limit'
    | 'user_limit'
    | 'queue_max'
    | 'queue_stopped'
    | 'reserved'
    | 'starting'
    | 'unknown';
  /** The ApplicationMaster's size, the limit it meets and what is used of it; `null` where not printed. */
  request: Resources | null;
  limit: Resources | null;
  used: Resources | null;
}

/**
 * Reads why an application waits out of its diagnostics: `CSAMContainerLaunchDiagnosticsConstants` (Capacity, 2.8 and later:
 * "Queue's AM resource limit exceeded", "User's AM resource limit exceeded", "User capacity has reached its maximum limit", …) and
 * `FSAppAttempt` (Fair: "exceeds maximum AM resource allowed", "exceeds current queue or its parents maximum resource allowed").
 *
 * @returns `null` when the text says nothing about waiting
 */
export function parseHoldBack(diagnostics: string): HoldBack | null {
  const text = diagnostics.slice(0, 8000);
  const request = sizeAfter(text, /AM Resource Request = |Resource request: /);
  if (/Queue's AM resource limit exceeded|exceeds maximum AM resource allowed/i.test(text)) {
    return {
      kind: 'am_limit',
      request,
      limit:
        sizeAfter(text, /Queue Resource Limit for AM = /) ??
        sizeAfter(text, /[Mm]ax(?:imum)? AM (?:share|resource)[^<]{0,60}/),
      used: sizeAfter(text, /Queue AM Resource Usage = /),
    };
  }
  if (/User's AM resource limit exceeded/i.test(text)) {
    return {
      kind: 'user_am_limit',
      request,
      limit: sizeAfter(text, /User AM Resource Limit of the queue = /),
      used: sizeAfter(text, /(?:User|Queue) AM Resource Usage = /),
    };
  }
  if (
    /exceeds current queue or its parents maximum resource allowed|Queue(?:'s)? (?:hard )?(?:capacity|limit) .{0,60}(?:max|exceed)/i.test(
      text,
    )
  ) {
    return { kind: 'queue_max', request, limit: sizeAfter(text, /Max share of queue: ?/), used: null };
  }
  if (/User capacity has reached its maximum limit/i.test(text))
    return { kind: 'user_limit', request, limit: null, used: null };
  if (/queue .{0,100} is (?:STOPPED|DRAINING)/i.test(text))
    return { kind: 'queue_stopped', request, limit: null, used: null };
  if (/cannot be reserved|reserved on node|Node(?:'s)? .{0,40}reserv/i.test(text))
    return { kind: 'reserved', request, limit: null, used: null };
  if (/AM container is launched, waiting for AM container to Register/i.test(text)) {
    return { kind: 'starting', request, limit: null, used: null };
  }
  if (/waiting for (?:AM container|resources) to be (?:allocated|assigned)|not yet activated/i.test(text)) {
    return { kind: 'unknown', request, limit: null, used: null };
  }
  return null;
}

function sizeAfter(text: string, label: RegExp): Resources | null {
  const hit = label.exec(text);
  return hit ? parseResources(text.slice(hit.index + hit[0].length, hit.index + hit[0].length + 200)) : null;
}
