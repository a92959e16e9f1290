import { describe, expect, it } from 'vitest';
import type { Reply, Turn } from '../../conversation/thread.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { HOSTILE, hostileDiagnosis, LONG_WORD } from '../hostile-diagnosis-fixture.ts';
import { answerCard } from './answer-card.ts';
import type { Card } from './card.ts';
import { expectSound, FORM_SCHEMA } from './card-schema-fixture.ts';
import { evidenceCard } from './evidence-card.ts';
import { notHelpfulForm, readFormAbout, resolveForm } from './forms.ts';
import { handoffCard, handoffLineCard } from './handoff-card.ts';
import { HANDOFF_REASONS, type HandoffState, type HandoffView } from './handoff-view.ts';
import { helpCard, suggestedPrompts } from './help-card.ts';
import { hugeDiagnosis, SLACK_HOSTILE } from './huge-diagnosis-fixture.ts';
import { queuedCard } from './queued-card.ts';
import { SLACK_LIMITS } from './slack-limits.ts';
import { type Told, toldCard } from './told-card.ts';
import { workingCard } from './working-card.ts';

interface Shown {
  text?: { text: string };
  elements?: { value?: string }[];
}

const LANGUAGES = ['en', 'zh'] as const;
/** Texts that grow most when they are escaped or made visible. */
const HARD = [SLACK_HOSTILE, '&', '<', '\u001b', '`', '*_~', '长', '😀', `${LONG_WORD}&`, HOSTILE, '> x', '| a | b |'];

const DIAGNOSES: [string, Diagnosis][] = LANGUAGES.flatMap((language) => [
  [`hostile ${language}`, hostileDiagnosis(language)],
  [`hostile open ${language}`, hostileDiagnosis(language, 'needs_more')],
  ...HARD.map((text, at): [string, Diagnosis] => [`hard ${at} ${language}`, hugeDiagnosis(language, 7, 300, text)]),
  ...[1, 3, 12, 40].map((many): [string, Diagnosis] => [
    `${many} of all ${language}`,
    hugeDiagnosis(language, many, many % 5),
  ]),
  [
    `refused ${language}`,
    { ...hostileDiagnosis(language), refusal: { reason: 'x', statement: SLACK_HOSTILE.repeat(40) } },
  ],
]);

function reply(text: string, diagnosis: Diagnosis | null): Reply {
  const language = diagnosis?.question.language ?? 'en';
  const passages = [
    { id: 'p1', title: SLACK_HOSTILE, url: 'https://runbooks.example/x' },
    { id: 'p2', title: 'y', url: `javascript:alert(1)` },
  ];
  return {
    kind: 'explain',
    asked: SLACK_HOSTILE,
    language,
    text,
    evidence: ['e1'],
    passages,
    diagnosis: diagnosis?.id ?? null,
    author: 'agent',
  };
}

function answer(replies: Reply[], diagnosis: Diagnosis | null) {
  const turn: Turn = { number: 1, at: '2026-11-21T10:00:00Z', said: 'x', replies };
  return answerCard({
    turn,
    diagnosisOf: () => diagnosis,
    evidence: diagnosis?.evidence ?? [],
    caseId: 'case_0a1b2c3d4e',
    charts: [{ fileId: 'F0123ABCDE', alt: SLACK_HOSTILE.repeat(40), title: SLACK_HOSTILE }],
    pageUrl: 'https://wherefore.example/cases/case_0a1b2c3d4e',
    incident: {
      others: 12,
      sinceIso: '2026-11-21T10:02:00Z',
      what: SLACK_HOSTILE,
      link: 'https://x.slack.com/archives/C1/p1',
    },
    notes: [SLACK_HOSTILE.repeat(9)],
  });
}

const STATES: HandoffState[] = [
  { kind: 'open' },
  { kind: 'taken', by: 'U012AB3CD', at: '2026-11-21T10:10:00Z' },
  {
    kind: 'resolved',
    by: '<!channel>',
    at: 'soon',
    fixedBy: SLACK_HOSTILE.repeat(50),
    code: 'kernel.memcg_oom',
    note: SLACK_HOSTILE,
  },
  { kind: 'back_to_bot', by: 'U012AB3CD', at: '2026-11-21T10:10:00Z' },
];

function handoff(diagnosis: Diagnosis | null, state: HandoffState, others = 40): HandoffView {
  return {
    caseId: 'case_0a1b2c3d4e',
    diagnosis,
    language: diagnosis?.question.language ?? 'en',
    question: SLACK_HOSTILE.repeat(50),
    askedBy: 'U0ASKER',
    askedAt: '2026-11-21T10:00:00Z',
    reason: HANDOFF_REASONS[0],
    note: SLACK_HOSTILE,
    state,
    threadUrl: 'https://x.slack.com/archives/C1/p1',
    supportUrl: 'https://x.slack.com/archives/C2/p2',
    pageUrl: 'javascript:alert(1)',
    others: Array.from({ length: others }, (_, at) => ({
      user: at % 2 === 0 ? 'U0OTHER' : '@here',
      subject: SLACK_HOSTILE,
      threadUrl: at % 3 === 0 ? null : 'https://x.slack.com/archives/C1/p3',
    })),
    shared: SLACK_HOSTILE,
    since: '2026-11-21T10:02:00Z',
    charts: [{ fileId: 'F0123ABCDE', alt: 'x', title: '' }],
  };
}

describe.each(DIAGNOSES)('cards of the diagnosis %s', (_, diagnosis) => {
  it('are taken by Slack, and nothing that was read acts in them', () => {
    expectSound(answer([reply('', diagnosis)], diagnosis));
    expectSound(
      answer(
        [
          reply(`${SLACK_HOSTILE}\n  - ${SLACK_HOSTILE}\n    x   ${SLACK_HOSTILE}`, diagnosis),
          reply(SLACK_HOSTILE.repeat(90), null),
        ],
        diagnosis,
      ),
    );
    for (const state of STATES)
      for (const card of [handoffCard(handoff(diagnosis, state)), handoffLineCard(handoff(diagnosis, state))])
        expectSound(card, ['U012AB3CD', 'U0ASKER', 'U0OTHER']);
  });

  it('show every piece of evidence once, page by page', () => {
    const seen: string[] = [];
    for (let from: number | null = 0, pages = 0; from !== null && pages < 50; pages += 1) {
      const card = evidenceCard({ diagnosis, caseId: 'case_0a1b2c3d4e', from });
      expectSound(card);
      const blocks = card.blocks as readonly (Card['blocks'][number] & Shown)[];
      seen.push(...blocks.flatMap(({ text }) => /^`(e\d+)`/.exec(text?.text ?? '')?.[1] ?? []));
      const more = blocks.find(({ type }) => type === 'actions')?.elements?.[0]?.value;
      from = more === undefined ? null : Number(more.split(' ')[2]);
    }
    expect(seen.toSorted()).toEqual(diagnosis.evidence.map(({ id }) => id).toSorted());
  });
});

describe.each(LANGUAGES)('cards of states, %s', (language) => {
  it('are taken by Slack', () => {
    const about = { caseId: 'case_0a', diagnosis: null };
    expectSound(queuedCard({ ahead: 3, language, cancel: about }));
    expectSound(helpCard({ language }));
    const told: Told[] = [
      { kind: 'not_found' },
      { kind: 'error', id: SLACK_HOSTILE },
      { kind: 'cancelled' },
      { kind: 'cannot_ask', why: SLACK_HOSTILE.repeat(99) },
    ];
    for (const reason of told) expectSound(toldCard({ reason, language }));
    for (const text of HARD.map((each) => each.repeat(500))) {
      const certain = {
        subject: { id: text, name: text },
        state: text,
        lines: Array.from({ length: 60 }, () => ({ text, source: text })),
      };
      const steps = Array.from({ length: 60 }, () => ({ text, state: 'running' as const }));
      expectSound(workingCard({ asked: text, certain, steps, language, cancel: about }));
      expectSound(workingCard({ asked: text, certain: null, steps: [], language, cancel: null }));
    }
    for (const { title, message } of suggestedPrompts(language)) {
      expect(title.length).toBeLessThanOrEqual(SLACK_LIMITS.promptTitle);
      expect(message.length).toBeLessThanOrEqual(SLACK_LIMITS.promptMessage);
    }
    expect(suggestedPrompts(language).length).toBeLessThanOrEqual(SLACK_LIMITS.prompts);
  });

  it('forms are taken by Slack and carry what they are about', () => {
    const about = {
      caseId: 'case_0a',
      diagnosis: 'inv_0b',
      team: 'T1',
      channel: 'C1',
      threadTs: '1.2',
      messageTs: null,
    };
    const long = { ...about, caseId: 'c'.repeat(5_000) };
    for (const each of [about, long]) {
      FORM_SCHEMA.parse(notHelpfulForm({ about: each, language }));
      FORM_SCHEMA.parse(resolveForm({ about: each, language }));
    }
    expect(readFormAbout(resolveForm({ about, language }).private_metadata ?? '')).toEqual(about);
    expect(readFormAbout('{"team":1}')).toBeNull();
    expect(readFormAbout('no')).toBeNull();
  });
});
