import { describe, expect, it } from 'vitest';
import type { Finding } from '../../tools/evidence/finding.ts';
import { neededEvidence, type OpenCase } from './needed-evidence.ts';

const LOST: Finding = {
  area: 'logs',
  rule: 'symptom/executor-lost',
  kind: 'observed',
  code: null,
  symptom: 'executor_lost',
  statement: { en: 'Executor 2 was lost', zh: 'executor 2 丢失' },
  keys: {},
  at: null,
  evidence: [],
  count: 1,
  weight: 1,
  values: {},
};

function open(more: Partial<OpenCase>): string {
  const needs = neededEvidence({
    findings: [LOST],
    applicationId: null,
    host: 'wk02',
    containerId: null,
    podName: null,
    clock: '14:59',
    aboutSlowness: false,
    unknownId: null,
    ambiguous: false,
    readNothing: false,
    hasText: false,
    words: '',
    ...more,
  });
  return needs.map(({ what, how }) => `${what.en}: ${how.en}`).join('\n');
}

describe('what would decide a lost process', () => {
  it('is the NodeManager on YARN', () => {
    const needs = open({ applicationId: 'application_1700000000000_0001' });
    expect(needs).toMatch(/NodeManager log of wk02 \(14:59 UTC/);
    expect(needs).toContain('yarn logs -applicationId application_1700000000000_0001');
  });

  it('is the Worker on a standalone cluster, which has no YARN', () => {
    const needs = open({ applicationId: 'app-20261121144755-0011' });
    expect(needs).toContain("Worker's log of wk02");
    expect(needs).toContain('work/app-20261121144755-0011/<executor>/stderr');
    expect(needs).not.toMatch(/yarn|NodeManager/);
  });

  it('is the kernel and the console in local mode', () => {
    const needs = open({ applicationId: 'local-1795273284464' });
    expect(needs).toContain('the kernel log of wk02');
    expect(needs).not.toMatch(/yarn|NodeManager|Worker/);
  });
});
