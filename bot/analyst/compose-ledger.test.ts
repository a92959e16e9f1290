import { describe, expect, it } from 'vitest';
import { sparkRunFixture } from '../../tools/spark/rules/spark-run-fixture.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import { bookTime } from '../investigation/ledger/book-time.ts';
import { composeLedger } from './compose-ledger.ts';

const run = sparkRunFixture({
  wallMs: 100_000,
  stages: [{ stageId: 3 }, { stageId: 4 }],
  tasks: [
    { stage: 3, at: 10_000, ms: 60_000, gcMs: 1_000 },
    { stage: 4, at: 70_000, ms: 1_000 },
  ],
});
const ledger = bookTime(run);

describe('composeLedger', () => {
  it('adds up to the wall clock, and cites the stages of each large account', () => {
    const book = new EvidenceBook();
    const composed = composeLedger(investigationFixture({ run, ledger }), book);
    const accounts = composed?.accounts ?? [];
    expect(accounts.reduce((sum, { ms }) => sum + ms, composed?.unexplainedMs ?? 0)).toBe(composed?.wallClockMs);
    const compute = accounts.find(({ account }) => account === 'compute');
    expect(compute?.stages).toContain(3);
    const excerpts = new Map(book.cited().map(({ id, evidence }) => [id, evidence.excerpt]));
    expect(compute?.evidence.map((id) => excerpts.get(id))).toContain('StageCompleted');
    expect(accounts.map(({ account }) => account)).toContain('gc');
    for (const { ms, evidence } of accounts) expect(evidence.length > 0).toBe(ms >= 5_000);
  });

  it('cites the start and the end of the run for time that no stage carries', () => {
    const book = new EvidenceBook();
    const composed = composeLedger(investigationFixture({ run, ledger }), book);
    const driver = composed?.accounts.find(({ account }) => account === 'driver');
    const excerpts = new Map(book.cited().map(({ id, evidence }) => [id, evidence.excerpt]));
    expect(driver?.evidence.map((id) => excerpts.get(id))).toEqual(['ApplicationStart', 'ApplicationEnd']);
    expect(book.cited().every(({ evidence }) => evidence.provenance === 'engine')).toBe(true);
  });

  it('is null without a ledger or a run', () => {
    expect(composeLedger(investigationFixture(), new EvidenceBook())).toBeNull();
    expect(composeLedger(investigationFixture({ ledger }), new EvidenceBook())).toBeNull();
  });
});
