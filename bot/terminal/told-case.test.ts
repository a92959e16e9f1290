import { expect, it } from 'vitest';
import { facesOf, keptCaseText } from '../answering/kept-case-fixture.ts';
import { smallDiagnosis } from '../escalation/escalation-fixture.ts';
import { hostileDiagnosis } from '../render/hostile-diagnosis-fixture.ts';
import { caseLine, toldCase } from './told-case.ts';

const ID = 'case_0123456789';
const listed = (text: string) => ({
  id: ID,
  text,
  updatedAtMs: Date.parse('2026-11-21T10:05:30Z'),
  asker: 'U0000ANNA',
  helpful: 1,
  notHelpful: 2,
});

it('tells the open answer of a case in one line', () => {
  const told = toldCase(listed(keptCaseText(ID, facesOf(smallDiagnosis({ id: 'inv_1' })))), 'with_bot');
  expect(told).toEqual({
    id: ID,
    updatedAt: '2026-11-21T10:05:30Z',
    asker: 'U0000ANNA',
    subject: 'job of app_1',
    outcome: 'answered',
    cause: 'storage.bad_disk',
    standing: 'confirmed',
    turns: 1,
    helpful: 1,
    notHelpful: 2,
    handOff: 'with_bot',
  });
  expect(caseLine(told)).toMatch(
    /^case_0123456789 {2}2026-11-21 10:05 {2}U0000ANNA +job of app_1 +storage\.bad_disk confirmed {2}\+1 -2 {2}hand-off with bot$/,
  );
});

it('tells a case without a diagnosis, and one of another version, as such', () => {
  const thread = { diagnoses: [], open: null, turns: [{}, {}] };
  const none = JSON.stringify({ schemaVersion: 1, thread, cases: [], cited: [] });
  expect(toldCase(listed(none), null)).toMatchObject({ outcome: 'no_diagnosis', turns: 2, subject: null });
  for (const text of ['{}', 'no json', '{"schemaVersion":2}'])
    expect(toldCase(listed(text), null)).toMatchObject({ outcome: 'unreadable', id: ID });
});

it('is one line without signs that act, whatever the case holds', () => {
  const text = keptCaseText(ID, { en: hostileDiagnosis('en'), zh: hostileDiagnosis('zh') });
  const line = caseLine(toldCase({ ...listed(text), asker: null, helpful: 0, notHelpful: 0 }, null));
  expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(line.length).toBeLessThan(160);
});
