import { describe, expect, it } from 'vitest';
import { expectSound } from './card-schema-fixture.ts';
import { type Handed, handedCard } from './handed-card.ts';
import { SLACK_HOSTILE } from './huge-diagnosis-fixture.ts';

const PLAIN = [
  'handed_over',
  'known',
  'no_channel',
  'no_case',
  'done',
  'unchanged',
  'closed',
  'not_here',
  'no_hand_off',
  'not_mine',
] as const;
const OTHERS: Handed[] = [
  { kind: 'resolved_since', at: '2026-11-21T10:05:00.000Z', fixedBy: 'replaced the disk' },
  { kind: 'bad_input', field: 'assignee' },
];
const ALL: Handed[] = [...PLAIN.map((kind): Handed => ({ kind })), ...OTHERS];

describe.each(ALL)('what became of a wish for support: $kind', (handed) => {
  it('is a sentence of its own language, which Slack takes', () => {
    const [en, zh] = (['en', 'zh'] as const).map((language) => handedCard({ handed, language }));
    for (const card of [en, zh]) if (card) expectSound(card);
    expect(en?.text).not.toMatch(/\p{Script=Han}/u);
    expect(zh?.text).toMatch(/\p{Script=Han}/u);
  });
});

it('tells what fixed it, when, and what to do; shortened and harmless', () => {
  const at = '2026-11-21T10:05:00.000Z';
  const card = handedCard({ handed: { kind: 'resolved_since', at, fixedBy: 'replaced the disk.' }, language: 'en' });
  expect(card.text).toContain('resolved at 10:05 UTC: replaced the disk.');
  expect(card.text).toContain('Run it again');
  const hostile = handedCard({
    handed: { kind: 'resolved_since', at, fixedBy: SLACK_HOSTILE.repeat(40) },
    language: 'zh',
  });
  expectSound(hostile);
  expect(hostile.text.length).toBeLessThan(1_200);
});

it('says the same of a case that is not there and of a hand-off that is not there', () => {
  const [one, other] = (['no_case', 'no_hand_off'] as const).map((kind) =>
    handedCard({ handed: { kind }, language: 'en' }),
  );
  expect(one).toEqual(other);
});

it('names the field of a form that is wrong', () => {
  expect(handedCard({ handed: { kind: 'bad_input', field: 'fixedBy' }, language: 'en' }).text).toContain('fixedBy');
});
