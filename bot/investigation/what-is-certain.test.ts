import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import type { Finding } from '../../tools/evidence/finding.ts';
import { whatIsCertain } from './what-is-certain.ts';

const ID = 'application_1700000000000_0042';
const CHOSEN = {
  kind: 'chosen',
  by: 'id',
  candidate: {
    id: ID,
    kind: 'spark_application',
    names: ['etl_orders'],
    user: 'etl',
    queue: null,
    startedAt: 1,
    endedAt: 2,
    state: 'failed',
    sparkHandle: null,
  },
} as const;

function finding(
  statement: string,
  more: Partial<Finding>,
  provenance: Evidence['provenance'] = 'node_manager',
): Finding {
  const piece: Evidence = {
    area: 'logs',
    provenance,
    source: 'hosts/h/nm.log',
    fromLine: 1,
    toLine: 1,
    at: null,
    excerpt: statement,
  };
  return {
    area: 'logs',
    rule: 'made/up',
    kind: 'observed',
    code: null,
    statement: { en: statement, zh: statement },
    keys: { applicationId: ID },
    at: 10,
    evidence: [piece],
    count: 1,
    weight: 1,
    values: {},
    ...more,
  };
}

describe('whatIsCertain', () => {
  it('tells the run, how it stands and the latest statements of the platform', () => {
    const certain = whatIsCertain(
      CHOSEN,
      [
        finding('an early one', { at: 1, rule: 'made/other' }),
        finding('a late one', { at: 9 }),
        finding('another late one', { at: 0 }),
      ],
      ['etl_orders'],
    );
    expect(certain).toMatchObject({ subject: { id: ID, name: 'etl_orders' }, state: 'failed', endedAt: 2 });
    expect(certain.lines.map(({ text }) => text.en)).toEqual(['a late one', 'an early one']);
  });

  it('leaves out what is suggested, told by the program itself, or of another run', () => {
    const certain = whatIsCertain(
      CHOSEN,
      [
        finding('suggested', { kind: 'inferred' }),
        finding('told by the program', {}, 'user_process'),
        finding('of another', { keys: { applicationId: 'application_1700000000000_0001' } }),
      ],
      [],
    );
    expect(certain.lines).toEqual([]);
  });

  it('knows nothing where no run is chosen', () => {
    expect(whatIsCertain({ kind: 'none' }, [finding('x', {})], [])).toMatchObject({ subject: null, lines: [] });
  });
});
