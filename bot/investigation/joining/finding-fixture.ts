import type { Evidence } from '../../../tools/evidence/evidence.ts';
import type { Finding } from '../../../tools/evidence/finding.ts';

/** Time of a finding that is not given another: 2026-01-01T00:00:00Z. */
export const FIXTURE_AT = Date.UTC(2026, 0, 1);

/** Test builder: one piece of evidence typed by hand; nothing here is a recording. */
export function evidenceFixture(more: Partial<Evidence> = {}): Evidence {
  return {
    source: 'driver.log',
    fromLine: 1,
    toLine: 1,
    excerpt: 'x',
    area: 'logs',
    provenance: 'engine',
    at: null,
    ...more,
  };
}

/** Test builder: a finding typed by hand; each gets a line of its own unless evidence is given. */
export function findingFixture(more: Partial<Finding> = {}): Finding {
  lines += 1;
  return {
    area: 'logs',
    rule: 'test/rule',
    kind: 'observed',
    code: null,
    statement: { en: `statement ${lines}`, zh: `陈述 ${lines}` },
    keys: {},
    at: FIXTURE_AT,
    evidence: [evidenceFixture({ fromLine: lines, toLine: lines })],
    count: 1,
    weight: 1,
    values: {},
    ...more,
  };
}

let lines = 0;
