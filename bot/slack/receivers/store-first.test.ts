import { describe, expect, it, vi } from 'vitest';
import type { Incoming } from '../../cases/inbox/incoming.ts';
import { CONTEXT, command, eventBody, mention, message } from '../intake/payloads-fixture.ts';
import { readableLog } from '../slack-fixture.ts';
import { memoryInbox } from './memory-inbox-fixture.ts';
import { NotStored, type StoreFirstMeans, storeFirst } from './store-first.ts';

/** A way in whose Bolt does nothing but acknowledge. */
function wayIn(more: Partial<StoreFirstMeans> = {}) {
  const inbox = memoryInbox();
  const log = readableLog();
  const told: Incoming[] = [];
  const bolt = { processEvent: vi.fn(async () => void inbox.happened.push('acknowledged')) };
  const means = { inbox, log, context: CONTEXT, onNew: (one: Incoming) => void told.push(one), ...more };
  const { processEvent } = storeFirst(bolt, means);
  const deliver = (body: Record<string, unknown>) => processEvent({ body, ack: async () => undefined });
  return { inbox, log, told, deliver };
}

/** Seconds of now in the form of a `ts`. */
const now = (more = 0) => (Date.now() / 1000 + more).toFixed(6);

describe('storeFirst', () => {
  it('stores, then lets Bolt acknowledge; what is known is told to nobody again', async () => {
    const { inbox, told, deliver } = wayIn();
    await deliver(mention());
    await deliver(mention());
    expect(inbox.happened).toEqual(['stored mention', 'acknowledged', 'stored mention', 'acknowledged']);
    expect(told).toHaveLength(1);
  });

  it('lets through what asks nothing', async () => {
    const { inbox, deliver } = wayIn();
    await deliver(eventBody({ type: 'assistant_thread_started', assistant_thread: {} }));
    await deliver(command('help'));
    await deliver(message());
    expect(inbox.happened).toEqual(['acknowledged', 'acknowledged', 'acknowledged']);
  });

  it('keeps Bolt from acknowledging where the store fails or takes too long', async () => {
    const down = wayIn();
    down.inbox.down = true;
    await expect(down.deliver(mention())).rejects.toThrow(NotStored);
    expect(down.inbox.happened).toEqual([]);
    const slow = wayIn({ limitMs: 20 });
    slow.inbox.slowMs = 60;
    await expect(slow.deliver(mention())).rejects.toThrow(NotStored);
    expect(slow.log.lines.join()).toContain('longer than 20 ms');
    // It may be stored all the same; Slack's next delivery finds it so.
    await vi.waitFor(() => expect(slow.inbox.happened).toEqual(['stored mention']));
    slow.inbox.slowMs = 0;
    await slow.deliver(mention());
    expect(slow.inbox.happened.at(-1)).toBe('acknowledged');
    expect(slow.inbox.kept.size).toBe(1);
  });

  it('waits in a young thread for the mention that was overtaken', async () => {
    const { inbox, deliver } = wayIn({ threadMs: 500 });
    const root = now(-1);
    const said = deliver(message({ ts: now(), thread_ts: root, text: 'since an hour ago' }));
    await deliver(mention({ ts: root }));
    await said;
    expect([...inbox.kept.values()].map(({ way }) => way)).toEqual(['mention', 'follow_up']);
  });

  it('does not wait in threads that are old', async () => {
    const { inbox, deliver } = wayIn({ threadMs: 60_000 });
    await deliver(message({ ts: now(), thread_ts: '1600000000.000100' }));
    expect(inbox.kept.size).toBe(0);
    expect(inbox.happened).toEqual(['acknowledged']);
  });

  it('logs nothing of what people wrote', async () => {
    const { log, deliver } = wayIn();
    await deliver(mention({ text: '<@UBOT> why did secret_job fail?' }));
    expect(log.lines.join()).toContain('"way":"mention"');
    expect(log.lines.join()).not.toContain('secret_job');
  });
});
