import type { Method } from './methods/method.ts';

/** docs.slack.dev/apis/web-api/rate-limits: calls a minute by tier, bursts tolerated. */
const PER_MINUTE = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
/** The same page: one message a second for each channel, short bursts tolerated. How long a burst may be it does not say. */
const POST_PER_SECOND = 1;
const POST_BURST = 5;
/** A tier lets the calls of this many seconds through at once, and never fewer than ten. Slack does not tell its figures. */
const BURST_SECONDS = 15;
const LEAST_BURST = 10;

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Counts calls against Slack's limits; seconds to wait, or 0 when the call may pass. */
export type RateLimits = (method: Method, args: Readonly<Record<string, unknown>>) => number;

/** Token buckets: one for each method, for posts one for each channel. */
export function rateLimits(): RateLimits {
  const buckets = new Map<string, Bucket>();

  return (method, args) => {
    const posts = method.name === 'chat.postMessage';
    if (method.tier === 'special' && !posts) return 0;
    const perSecond = method.tier === 'special' ? POST_PER_SECOND : PER_MINUTE[method.tier] / 60;
    const size = method.tier === 'special' ? POST_BURST : Math.max(LEAST_BURST, perSecond * BURST_SECONDS);
    const key = method.tier === 'special' ? `post ${String(args.channel ?? '')}` : method.name;
    const now = performance.now();
    const bucket = buckets.get(key) ?? { tokens: size, atMs: now };
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.atMs) / 1000) * perSecond);
    bucket.atMs = now;
    buckets.set(key, bucket);
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return 0;
  };
}
