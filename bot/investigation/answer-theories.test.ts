import { describe, expect, it } from 'vitest';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { type AskersTheory, answerTheories } from './answer-theories.ts';
import type { Verdict } from './decide-outcome.ts';
import { findingFixture } from './joining/finding-fixture.ts';
import type { Hypothesis } from './joining/hypothesis.ts';
import { hypothesisFixture } from './joining/hypothesis-fixture.ts';

const KILLED = hypothesisFixture('kernel.memcg_oom', {}, { standing: 'confirmed' });

function answer(
  theory: Partial<AskersTheory>,
  causes: readonly Hypothesis[],
  more: { findings?: readonly Finding[]; verdict?: Verdict } = {},
) {
  const asked: AskersTheory = { text: 'my guess', code: null, polarity: 'suspects', ...theory };
  const [answered] = answerTheories([asked], causes, more.findings ?? [], more.verdict ?? 'answered');
  if (!answered) throw new Error('every theory gets an answer');
  return answered;
}

const suspect = (code: CauseCode, ...rest: [readonly Hypothesis[], Parameters<typeof answer>[2]?]) =>
  answer({ code }, ...rest);
const deny = (code: CauseCode, ...rest: [readonly Hypothesis[], Parameters<typeof answer>[2]?]) =>
  answer({ code, polarity: 'denies' }, ...rest);

describe('a guess', () => {
  it('that names the first cause is confirmed with the statement and the evidence of that cause', () => {
    const { verdict, why, evidence } = suspect('kernel.memcg_oom', [KILLED]);
    expect(verdict).toBe('confirmed');
    expect(why).toEqual(KILLED.root.statement);
    expect(evidence).toEqual(KILLED.root.evidence);
  });

  it('that names a cause is open while nothing is answered, and while the cause is not even likely', () => {
    expect(suspect('kernel.memcg_oom', [KILLED], { verdict: 'needs_more' }).verdict).toBe('open');
    const weak = { ...KILLED, standing: 'inconclusive' as const };
    expect(suspect('kernel.memcg_oom', [weak]).verdict).toBe('open');
  });

  it('that names a second cause is confirmed only where that one is proven and no effect of another', () => {
    const second = (more: Partial<Hypothesis>) => [KILLED, hypothesisFixture('storage.slow_disk', {}, more)];
    expect(suspect('storage.slow_disk', second({ standing: 'confirmed' })).verdict).toBe('confirmed');
    expect(suspect('storage.slow_disk', second({ standing: 'likely' })).verdict).toBe('open');
    const effect = suspect('storage.slow_disk', second({ standing: 'confirmed', effectOf: 'kernel.memcg_oom' }));
    expect(effect.verdict).toBe('ruled_out');
    expect(effect.why?.en).toMatch(/^it was seen, but as an effect/);
  });

  it('that a finding speaks against is ruled out with that finding’s reason', () => {
    const why = { en: 'its group was never at its limit', zh: '从未触限' };
    const against = findingFixture({ refutes: [{ code: 'kernel.memcg_ancestor_oom', why }] });
    const ruled = suspect('kernel.memcg_ancestor_oom', [KILLED], { findings: [findingFixture(), against] });
    expect(ruled).toMatchObject({ verdict: 'ruled_out', why, evidence: against.evidence });
    expect(suspect('storage.bad_disk', [], { findings: [against], verdict: 'needs_more' }).verdict).toBe('open');
  });

  it('is ruled out by a run that is well, and by another cause that is proven', () => {
    expect(suspect('storage.bad_disk', [], { verdict: 'healthy' }).verdict).toBe('ruled_out');
    const instead = suspect('storage.bad_disk', [KILLED]);
    expect(instead.verdict).toBe('ruled_out');
    expect(instead.why?.en).toContain('another cause is proven');
    expect(suspect('storage.bad_disk', [{ ...KILLED, standing: 'likely' }]).verdict).toBe('open');
  });

  it('that could lie under what is proven stays open', () => {
    const corrupt = hypothesisFixture('shuffle.corruption', {}, { standing: 'confirmed' });
    expect(suspect('storage.bad_disk', [corrupt]).verdict).toBe('open');
    expect(suspect('data.input_grew', [corrupt]).verdict).toBe('ruled_out');
  });

  it('that is loose is borne out by every cause of its family, and by no other', () => {
    const full = hypothesisFixture('shuffle.remote_service_no_slots', {}, { standing: 'confirmed' });
    const loose = { code: 'shuffle.remote_service_unavailable', family: 'shuffle.remote_service_' } as const;
    expect(answer(loose, [full])).toMatchObject({ verdict: 'confirmed', why: full.root.statement });
    expect(answer(loose, [KILLED]).verdict).toBe('ruled_out');
  });

  it('of the right code for another reason is ruled out', () => {
    const bound = hypothesisFixture(
      'network.bind_address',
      { values: { reason: 'address' } },
      { standing: 'confirmed' },
    );
    expect(answer({ code: 'network.bind_address', reason: 'port' }, [bound]).verdict).toBe('ruled_out');
    expect(answer({ code: 'network.bind_address', reason: 'address' }, [bound]).verdict).toBe('confirmed');
    expect(answer({ code: 'network.bind_address' }, [bound]).verdict).toBe('confirmed');
  });

  it('without a code of the catalogue is open', () => {
    expect(answer({ code: null }, [KILLED])).toMatchObject({ verdict: 'open', why: null, evidence: [] });
  });
});

describe('a denial', () => {
  it('is ruled out by a cause of that code, confirmed where another is proven, open else', () => {
    expect(deny('kernel.memcg_oom', [KILLED])).toMatchObject({ verdict: 'ruled_out', why: KILLED.root.statement });
    expect(deny('data.input_grew', [KILLED]).verdict).toBe('confirmed');
    expect(deny('data.input_grew', [{ ...KILLED, standing: 'likely' }]).verdict).toBe('open');
    expect(deny('data.input_grew', [KILLED], { verdict: 'needs_more' }).verdict).toBe('open');
  });

  it('is told as one, so that no face reads it the other way round', () => {
    expect(deny('data.input_grew', [KILLED]).denied).toBe(true);
    expect(suspect('data.input_grew', [KILLED]).denied).toBeUndefined();
  });
});

describe('all guesses', () => {
  it('are answered, each once, in the order they were made', () => {
    const codes = ['storage.bad_disk', null, 'kernel.memcg_oom'] as const;
    const theories = codes.map((code, at): AskersTheory => ({ text: `guess ${at}`, code, polarity: 'suspects' }));
    const answers = answerTheories(theories, [KILLED], [], 'answered');
    expect(answers.map(({ text, verdict }) => [text, verdict])).toEqual([
      ['guess 0', 'ruled_out'],
      ['guess 1', 'open'],
      ['guess 2', 'confirmed'],
    ]);
  });
});
