import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebClient } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { readSlackFailure, type SlackFailure } from './slack-failure.ts';
import { webClientOptions } from './web-client-options.ts';

/** What the real client throws for this answer, as it is read. */
async function failureOf(status: number, body: string, headers: Record<string, string> = {}): Promise<SlackFailure> {
  const server = createServer((_request, response) => response.writeHead(status, headers).end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`;
  try {
    await new WebClient('xoxb-1', webClientOptions(apiUrl)).apiCall('chat.postMessage', { text: 'x' });
    throw new Error('the call did not fail');
  } catch (error) {
    return readSlackFailure(error);
  } finally {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

describe('readSlackFailure', () => {
  it.each([
    [429, '', { 'retry-after': '7' }, { kind: 'limited', retryAfterMs: 7000 }],
    [429, '', {}, { kind: 'limited', retryAfterMs: 5000 }],
    [200, '{"ok":false,"error":"ratelimited"}', { 'retry-after': '3' }, { kind: 'limited', retryAfterMs: 3000 }],
    [503, 'upstream', {}, { kind: 'unsure' }],
    [200, '<html>a proxy says hello</html>', {}, { kind: 'unsure' }],
    [200, '{"ok":false,"error":"internal_error"}', {}, { kind: 'unsure' }],
    [200, '{"ok":fal', {}, { kind: 'unsure' }],
    [403, 'no', {}, { kind: 'refused', code: 'http_403', about: '' }],
    [200, '{"ok":false,"error":"not_in_channel"}', {}, { kind: 'refused', code: 'not_in_channel', about: '' }],
  ] as const)('%i %s', async (status, body, headers, failure) => {
    expect(await failureOf(status, body, headers)).toEqual(failure);
  });

  it('knows a call that never got there', async () => {
    // Nothing listens there: below 1024, and assigned to nobody.
    const closed = new WebClient('xoxb-1', webClientOptions('http://127.0.0.1:4/api/'));
    expect(readSlackFailure(await closed.apiCall('chat.postMessage').catch((thrown: unknown) => thrown))).toEqual({
      kind: 'unreached',
    });
  });
});
