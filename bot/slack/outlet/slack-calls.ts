import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import { type Allowance, type CallBudget, type Clock, callBudget, type Priority } from './call-budget.ts';
import type { OutletLog } from './outlet-log.ts';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';
import { refusalOf, UnsureOutcome } from './slack-refusal.ts';

/** One call of a method of Slack's Web API. */
export interface SlackCall {
  method: string;
  args: Record<string, unknown>;
  /** Workspace, `T…`: limits are counted for each. */
  team: string;
  priority: Priority;
  signal: AbortSignal;
}

/** What Slack answered, as it came: fields are checked where they are read. */
export interface SlackAnswer {
  readonly [field: string]: unknown;
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** Calls that wait out limits and failures. */
export interface SlackCalls {
  /**
   * Carries out a call whose repetition does no harm: waits out limits, lost answers and breakdowns until the signal ends.
   *
   * @throws SlackRefusal, CannotPost, or the signal's reason
   */
  repeat(call: SlackCall): Promise<SlackAnswer>;
  /**
   * Carries out a call that must not be repeated blindly: waits out limits and connections that never came about.
   *
   * @throws UnsureOutcome when the answer was lost; SlackRefusal, CannotPost, or the signal's reason
   */
  once(call: SlackCall): Promise<SlackAnswer>;
  /** One attempt, made only if there is a turn right now; whether it was carried out. Never throws. */
  now(call: Omit<SlackCall, 'priority'>): Promise<'done' | 'dropped' | SlackFailure>;
  /** Waits before the next attempt: exponential from half a second to 30 s, with jitter. */
  backOff(attempt: number, signal: AbortSignal): Promise<void>;
  clock: Clock;
}

const TIER_2: Allowance = { atOnce: 20, perMinute: 20 };
const TIER_3: Allowance = { atOnce: 50, perMinute: 50 };
const TIER_4: Allowance = { atOnce: 100, perMinute: 100 };
/** "One message per second per channel", "short bursts of more than 1 allowed" (docs.slack.dev, rate limits). */
const POSTING: Allowance = { atOnce: 5, perMinute: 60 };
/** Tiers as Slack lists them with each method; what is not listed here counts as tier 3. */
const ALLOWANCES: Readonly<Record<string, Allowance>> = {
  'chat.postMessage': POSTING,
  'chat.postEphemeral': TIER_4,
  'chat.update': TIER_3,
  'chat.startStream': TIER_2,
  'chat.appendStream': TIER_4,
  'chat.stopStream': TIER_2,
  'files.getUploadURLExternal': TIER_4,
  'files.completeUploadExternal': TIER_4,
  'assistant.threads.setStatus': { atOnce: 100, perMinute: 600 },
};

/** A wait on the machine's clock. */
export const machineClock: Clock = {
  now: Date.now,
  wait: async (ms, signal) => {
    await sleep(ms, undefined, signal ? { signal } : {});
  },
};

/**
 * Calls through a client that neither retries nor waits by itself (`webClientOptions` of `web-client-options.ts`): its own way of waiting
 * out a 429 stops every other call.
 */
export function slackCalls(client: WebClient, log: OutletLog, clock: Clock = machineClock): SlackCalls {
  const budget: CallBudget = callBudget(clock);
  const backOff = async (attempt: number, signal: AbortSignal) => {
    const longest = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10));
    await clock.wait(longest * (0.5 + Math.random() / 2), signal);
  };

  const attempt = async (call: SlackCall): Promise<{ answer: SlackAnswer } | SlackFailure> => {
    const bucket = bucketOf(call);
    const allowance = ALLOWANCES[call.method] ?? TIER_3;
    for (;;) {
      await budget.turn(bucket, allowance, call.priority, call.signal);
      try {
        return { answer: (await client.apiCall(call.method, call.args)) as unknown as SlackAnswer };
      } catch (error) {
        const failure = readSlackFailure(error);
        if (failure.kind !== 'limited') return failure;
        log.info({ method: call.method, retryAfterMs: failure.retryAfterMs }, 'Slack asks to wait');
        budget.hold(bucket, allowance, failure.retryAfterMs);
      }
    }
  };

  const carryOut = async (call: SlackCall, again: (kind: SlackFailure['kind']) => boolean) => {
    for (let tried = 0; ; tried += 1) {
      const failure = await attempt(call);
      if ('answer' in failure) return failure.answer;
      if (failure.kind === 'refused') throw refusalOf(call.method, failure.code, failure.about);
      log.warn({ method: call.method, tried: tried + 1, outcome: failure.kind }, 'a call to Slack failed');
      if (!again(failure.kind)) throw new UnsureOutcome(call.method);
      await backOff(tried, call.signal);
    }
  };

  return {
    repeat: async (call) => await carryOut(call, () => true),
    once: async (call) => await carryOut(call, (kind) => kind === 'unreached'),
    now: async (call) => {
      const allowance = ALLOWANCES[call.method] ?? TIER_3;
      const bucket = bucketOf(call);
      if (call.signal.aborted || !budget.tryTurn(bucket, allowance)) return 'dropped';
      try {
        await client.apiCall(call.method, call.args);
        return 'done';
      } catch (error) {
        const failure = readSlackFailure(error);
        if (failure.kind === 'limited') budget.hold(bucket, allowance, failure.retryAfterMs);
        return failure;
      }
    },
    backOff,
    clock,
  };
}

/** Posting is counted for each channel, everything else for each workspace. */
function bucketOf({ method, team, args }: Pick<SlackCall, 'method' | 'team' | 'args'>): string {
  return method === 'chat.postMessage' ? `${team} ${method} ${String(args.channel)}` : `${team} ${method}`;
}
