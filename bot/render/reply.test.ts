import { describe, expect, it } from 'vitest';
import type { Reply } from '../conversation/thread.ts';
import { hostileDiagnosis } from './hostile-diagnosis-fixture.ts';
import { renderReply } from './reply.ts';

const reply = (more: Partial<Reply> = {}): Reply => ({
  kind: 'responsible',
  asked: 'who?',
  language: 'en',
  text: 'It lies with: the job [e1]\n  - you: a remedy that is long enough to be wrapped in a terminal of forty cells',
  evidence: ['e1'],
  passages: [{ id: 'p1', title: 'Raise it', url: 'knowledge/runbooks/x.md#raise' }],
  diagnosis: null,
  author: 'analyst',
  ...more,
});
const entry = {
  ...(hostileDiagnosis('en').evidence[0] as ReturnType<typeof hostileDiagnosis>['evidence'][number]),
  id: 'e1',
};

describe('renderReply', () => {
  it('says where each citation stands, and keeps the indentation of what it wraps', () => {
    const text = renderReply(reply(), null, [{ ...entry, source: 'hosts/a/dmesg.txt', locator: 'line 7' }], {
      columns: 40,
    });
    expect(text).toMatch(/^It lies with: the job \[e1\]\n {2}- you: .*\n {4}\S/);
    expect(text).toContain('  [e1] a dmesg.txt, line 7\n');
    expect(text).toContain('  p1 Raise it:');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(40);
  });

  it('shows control characters instead of obeying them', () => {
    expect(renderReply(reply({ text: 'a\u001b[31mb\u202ec' }), null, [])).not.toMatch(/[\u001b\u202e]/);
  });

  it('gives the diagnosis below what is said before it', () => {
    const text = renderReply(reply({ text: 'The same in English.' }), hostileDiagnosis('en'), []);
    expect(text).toMatch(/^The same in English\.\n\n\S/);
  });
});
