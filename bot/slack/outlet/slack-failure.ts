import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';

/**
 * How a call to Slack failed.
 * - `limited`: not carried out, to be tried again after a time;
 * - `unreached`: it never got there;
 * - `unsure`: the answer was lost or says that Slack broke down midway: it may have been carried out;
 * - `refused`: Slack says no, by its own error name; `about` are Slack's remarks with it (`response_metadata.messages`), not to be logged.
 */
export type SlackFailure =
  | { kind: 'limited'; retryAfterMs: number }
  | { kind: 'unreached' }
  | { kind: 'unsure' }
  | { kind: 'refused'; code: string; about: string };

/** Errors of Slack's answer that mean "come back later", where the status is not 429 (docs.slack.dev, chat.postMessage). */
const LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);
/** "It's possible some aspect of the operation succeeded before the error was raised" (docs.slack.dev, errors common to all methods). */
const BROKEN_DOWN = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
/** Where Slack does not say how long to wait. */
const DEFAULT_RETRY_AFTER_MS = 5000;

/** Reads an error that a `WebClient` threw (one that does not retry by itself and rejects rate-limited calls). */
export function readSlackFailure(error: unknown): SlackFailure {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof WebAPIPlatformError) return ofAnswer(error);
  if (error instanceof WebAPIHTTPError) {
    if (error.statusCode === 429) return { kind: 'limited', retryAfterMs: DEFAULT_RETRY_AFTER_MS };
    if (error.statusCode >= 500 || error.statusCode === 408) return { kind: 'unsure' };
    return { kind: 'refused', code: `http_${error.statusCode}`, about: '' };
  }
  if (error instanceof WebAPIRequestError && NEVER_CONNECTED.has(causeCode(error.original))) {
    return { kind: 'unreached' };
  }
  // What the client throws for a 429 without a usable Retry-After is a plain error.
  if (error instanceof Error && error.message.startsWith('Retry header did not contain')) {
    return { kind: 'limited', retryAfterMs: DEFAULT_RETRY_AFTER_MS };
  }
  return { kind: 'unsure' };
}

function ofAnswer(error: WebAPIPlatformError): SlackFailure {
  const code = error.data.error;
  if (LIMITED.has(code)) {
    const seconds = error.data.response_metadata?.retryAfter;
    return { kind: 'limited', retryAfterMs: seconds === undefined ? DEFAULT_RETRY_AFTER_MS : seconds * 1000 };
  }
  // An answer that is no JSON (a proxy's page) comes through as the error's name.
  if (typeof code !== 'string' || BROKEN_DOWN.has(code) || !/^[a-z][a-z0-9_.]{1,80}$/.test(code)) {
    return { kind: 'unsure' };
  }
  const messages: unknown = error.data.response_metadata?.messages;
  const about = Array.isArray(messages) ? messages.filter((each) => typeof each === 'string').join('\n') : '';
  return { kind: 'refused', code, about: about.slice(0, 4000) };
}

function causeCode(error: Error): string {
  const cause = error.cause as { code?: unknown; errors?: { code?: unknown }[] } | undefined;
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  return typeof code === 'string' ? code : '';
}
