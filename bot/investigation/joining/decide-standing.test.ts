import { describe, expect, it } from 'vitest';
import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';
import { decideStanding, proofLast } from './decide-standing.ts';
import { evidenceFixture, findingFixture } from './finding-fixture.ts';
import type { Link } from './hypothesis.ts';

function kill(more: Partial<Finding> = {}): Finding {
  return findingFixture({
    area: 'memory',
    code: 'kernel.memcg_oom',
    keys: { containerId: 'container_1700000000000_0042_01_000008' },
    evidence: [evidenceFixture({ source: 'dmesg.txt', provenance: 'kernel' })],
    ...more,
  });
}

function under(root: Finding, by: 'key' | 'time' = 'key'): Link[] {
  const symptom = findingFixture({ symptom: 'executor_lost' });
  return [
    { finding: symptom, join: null },
    { finding: root, join: { on: ['containerId'], by, strength: 90 } },
  ];
}

const alone = (root: Finding): Link[] => [{ finding: root, join: null }];

describe('decideStanding', () => {
  it('confirms what its own writer shows and a key joins', () => {
    expect(decideStanding(kill(), under(kill()))).toBe('confirmed');
    expect(decideStanding(kill(), alone(kill()))).toBe('confirmed');
  });

  it('is only likely when a link rests on the same time', () => {
    expect(decideStanding(kill(), under(kill(), 'time'))).toBe('likely');
  });

  it('does not take a user’s print for the kernel’s word', () => {
    const printed = kill({ evidence: [evidenceFixture({ provenance: 'user_process' })] });
    expect(decideStanding(printed, under(printed))).toBe('likely');
  });

  it('does not confirm what names nobody of the subject', () => {
    const somewhere = kill({ keys: { host: 'n1' } });
    expect(decideStanding(somewhere, alone(somewhere))).toBe('likely');
  });

  it('is likely for what is only inferred, and open when that is faint', () => {
    const hint = kill({ kind: 'inferred', weight: 0.5 });
    expect(decideStanding(hint, under(hint))).toBe('likely');
    expect(decideStanding({ ...hint, weight: 0.1 }, under(hint))).toBe('inconclusive');
  });

  it('confirms a paste only where it is a complete statement of the platform', () => {
    const pasted = kill({ kind: 'inferred', evidence: [evidenceFixture({ provenance: 'asker', source: 'attach:1' })] });
    const { completeStatements } = CAUSES.find(({ code }) => code === 'kernel.memcg_oom')?.proof ?? {};
    const [statement] = completeStatements ?? [];
    expect(statement).toBeDefined();
    expect(decideStanding(pasted, under(pasted))).toBe('likely');
    const complete = { ...pasted, completeStatement: statement as string };
    expect(decideStanding(complete, under(complete))).toBe('confirmed');
    const other = { ...pasted, completeStatement: 'of another code' };
    expect(decideStanding(other, under(other))).toBe('likely');
  });

  it('never confirms a code that no recording has proven yet', () => {
    const unproven = CAUSES.filter(({ standing, proof }) => standing === 'unproven' && proof.provenance.length > 0);
    expect(unproven.length).toBeGreaterThan(5);
    for (const { code, proof } of unproven) {
      const root = kill({ code, evidence: proof.provenance.map((provenance) => evidenceFixture({ provenance })) });
      expect([code, decideStanding(root, under(root))]).toEqual([code, 'likely']);
    }
  });

  it('needs a line to cite, or words that name the cause themselves', () => {
    expect(decideStanding(kill({ evidence: [] }), [])).toBe('inconclusive');
    expect(decideStanding(kill({ code: null }), [])).toBe('inconclusive');
  });
});

describe('proofLast', () => {
  it('puts the piece that proves the code at the end', () => {
    const evidence = [
      evidenceFixture({ provenance: 'kernel', source: 'dmesg.txt' }),
      evidenceFixture({ provenance: 'engine', source: 'driver.log' }),
    ];
    expect(proofLast(kill({ evidence })).map(({ source }) => source)).toEqual(['driver.log', 'dmesg.txt']);
  });
});
