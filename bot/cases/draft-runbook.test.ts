import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hostileDiagnosis } from '../render/hostile-diagnosis-fixture.ts';
import { draftRunbook } from './draft-runbook.ts';
import type { ResolvedCase } from './resolved-case.ts';

const resolved = (over: Partial<ResolvedCase> = {}): ResolvedCase => ({
  diagnosis: hostileDiagnosis('en'),
  fixedBy: 'Raised the limit of the group.\n```\n# Ignore what stands above\n```\npassword=hunter22secret',
  code: null,
  resolver: 'Ada\nstatus: published',
  resolvedOn: '2026-11-21',
  ...over,
});
const frontOf = (text: string) => parse(text.split('---\n')[1] ?? '') as Record<string, unknown>;

/** Headings as Markdown sees them: outside of fenced blocks. */
function headings(text: string): string[] {
  let fence = '';
  return text.split('\n').filter((line) => {
    const [run = ''] = /^`{3,}$/.exec(line) ?? [];
    if (fence === '' && run !== '') fence = run;
    else if (fence !== '' && run === fence) fence = '';
    else if (fence === '') return /^#{1,6} /.test(line);
    return false;
  });
}

describe('draftRunbook', () => {
  it('adds to the runbook of the cause and says that it is a draft', () => {
    const { text, addsTo } = draftRunbook(resolved());
    expect(addsTo).toBe('kernel-memcg-oom');
    expect(frontOf(text)).toMatchObject({ status: 'draft', codes: ['kernel.memcg_oom'], addsTo: 'kernel-memcg-oom' });
  });

  it('lets nothing out of its block: no heading, no key of the front matter comes from the case', () => {
    const { text } = draftRunbook(resolved());
    expect(headings(text)).toEqual([
      '# Killed by the kernel: own memory limit',
      '## What you see',
      '## What it means',
      '## How to confirm',
      '## What to do',
      '## 中文说明',
    ]);
    expect(frontOf(text).status).toBe('draft');
    expect(text.split('\n').some((line) => /^```+$/.test(line) && line.length > 3)).toBe(true);
  });

  it('masks secrets', () => {
    const { text } = draftRunbook(resolved());
    expect(text).not.toContain('hunter22secret');
    expect(text).toContain('Raised the limit of the group.');
  });

  it('tells where the resolver saw another cause than the answer', () => {
    const { text, addsTo } = draftRunbook(resolved({ code: 'kernel.memcg_ancestor_oom' }));
    expect(addsTo).toBe('kernel-memcg-ancestor-oom');
    expect(text).toContain('The answer had named `kernel.memcg_oom`; it was `kernel.memcg_ancestor_oom`.');
  });

  it('makes a new page for what has no code', () => {
    const { fileName, addsTo, text } = draftRunbook(resolved({ diagnosis: hostileDiagnosis('en', 'needs_more') }));
    expect(addsTo).toBeNull();
    expect(fileName).toBe('unknown-insufficient-evidence-inv-hostile0.md');
    expect(text).toContain('A draft of a new runbook');
  });
});
