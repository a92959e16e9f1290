import { describe, expect, it } from 'vitest';
import { sparkRunFixture } from '../../tools/spark/rules/spark-run-fixture.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { evidenceFixture, findingFixture } from '../investigation/joining/finding-fixture.ts';
import { verdictCauses } from './verdict-causes.ts';

const causeOf = (more: Parameters<typeof investigationFixture>[0], book = new EvidenceBook()) =>
  verdictCauses(investigationFixture(more), book);

describe('the cause of an outcome without a fault', () => {
  it('is none where a fault is named', () => {
    expect(causeOf({ verdict: 'answered' })).toEqual([]);
  });

  it('healthy is proven by the end that the run’s own log holds, and only likely without', () => {
    const run = sparkRunFixture({ jobs: [{ id: 0 }, { id: 1 }] });
    const book = new EvidenceBook();
    const [proven] = causeOf({ verdict: 'healthy', run }, book);
    expect(proven).toMatchObject({ code: 'none.healthy', standing: 'confirmed', remediations: [] });
    expect(proven?.chain[0]?.statement).toContain('2 jobs succeeded');
    expect(book.cited()[0]?.evidence.excerpt).toBe('ApplicationEnd');
    expect(causeOf({ verdict: 'healthy' })[0]?.standing).toBe('likely');
  });

  it('still running tells how far it is and that its process lives', () => {
    const run = sparkRunFixture({
      application: { endedAt: null },
      jobs: [{ id: 0 }, { id: 1, result: null as never }],
      stages: [{ stageId: 11, status: 'running', taskCount: 200 }],
      tasks: Array.from({ length: 96 }, (_, at) => ({ stage: 11, at: at * 10, ms: 5 })),
    });
    const alive = [evidenceFixture({ excerpt: 'State: R (running)', provenance: 'kernel' })];
    const [cause] = causeOf({ verdict: 'still_running', run, alive });
    expect(cause).toMatchObject({ code: 'none.still_running', standing: 'confirmed' });
    expect(cause?.chain.map(({ statement }) => statement)).toEqual([
      expect.stringMatching(
        /^its log has no end yet; 1 of 2 jobs started so far (?:is|are) done; stage 11 has 96 of 200 tasks done$/,
      ),
      'its own log is being written to, and its process lives on its host',
    ]);
    const [zh] = causeOf({ verdict: 'still_running', run, language: 'zh' });
    expect(zh?.chain[0]?.statement).toContain('阶段 11 已完成 96/200 个任务');
  });

  it('not enough to go on shows the symptoms with their evidence, each once, at most four', () => {
    const seen = Array.from({ length: 6 }, (_, at) =>
      findingFixture({ symptom: 'executor_lost', statement: { en: `seen ${at % 5}`, zh: `看到 ${at % 5}` } }),
    );
    const unseen = findingFixture({ symptom: 'executor_lost', evidence: [] });
    const [cause, ...others] = causeOf({ verdict: 'needs_more', findings: [unseen, ...seen] });
    expect(others).toEqual([]);
    expect(cause).toMatchObject({ code: 'unknown.insufficient_evidence', standing: 'inconclusive' });
    expect(cause?.chain.map(({ statement }) => statement)).toEqual(['seen 0', 'seen 1', 'seen 2', 'seen 3']);
  });

  it('what other runs went through is not told of one that nobody knows', () => {
    const findings = [findingFixture({ symptom: 'executor_lost' })];
    const subject = { kind: 'unknown_id' as const, id: 'application_1700000000000_9999' };
    expect(causeOf({ verdict: 'needs_more', findings, subject })[0]?.chain).toEqual([]);
    expect(causeOf({ verdict: 'needs_more', findings, subject, hasText: true })[0]?.chain).toHaveLength(1);
    expect(
      causeOf({ verdict: 'needs_more', findings, subject: { kind: 'ambiguous', candidates: [] } })[0]?.chain,
    ).toEqual([]);
  });
});
