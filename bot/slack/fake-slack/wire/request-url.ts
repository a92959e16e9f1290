import { createHmac } from 'node:crypto';
import type { Transport } from './deliveries.ts';

/**
 * Signs a body as docs.slack.dev/authentication/verifying-requests-from-slack tells it: `v0=` and the HMAC-SHA256 of `v0:seconds:body`.
 */
export function sign(secret: string, timestampSeconds: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestampSeconds}:${body}`).digest('hex')}`;
}

/** Headers of a signed request. */
export function signedHeaders(secret: string, body: string): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1000);
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': sign(secret, seconds, body) };
}

/** Sends to a request URL: events as JSON, interactions and commands as forms. */
export function requestUrl(url: () => string | null, secret: string): Transport {
  return {
    async attempt(kind, payload, retry, timeoutMs) {
      const to = url();
      if (to === null) return { ok: false, reason: 'connection_failed' };
      const body =
        kind === 'events_api'
          ? JSON.stringify(payload)
          : kind === 'interactive'
            ? new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
            : new URLSearchParams(payload as Record<string, string>).toString();
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const response = await fetch(to, {
          method: 'POST',
          body,
          signal,
          redirect: 'manual',
          headers: {
            ...signedHeaders(secret, body),
            'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
            'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
            ...(retry.number > 0
              ? { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }
              : {}),
          },
        });
        const text = await response.text();
        if (response.status < 200 || response.status > 299) {
          return { ok: false, reason: 'http_error', noRetry: response.headers.get('x-slack-no-retry') === '1' };
        }
        return { ok: true, payload: readAnswer(text) };
      } catch {
        return { ok: false, reason: signal.aborted ? 'http_timeout' : 'connection_failed' };
      }
    },
  };
}

/** What an acknowledgement says: JSON, or plain text that is shown to the person. */
function readAnswer(text: string): Record<string, unknown> {
  if (text === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed !== null && typeof parsed === 'object' ? { ...parsed } : { text };
  } catch {
    return { text };
  }
}
