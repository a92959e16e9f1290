import { beforeAll, describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { demoCase } from '../../investigation/fixtures/demo-case.ts';
import { readRowId } from './button.ts';
import { handoffCard, handoffLineCard } from './handoff-card.ts';
import type { HandoffState, HandoffView } from './handoff-view.ts';

let diagnosis: Diagnosis;
beforeAll(async () => {
  diagnosis = (await demoCase('failed-run', 'en')).diagnosis;
});

const at = '2026-11-21T12:01:59Z';
function view(state: HandoffState, more: Partial<HandoffView> = {}): HandoffView {
  return {
    caseId: 'case_0a1b2c3d4e',
    diagnosis,
    language: 'en',
    question: 'bad node?',
    askedBy: 'U0ASKER',
    askedAt: at,
    reason: 'platform',
    note: null,
    state,
    threadUrl: 'https://x.slack.com/archives/C1/p1',
    supportUrl: 'https://x.slack.com/archives/C2/p2',
    pageUrl: null,
    others: [],
    shared: null,
    since: null,
    charts: [],
    ...more,
  };
}

function parts(card: ReturnType<typeof handoffCard>) {
  const row = card.blocks.find(({ type }) => type === 'actions') as
    | { block_id?: string; elements?: { action_id: string }[] }
    | undefined;
  return {
    all: JSON.stringify(card.blocks),
    row,
    names: (row?.elements ?? []).map(({ action_id: id }) => id.replace('wherefore:', '')),
  };
}

describe('a hand-off in the support channel', () => {
  it('has everything a person needs to go on', () => {
    const { all, names, row } = parts(handoffCard(view({ kind: 'open' })));
    for (const text of [
      '<@U0ASKER>',
      '> bad node?',
      'the cause lies with the platform',
      'Cause so far',
      '●\u00a0confirmed',
      'dmesg.txt, line 239',
      'oom-kill:constraint',
      '*the job*',
      'Ruled out',
      'thread of the question',
    ])
      expect(all).toContain(text);
    expect(all).not.toContain('*you*');
    expect(names).toEqual(['take', 'resolve', 'reassign', 'back_to_bot', 'evidence']);
    expect(readRowId(row?.block_id ?? '')).toEqual({ caseId: 'case_0a1b2c3d4e', diagnosis: diagnosis.id });
  });

  it('shows its state and offers only what comes next', () => {
    expect(parts(handoffCard(view({ kind: 'taken', by: 'U0SUPP', at }))).names).toEqual([
      'resolve',
      'reassign',
      'back_to_bot',
      'evidence',
    ]);
    const resolved = parts(
      handoffCard(
        view({ kind: 'resolved', by: 'U0SUPP', at, fixedBy: 'more overhead', code: 'kernel.memcg_oom', note: null }),
      ),
    );
    expect(resolved.names).toEqual(['evidence']);
    for (const text of [
      '✓ *resolved by* <@U0SUPP> · 2026-11-21 12:01 UTC',
      'more overhead',
      'Killed by the kernel: own memory limit',
    ])
      expect(resolved.all).toContain(text);
    expect(parts(handoffCard(view({ kind: 'back_to_bot', by: 'U0SUPP', at }))).all).toContain('back at the bot');
  });

  it('gathers others of the same incident, each with a link', () => {
    const others = Array.from({ length: 30 }, (_, n) => ({
      user: `U0OTHER${n}`,
      subject: `job_${n}`,
      threadUrl: `https://x.slack.com/p${n}`,
    }));
    const { all } = parts(
      handoffCard(view({ kind: 'open' }, { others, shared: 'node2', since: '2026-11-21T10:02:00Z' })),
    );
    expect(all).toContain('*30 others ask about node2 since 10:02 UTC*');
    expect(all).toContain('<https://x.slack.com/p3|job_3> <@U0OTHER3>');
    expect(all).toContain('… 18 more');
  });

  it('stands without a diagnosis', () => {
    expect(parts(handoffCard(view({ kind: 'open' }, { diagnosis: null }))).all).toContain('no diagnosis was made');
  });
});

describe('the line in the thread of the asker', () => {
  it('says who has it and what fixed it, without buttons', () => {
    const open = handoffLineCard(view({ kind: 'open' }));
    expect(open.text).toContain('support team has been called');
    expect(parts(open).names).toEqual([]);
    expect(parts(handoffLineCard(view({ kind: 'taken', by: 'U0SUPP', at }))).all).toContain('◐ *taken by* <@U0SUPP>');
    const done = handoffLineCard(
      view({ kind: 'resolved', by: 'U0SUPP', at, fixedBy: 'more overhead', code: null, note: null }),
    );
    expect(done.text).toContain('more overhead');
    expect(parts(done).all).toContain('https://x.slack.com/archives/C2/p2');
  });
});
