import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../../bot/slack/fake-slack/wire/deliveries.ts';
import type { ApiCall } from '../../../bot/slack/fake-slack/world.ts';
import { percentile, waitTimes } from './wait-times.ts';

const SAID = { channel: 'C1', ts: '1.000001', key: 'message:T1:C1:1.000001' };
const SENT = { ts: '1.000001', atMs: 1_000 } as Delivery;

function call(method: string, atMs: number, key: string | null, more: Partial<ApiCall> = {}): ApiCall {
  const metadata = key === null ? {} : { metadata: JSON.stringify({ event_payload: { key } }) };
  const args = { channel: 'C1', thread_ts: '1.000001', ...metadata };
  return { method, args, atMs, tookMs: 5, status: 200, error: null, fault: null, ...more };
}

describe('waits read at the wire', () => {
  it('are counted from the event to the first message, the answer, and its last change', () => {
    const calls = [
      call('assistant.threads.setStatus', 1_100, null),
      call('chat.postMessage', 1_500, `progress/${SAID.key}`, { status: 429, error: 'ratelimited' }),
      call('chat.postMessage', 2_000, `progress/${SAID.key}`),
      call('chat.postMessage', 3_000, `answer/${SAID.key}`),
      call('chat.update', 4_000, `answer/${SAID.key}`),
      call('chat.postMessage', 1_200, 'answer/another'),
    ];
    expect(waitTimes([SAID], calls, [{ ...SENT, atMs: 1_050 }, SENT])).toEqual([
      { firstMs: 1_005, finalMs: 2_005, completeMs: 3_005 },
    ]);
  });

  it('begin with a stream where one is shown, and are open where nothing came', () => {
    const calls = [call('chat.startStream', 1_700, null), call('chat.stopStream', 2_500, `answer/${SAID.key}`)];
    expect(waitTimes([SAID], calls, [SENT])[0]).toMatchObject({ firstMs: 705, finalMs: 1_505 });
    expect(waitTimes([{ ...SAID, channel: 'C2', key: 'other' }], calls, [SENT])).toEqual([
      { firstMs: null, finalMs: null, completeMs: null },
    ]);
  });

  it('have percentiles in which what never came counts as endless', () => {
    const values = Array.from({ length: 20 }, (_, at) => at + 1);
    expect(percentile(values, 50)).toBe(10);
    expect(percentile(values, 95)).toBe(19);
    expect(percentile([...values.slice(2), null, null], 95)).toBe(Number.POSITIVE_INFINITY);
  });
});
