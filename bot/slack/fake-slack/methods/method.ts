import { SlackError } from '../slack-error.ts';
import type { Deliveries } from '../wire/deliveries.ts';
import type { World } from '../world.ts';

/** What a method is given: decoded fields of the form or the JSON body. */
export interface MethodCall {
  world: World;
  args: Readonly<Record<string, unknown>>;
  deliveries: Deliveries;
}

/** Kinds of token that exist here. */
export type TokenKind = 'app' | 'bot';

/** One method of the Web API. */
export interface Method {
  name: string;
  token: TokenKind;
  /** What the token must have; of an inner list one is enough. */
  scopes: readonly (string | readonly string[])[];
  /** Calls a minute: 1, 20, 50, 100 by Slack's tiers; `special`: its own rule (docs.slack.dev/apis/web-api/rate-limits). */
  tier: 1 | 2 | 3 | 4 | 'special';
  run(call: MethodCall): Record<string, unknown> | Promise<Record<string, unknown>>;
}

/** A text field; empty where it is missing. */
export function text(args: MethodCall['args'], name: string): string {
  const value = args[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : String(value);
}

/** A text field that has to be there. */
export function needed(args: MethodCall['args'], name: string, error = 'invalid_arguments'): string {
  const value = text(args, name);
  if (value === '')
    throw new SlackError(error, {
      response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
    });
  return value;
}

/** A truth value as forms write it. */
export function flag(args: MethodCall['args'], name: string): boolean {
  const value = args[name];
  return value === true || value === 'true' || value === '1' || value === 1;
}

/** A field that holds JSON; undefined where it is missing. */
export function json(args: MethodCall['args'], name: string, error: string): unknown {
  const value = args[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw new SlackError(error);
  }
}
