import { expect, it } from 'vitest';
import { onBothStores } from './both-stores-fixture.ts';
import type { WantedHelp } from './escalation.ts';
import { signal, smallDiagnosis } from './escalation-fixture.ts';

const wanted = (caseId: string, by: string): WantedHelp => ({ caseId, by, way: 'asked', said: null });
const caseId = (number: number) => `case_${String(number).padStart(4, '0')}`;
const user = (number: number) => `U${String(number).padStart(4, '0')}`;

onBothStores('a hand-off', (on) => {
  it('counts those who did not escalate, each person once, and says since when', async () => {
    for (const [number, who] of [1, 2, 3, 3].entries())
      await on.bench.note(caseId(number), user(who), smallDiagnosis({ run: `app_${number}` }));
    expect(on.bench.outlet.posts.size).toBe(0);
    expect(await on.bench.escalation.incidentOf(caseId(0))).toEqual({
      incident: expect.stringMatching(/^incd_[0-9a-f]{12}$/) as string,
      state: 'noted',
      others: 2,
      sinceIso: '2026-11-21T10:05:00Z',
      what: 'node2',
      link: null,
    });
    await on.bench.escalation.escalate(wanted(caseId(0), user(1)), signal);
    expect(on.onlyCard()).toContain('2 others ask about node2 since 10:05 UTC');
    expect(on.bench.shown(`handoff-state/${caseId(1)}`)).toContain('Your question did not go along');
    expect(on.bench.shown(`handoff-state/${caseId(0)}`)).toContain('evidence went along');
  });

  it('shows who took it and what fixed it in all threads, also of those who come later', async () => {
    for (const number of [1, 2]) {
      await on.bench.note(caseId(number), user(number), smallDiagnosis({ run: `app_${number}` }));
      await on.bench.escalation.escalate(wanted(caseId(number), user(number)), signal);
    }
    expect(await on.bench.act('take', caseId(1), 'U0HELPER')).toMatchObject({ kind: 'done', state: 'taken' });
    for (const key of [on.supportCards()[0], `handoff-state/${caseId(1)}`, `handoff-state/${caseId(2)}`])
      expect(on.bench.shown(key ?? '')).toContain('<@U0HELPER>');
    await on.bench.note(caseId(3), user(3), smallDiagnosis({ run: 'app_3' }));
    expect(on.bench.shown(`handoff-state/${caseId(3)}`)).toMatch(/taken by.*<@U0HELPER>/);
    on.bench.clock.now += 60_000;
    const fixedBy = 'replaced the disk <!channel> @here password=hunter22secret';
    expect(await on.bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy })).toMatchObject({ kind: 'done' });
    for (const number of [1, 2, 3]) {
      const shown = on.bench.shown(`handoff-state/${caseId(number)}`);
      expect(shown).toContain('replaced the disk');
      expect(shown).toContain('2026-11-21 10:06 UTC');
      expect(shown).not.toMatch(/<!channel>|@here|hunter22secret/);
    }
  });

  it('is idempotent: the same twice changes and posts nothing', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    await on.bench.act('take', caseId(1), 'U0HELPER');
    const before = JSON.stringify([...on.bench.outlet.posts.values()]);
    expect(await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({
      kind: 'known',
      state: 'taken',
    });
    expect(await on.bench.act('take', caseId(1), 'U0HELPER')).toMatchObject({ kind: 'unchanged' });
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    expect(await on.bench.escalation.resume(signal)).toBe(0);
    expect(JSON.stringify([...on.bench.outlet.posts.values()])).toBe(before);
  });

  it('leaves it with who took it first, gives it to another only by reassigning', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    const took = await Promise.all([
      on.bench.act('take', caseId(1), 'U0ANNA'),
      on.bench.act('take', caseId(1), 'U0BERT'),
    ]);
    expect(took.map(({ kind: became }) => became).sort()).toEqual(['done', 'unchanged']);
    expect(await on.bench.act('reassign', caseId(1), 'U0ANNA', { assignee: 'here' })).toEqual({
      kind: 'bad_input',
      field: 'assignee',
    });
    expect(await on.bench.act('reassign', caseId(1), 'U0ANNA', { assignee: 'U0CARL' })).toMatchObject({ kind: 'done' });
    expect(on.onlyCard()).toMatch(/taken by.*<@U0CARL>/);
    expect(await on.bench.act('back_to_bot', caseId(1), 'U0CARL')).toMatchObject({ kind: 'done', state: 'with_bot' });
    expect(on.onlyCard()).toMatch(/back at the bot.*<@U0CARL>/);
    expect(await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({ first: false });
    expect(on.onlyCard()).toContain('nobody has it yet');
    expect(on.supportCards()).toHaveLength(1);
  });

  it('takes changes only in the support channel, and only of what is there', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    expect(await on.bench.act('take', caseId(1), 'U0X')).toEqual({ kind: 'no_hand_off' });
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    const elsewhere = { team: 'T1', channel: 'C0USERS', threadTs: null };
    expect(await on.bench.act('resolve', caseId(1), 'U0X', { fixedBy: 'x' }, elsewhere)).toEqual({ kind: 'not_here' });
    expect(await on.bench.act('resolve', caseId(1), 'U0X', { fixedBy: ' ' })).toMatchObject({ field: 'fixedBy' });
    expect(await on.bench.act('resolve', caseId(1), 'U0X', { fixedBy: 'x', code: 'no.code' })).toMatchObject({
      field: 'code',
    });
    expect(await on.bench.act('take', 'case_9999', 'U0X')).toEqual({ kind: 'no_hand_off' });
    expect(await on.bench.escalation.escalate(wanted('case_9999', 'U0X'), signal)).toEqual({ kind: 'no_case' });
  });

  it('tells who asks late what fixed it, and opens anew what fails again, with the earlier one', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({ run: 'app_1' }));
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    on.bench.clock.now = Date.parse('2026-11-21T10:30:00Z');
    await on.bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'replaced the disk' });
    // Failed before it was resolved, asks after.
    on.bench.clock.now += 60_000;
    await on.bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_2', at: '2026-11-21T10:10:00Z' }));
    expect(await on.bench.escalation.escalate(wanted(caseId(2), user(2)), signal)).toMatchObject({
      kind: 'resolved_since',
      fixedBy: 'replaced the disk',
      resolvedAtMs: Date.parse('2026-11-21T10:30:00Z'),
    });
    expect(on.bench.shown(`handoff-state/${caseId(2)}`)).toContain('replaced the disk');
    expect(on.supportCards()).toHaveLength(1);
    // Failed after it was resolved.
    await on.bench.note(caseId(3), user(3), smallDiagnosis({ run: 'app_3', at: '2026-11-21T10:40:00Z' }));
    expect(await on.bench.escalation.escalate(wanted(caseId(3), user(3)), signal)).toMatchObject({ first: true });
    expect(on.supportCards()).toHaveLength(2);
    const earlier = [...on.bench.outlet.posts.values()].find(({ key }) => key.startsWith('handoff-earlier/'));
    expect(earlier?.card.text).toContain('replaced the disk');
    // Was told, and it does not help.
    expect(await on.bench.escalation.escalate(wanted(caseId(2), user(2)), signal)).toMatchObject({
      kind: 'handed_over',
      first: false,
    });
    expect(on.supportCards()).toHaveLength(2);
    expect(await on.bench.act('take', caseId(1), 'U0HELPER')).toMatchObject({ kind: 'closed' });
  });

  it('leaves the card of a resolved incident when its only case goes on to a new one', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal);
    await on.bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_2' }));
    await on.bench.act('resolve', caseId(1), 'U0HELPER', { fixedBy: 'replaced the disk' });
    expect(await on.bench.escalation.escalate(wanted(caseId(1), user(1)), signal)).toMatchObject({ first: true });
    // Publishes the resolved incident once more, which has no escalated case left.
    await on.bench.escalation.forget(caseId(2), signal);
    await on.bench.escalation.resume(signal);
    expect(on.supportCards()).toHaveLength(2);
    expect(on.onlyCard()).toContain('replaced the disk');
    await on.bench.escalation.forget(caseId(1), signal);
    await on.bench.escalation.resume(signal);
    for (const key of on.supportCards()) expect(on.bench.shown(key)).toContain('deleted');
  });

  it('takes a case out with its question and its asker', async () => {
    await on.bench.note(caseId(1), user(1), smallDiagnosis({}));
    await on.bench.note(caseId(2), user(2), smallDiagnosis({ run: 'app_2', question: 'my private question' }));
    for (const number of [1, 2]) await on.bench.escalation.escalate(wanted(caseId(number), user(number)), signal);
    expect(JSON.stringify([...on.bench.outlet.posts.values()])).toContain('my private question');
    await on.bench.escalation.forget(caseId(2), signal);
    expect(JSON.stringify([...on.bench.outlet.posts.values()])).not.toContain('my private question');
    expect(await on.bench.escalation.incidentOf(caseId(2))).toBeNull();
    const rows = await on.database.query('select * from hand_off_cases');
    expect(rows).toHaveLength(1);
    await on.bench.escalation.forget(caseId(1), signal);
    await on.bench.escalation.resume(signal);
    expect(on.onlyCard()).toContain('deleted');
  });

  it('finds the case of a thread for words that name none', async () => {
    await on.bench.note(caseId(7), user(7), smallDiagnosis({}));
    const place = { team: 'T1', channel: 'C0USERS', threadTs: '1000000007.000100' };
    const action = { name: 'support', caseId: null, diagnosis: null, input: {}, messageTs: null } as const;
    expect(await on.bench.escalation.act(action, user(7), place, signal)).toMatchObject({
      kind: 'escalated',
      escalated: { kind: 'handed_over', first: true },
    });
    const thread = on.bench.outlet.posts.get(on.supportCards()[0] ?? '')?.place;
    const taken = await on.bench.escalation.act(
      { ...action, name: 'take' },
      'U0HELPER',
      thread ?? { ...place, threadTs: null },
      signal,
    );
    expect(taken).toMatchObject({ kind: 'done', state: 'taken' });
  });
});
