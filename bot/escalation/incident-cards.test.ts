import { describe, expect, it } from 'vitest';
import { HOSTILE, LONG_WORD } from '../render/hostile-diagnosis-fixture.ts';
import { shownText } from './escalation-fixture.ts';
import type { Incident, Member } from './hand-offs.ts';
import { earlierCard, furtherCaseCard, knownCard } from './incident-cards.ts';

const NASTY = `<!channel> <@U0BOSS> @here https://evil.example ${HOSTILE} ${LONG_WORD} &<>`;
const incident: Incident = {
  id: 'incd_1',
  key: { kind: 'host', id: NASTY, family: 'disk', cluster: '' },
  fromMs: 0,
  toMs: 0,
  state: 'resolved',
  assignee: null,
  changedBy: null,
  changedAtMs: 0,
  support: null,
  resolution: { fixedBy: NASTY, code: null, note: null, by: 'U0X', atMs: 0 },
  earlier: null,
  firstCase: null,
  charts: null,
  lessonsKept: false,
};
const member: Member = {
  caseId: 'case_1',
  incident: 'incd_1',
  place: { team: 'T1', channel: 'D0DIRECT', threadTs: '1.1' },
  asker: 'U0ASKER',
  question: NASTY,
  subject: NASTY,
  language: 'en',
  diagnosis: 'inv_1',
  askedAtMs: Date.UTC(2026, 10, 21, 10, 2),
  failedAtMs: 0,
  escalated: { by: 'U0ASKER', way: 'asked', said: NASTY, atMs: 0 },
  toldResolved: false,
  shown: true,
  toldAsker: null,
  toldSupport: null,
};

describe('cards of an incident', () => {
  it.each(['en', 'zh'] as const)('call nobody but the asker and offer no address of what was read (%s)', (language) => {
    const cards = [
      furtherCaseCard(member, true, null, language),
      earlierCard(incident, 'https://slack.example/p1', language),
      knownCard(incident, null, language),
    ];
    for (const card of cards) {
      const shown = shownText(card);
      const markup = [...shown.matchAll(/<[^>]*>/g)].map(([found]) => found);
      for (const found of markup) expect(found).toMatch(/^<(?:@U0ASKER|https:\/\/slack\.example\/p1\|[^>]*)>$/);
      expect(shown).not.toMatch(/@here|[\u202e\u0007]/);
      expect(shown.length).toBeLessThan(3_000);
      expect(card.text).not.toMatch(/@here|\u202e/);
    }
  });

  it('stay within a section whatever is escaped', () => {
    const ampersands = '&'.repeat(5_000);
    const much = {
      ...member,
      question: ampersands,
      escalated: member.escalated && { ...member.escalated, said: ampersands },
    };
    const [block] = furtherCaseCard(much, true, null, 'en').blocks;
    expect(shownText({ text: '', blocks: block ? [block] : [] }).length).toBeLessThanOrEqual(3_000);
  });

  it('say when, in UTC with its name', () => {
    expect(shownText(furtherCaseCard(member, true, null, 'en'))).toContain('asked at 2026-11-21 10:02 UTC');
    expect(shownText(furtherCaseCard(member, true, null, 'zh'))).toContain('于 2026-11-21 10:02 UTC 提问');
  });

  it('hold back the question and what was said to it where not everybody may see them', () => {
    const card = furtherCaseCard({ ...member, question: 'merger', escalated: null }, false, null, 'en');
    expect(JSON.stringify(card)).not.toContain('merger');
    expect(shownText(card)).toContain('not everybody here may see it');
  });
});
