import { describe, expect, it } from 'vitest';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import { sparkRunFixture } from '../../tools/spark/rules/spark-run-fixture.ts';
import { DIAGNOSIS } from '../investigation/diagnosis.ts';
import { EvidenceBook } from '../investigation/evidence-book.ts';
import { investigationFixture } from '../investigation/fixtures/investigation-fixture.ts';
import type { Investigation } from '../investigation/investigation.ts';
import { evidenceFixture, findingFixture } from '../investigation/joining/finding-fixture.ts';
import { hypothesisFixture } from '../investigation/joining/hypothesis-fixture.ts';
import { bookTime } from '../investigation/ledger/book-time.ts';
import { composeDiagnosis } from './compose-diagnosis.ts';

const compose = (more: Partial<Investigation>) => composeDiagnosis(investigationFixture(more), new EvidenceBook());

const KERNEL = evidenceFixture({
  source: 'hosts/h1/dmesg.txt',
  provenance: 'kernel',
  area: 'memory',
  fromLine: 9,
  toLine: 9,
});
const PIECES = Array.from({ length: 6 }, (_, at) => evidenceFixture({ fromLine: at + 1, toLine: at + 1 }));
const KILLED = hypothesisFixture(
  'kernel.memcg_oom',
  { keys: { containerId: 'container_1' }, evidence: [...PIECES, KERNEL] },
  { standing: 'confirmed' },
);

describe('a composed diagnosis', () => {
  it('fits the contract and holds every piece that it cites', () => {
    const refuting = findingFixture({
      keys: { containerId: 'container_1' },
      evidence: [evidenceFixture({ source: 'nm.log', fromLine: 77, toLine: 77 })],
      refutes: [{ code: 'memory.container_physical_limit', why: { en: 'no such line', zh: '没有' } }],
    });
    const diagnosis = compose({ causes: [KILLED], findings: [KILLED.root, refuting] });
    expect(DIAGNOSIS.parse(diagnosis)).toEqual(diagnosis);
    const { evidence, ...rest } = diagnosis;
    const cited = new Set(
      JSON.stringify(rest)
        .match(/"e\d+"/g)
        ?.map((id) => id.slice(1, -1)),
    );
    expect(diagnosis.ruledOut).toHaveLength(1);
    expect([...cited].sort()).toEqual(evidence.map(({ id }) => id).sort());
  });

  it('keeps the proving piece of the root among the three shown, at the end', () => {
    const diagnosis = compose({ causes: [KILLED] });
    const shown = diagnosis.rootCauses[0]?.chain.at(-1)?.evidence ?? [];
    expect(shown).toHaveLength(3);
    expect(diagnosis.evidence.find(({ id }) => id === shown.at(-1))?.provenance).toBe('kernel');
  });

  it('tells two causes that are both proven, each behind processes of its own', () => {
    const lost = (...names: string[]) => ({ covers: { lost: new Set(names), ofAll: 4 } });
    const first = { ...KILLED, ...lost('c1', 'c2') };
    const second = (more: Parameters<typeof hypothesisFixture>[2]) =>
      compose({
        causes: [first, hypothesisFixture('memory.container_physical_limit', {}, { reach: 0.3, ...more })],
      }).rootCauses.map(({ code }) => code);
    const both = ['kernel.memcg_oom', 'memory.container_physical_limit'];
    expect(second({ standing: 'confirmed', ...lost('c3', 'c4') })).toEqual(both);
    expect(second({ standing: 'confirmed', ...lost('c1', 'c2') })).toEqual(['kernel.memcg_oom']);
    expect(second({ standing: 'likely', ...lost('c3', 'c4') })).toEqual(['kernel.memcg_oom']);
  });

  it('tells a second cause only when it carries nearly as much and stands as high', () => {
    const codes = (second: Parameters<typeof hypothesisFixture>[2]) =>
      compose({ causes: [KILLED, hypothesisFixture('storage.slow_disk', {}, second)] }).rootCauses.map(
        ({ code }) => code,
      );
    expect(codes({ standing: 'confirmed', reach: 0.7 })).toEqual(['kernel.memcg_oom', 'storage.slow_disk']);
    expect(codes({ standing: 'confirmed', reach: 0.6 })).toEqual(['kernel.memcg_oom']);
    expect(codes({ standing: 'likely', reach: 0.8 })).toEqual(['kernel.memcg_oom']);
    expect(codes({ standing: 'confirmed', reach: 0.8, effectOf: 'kernel.memcg_oom' })).toEqual(['kernel.memcg_oom']);
  });

  it('says how links are joined, and where that is only an inference', () => {
    const symptom = findingFixture({ symptom: 'executor_lost', count: 5 });
    const links = (by: 'key' | 'time') => [
      { finding: symptom, join: null },
      { finding: KILLED.root, join: { by, on: ['containerId', 'host'] as const, strength: 90 } },
    ];
    const joined = (by: 'key' | 'time') => compose({ causes: [{ ...KILLED, links: links(by) }] }).rootCauses[0]?.chain;
    expect(joined('key')?.[1]?.joinedOn).toBe('containerId, host');
    expect(joined('time')?.[1]?.joinedOn).toBe('containerId, host (inferred)');
    expect(joined('key')?.[0]?.joinedOn).toBeUndefined();
    expect(joined('key')?.[0]?.statement).toBe(`${symptom.statement.en} (5 times)`);
  });

  it('under "not enough to go on" names candidates by their meaning, inconclusive and without remedies', () => {
    const diagnosis = compose({ verdict: 'needs_more', causes: [KILLED] });
    const [unknown, candidate] = diagnosis.rootCauses;
    expect(unknown?.code).toBe('unknown.insufficient_evidence');
    expect(candidate).toMatchObject({
      code: 'kernel.memcg_oom',
      statement: causeOf('kernel.memcg_oom').meaning.en,
      standing: 'inconclusive',
      remediations: [],
    });
    expect(diagnosis.needed.length).toBeGreaterThan(0);
    expect(compose({ causes: [KILLED] }).needed).toEqual([]);
  });

  it('rules out what is about the same thing or was guessed, never what it tells as a cause', () => {
    const refutes = (code: Parameters<typeof hypothesisFixture>[0]) => [{ code, why: { en: 'not so', zh: '不是' } }];
    const elsewhere = findingFixture({ keys: { containerId: 'container_2' }, refutes: refutes('kernel.global_oom') });
    const here = findingFixture({ keys: { containerId: 'container_1' }, refutes: refutes('kernel.global_oom') });
    const told = findingFixture({ keys: { containerId: 'container_1' }, refutes: refutes('kernel.memcg_oom') });
    const ruled = (more: Partial<Investigation>) =>
      compose({ causes: [KILLED], ...more }).ruledOut.map(({ code }) => code);
    expect(ruled({ findings: [elsewhere] })).toEqual([]);
    expect(ruled({ findings: [elsewhere, here, here] })).toEqual(['kernel.global_oom']);
    expect(ruled({ findings: [told] })).toEqual([]);
    const guess = { text: 'x', code: 'kernel.global_oom', verdict: 'open', why: null, evidence: [] } as const;
    expect(ruled({ findings: [elsewhere], theories: [guess] })).toEqual(['kernel.global_oom']);
  });

  it('tells what would be saved only of a run that came to its end, where it is worth having', () => {
    const run = sparkRunFixture({ tasks: [{ at: 0, ms: 90_000 }] });
    const saved = (savedMs: number) =>
      ({
        culprit: {},
        without: { en: 'x', zh: 'x' },
        savedMs,
        modelErrorPct: 1,
      }) as unknown as Investigation['whatIf'][number];
    const whatIf = [saved(50_000), saved(1_000)];
    const succeeded = { state: 'succeeded' as const, at: null, startedAt: null };
    const ledger = bookTime(run);
    expect(compose({ causes: [KILLED], run, ledger, whatIf, end: succeeded }).whatIf.map((row) => row.savedMs)).toEqual(
      [50_000],
    );
    expect(compose({ causes: [KILLED], run, ledger, whatIf }).whatIf).toEqual([]);
    expect(compose({ verdict: 'healthy', run, ledger, whatIf, end: succeeded }).whatIf).toEqual([]);
  });

  it('speaks one language throughout', () => {
    const diagnosis = compose({ causes: [KILLED], language: 'zh', verdict: 'needs_more' });
    for (const { what } of diagnosis.needed) expect(what).toMatch(/[\u4e00-\u9fff]/);
    expect(diagnosis.summary).toMatch(/[\u4e00-\u9fff]/);
  });
});
