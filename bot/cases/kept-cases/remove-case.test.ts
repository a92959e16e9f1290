import { expect, it } from 'vitest';
import { describeStores } from '../database/describe-stores.ts';
import { incomingOf } from '../inbox/incoming-fixture.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { openKeptCases } from './open-kept-cases.ts';

describeStores('a case that is removed', (store) => {
  it('beside that of its thread takes its own messages along, and those of the thread stay', async () => {
    const database = await store().open();
    const inbox = openInbox(database);
    const cases = openKeptCases(database);
    const threadTs = '1700000000.000001';
    for (const [key, user] of [
      ['k1', 'U0ANNA'],
      ['k2', 'U0BERT'],
    ] as const) {
      await inbox.receive(
        incomingOf({ key, user, threadTs, text: `secret of ${user}`, order: `1700000000.00000${key[1]}` }),
      );
      await inbox.claim('w', 1_000, { perUser: 9, perChannel: 9 });
      await inbox.finish(key, 'w', 'answered');
    }
    const thread = await inbox.threadAt({ team: 'T1', channel: 'C1', threadTs });
    const threadId = thread?.id ?? '';
    const kept = { text: '{}', about: [] };
    await cases.keep({ ...kept, id: 'case_a', threadId, turns: { k1: 1 }, asker: 'U0ANNA' });
    await cases.keep({ ...kept, id: 'case_b', threadId: null, beside: threadId, turns: { k2: 1 }, asker: 'U0BERT' });
    expect(await cases.remove('case_b')).toBe(true);
    const stored = JSON.stringify(await database.query('select incoming from inbox'));
    expect(stored).not.toContain('secret of U0BERT');
    expect(stored).toContain('secret of U0ANNA');
    expect((await cases.read('case_a'))?.id).toBe('case_a');
  });
});
