import { expect, it } from 'vitest';
import { openKeptCases } from '../cases/kept-cases/open-kept-cases.ts';
import { onBothStores } from './both-stores-fixture.ts';
import { signal, smallDiagnosis } from './escalation-fixture.ts';
import { forgetBefore, forgetCase } from './forget-cases.ts';

const DAY = 86_400_000;
const caseId = (number: number) => `case_${String(number).padStart(4, '0')}`;

onBothStores('deleting cases', (on) => {
  const kept = async (number: number, atMs: number) => {
    const id = caseId(number);
    await openKeptCases(on.database, () => atMs).keep({ id, threadId: null, text: '{}', about: [], turns: {} });
    await on.bench.note(
      id,
      `U000${number}`,
      smallDiagnosis({ run: `app_${number}`, question: `secret of ${number}?` }),
    );
    await on.bench.escalation.escalate({ caseId: id, by: `U000${number}`, way: 'asked', said: null }, signal);
  };
  const means = () => ({ database: on.database, escalation: on.bench.escalation });
  const inSlack = () =>
    JSON.stringify([...on.bench.outlet.posts.values()].filter(({ key }) => /^handoff[/-]/.test(key)));

  it('takes the question out of the support thread too', async () => {
    await kept(1, Date.now());
    await kept(2, Date.now());
    expect(inSlack()).toContain('secret of 2?');
    expect(await forgetCase(means(), caseId(2), signal)).toBe(true);
    expect(inSlack()).not.toContain('secret of 2?');
    expect(inSlack()).toContain('secret of 1?');
    expect(await on.bench.escalation.incidentOf(caseId(2))).toBeNull();
    expect(await forgetCase(means(), caseId(2), signal)).toBe(false);
  });

  it('of a time leaves what is younger', async () => {
    const now = Date.now();
    await kept(1, now - 100 * DAY);
    await kept(2, now);
    expect(await forgetBefore(means(), now - 90 * DAY, signal)).toMatchObject({ cases: 1 });
    const cases = openKeptCases(on.database);
    expect([await cases.read(caseId(1)), (await cases.read(caseId(2)))?.id]).toEqual([null, caseId(2)]);
    expect(await on.bench.escalation.incidentOf(caseId(1))).toBeNull();
    expect(await on.bench.escalation.incidentOf(caseId(2))).toMatchObject({ state: 'open', others: 0 });
  });

  it('takes a hand-off along whose case is gone already', async () => {
    await kept(1, Date.now());
    await openKeptCases(on.database).remove(caseId(1));
    await forgetBefore(means(), Date.now(), signal);
    expect(await on.bench.escalation.incidentOf(caseId(1))).toBeNull();
  });
});
