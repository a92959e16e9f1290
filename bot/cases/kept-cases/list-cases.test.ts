import { expect, it } from 'vitest';
import { describeStores } from '../database/describe-stores.ts';
import { incomingOf } from '../inbox/incoming-fixture.ts';
import { openInbox } from '../inbox/open-inbox.ts';
import { listCases } from './list-cases.ts';
import { openKeptCases } from './open-kept-cases.ts';

describeStores('the list of kept cases', (store) => {
  it('has the one touched last first, with who asked first and what people thought', async () => {
    const database = await store().open();
    const clock = { ms: 1_000 };
    const cases = openKeptCases(database, () => clock.ms);
    const inbox = openInbox(database);
    await inbox.receive(incomingOf({ key: 'k1', user: 'U0ANNA', threadTs: '1700000000.000001' }));
    await inbox.receive(
      incomingOf({ key: 'k2', user: 'U0BERT', threadTs: '1700000000.000001', order: '1700000000.000900' }),
    );
    const thread = await inbox.threadAt({ team: 'T1', channel: 'C1', threadTs: '1700000000.000001' });
    const kept = { text: '{}', about: [], turns: {} };
    await cases.keep({ ...kept, id: 'case_a', threadId: thread?.id ?? '' });
    clock.ms += 1;
    await cases.keep({ ...kept, id: 'case_b', threadId: null, asker: 'U0CARL' });
    for (const [user, helpful] of [
      ['U1', true],
      ['U2', false],
      ['U3', false],
    ] as const)
      await cases.noteFeedback({ caseId: 'case_a', diagnosis: 'inv_1', user, helpful, reason: null, atMs: 5 });
    expect(await listCases(database, 10)).toEqual([
      { id: 'case_b', text: '{}', updatedAtMs: 1_001, asker: 'U0CARL', helpful: 0, notHelpful: 0 },
      { id: 'case_a', text: '{}', updatedAtMs: 1_000, asker: 'U0ANNA', helpful: 1, notHelpful: 2 },
    ]);
    expect((await listCases(database, 1)).map(({ id }) => id)).toEqual(['case_b']);
  });

  it('does not know who asked once that was deleted', async () => {
    const database = await store().open();
    const inbox = openInbox(database);
    await inbox.receive(incomingOf({ key: 'k1', threadTs: '1700000000.000001' }));
    const thread = await inbox.threadAt({ team: 'T1', channel: 'C1', threadTs: '1700000000.000001' });
    await openKeptCases(database).keep({
      id: 'case_a',
      threadId: thread?.id ?? '',
      text: '{}',
      about: [],
      turns: {},
    });
    await database.query("update inbox set incoming = '{}'");
    expect((await listCases(database, 10))[0]?.asker).toBeNull();
  });
});
