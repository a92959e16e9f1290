import { beforeAll, describe, expect, it } from 'vitest';
import { DIAGNOSIS, type Diagnosis, diagnosisJsonSchema } from './diagnosis.ts';
import { type DemoCase, demoCase } from './fixtures/demo-case.ts';

const cases: DemoCase[] = [];

beforeAll(async () => {
  for (const name of ['failed-run', 'slow-run'] as const) {
    cases.push(await demoCase(name, 'en'), await demoCase(name, 'zh'));
    // Outcomes other than an answer: several runs could be meant, an id that nobody knows.
    cases.push(await demoCase(name, 'en', 'why did it fail?'));
    cases.push(await demoCase(name, 'en', 'why did application_1700000000000_9999 fail?'));
  }
});

const honest = () => structuredClone((cases[0] as DemoCase).diagnosis) as unknown as Json;

// biome-ignore lint/suspicious/noExplicitAny: faults are planted in what the compiler would refuse
type Json = any;

const FAULTS: Readonly<Record<string, (diagnosis: Json) => void>> = {
  'an unknown field': (diagnosis) => (diagnosis.rootCause = 'x'),
  'an unknown field of a cause': (diagnosis) => (diagnosis.rootCauses[0].confidence = 0.9),
  'an unknown field of a link': (diagnosis) => (diagnosis.rootCauses[0].chain[0].evidences = []),
  'an unknown field of a setting': (diagnosis) => (diagnosis.rootCauses[0].remediations[0].settings[0].unit = 'm'),
  'an unknown field of a piece of evidence': (diagnosis) => (diagnosis.evidence[0].text = 'x'),
  'an unknown field of the costs': (diagnosis) => (diagnosis.costs.eur = 1),
  'a standing that does not exist': (diagnosis) => (diagnosis.rootCauses[0].standing = 'certain'),
  'a responsibility that does not exist': (diagnosis) => (diagnosis.rootCauses[0].responsibility = 'vendor'),
  'a code that is not in the catalogue': (diagnosis) => (diagnosis.rootCauses[0].code = 'kernel.magic'),
  'an outcome that does not exist': (diagnosis) => (diagnosis.outcome = 'failed'),
  'a verdict that does not exist': (diagnosis) => (diagnosis.theories[0].verdict = 'maybe'),
  'an account that does not exist': (diagnosis) => (diagnosis.ledger.accounts[0].account = 'coffee'),
  'milliseconds that are not whole': (diagnosis) => (diagnosis.ledger.accounts[0].ms = 1.5),
  'a time without a zone': (diagnosis) => (diagnosis.window.from = '2026-11-21T11:17:00'),
  'a time with an offset': (diagnosis) => (diagnosis.window.from = '2026-11-21T11:17:00+08:00'),
  'an id of evidence in another form': (diagnosis) => (diagnosis.evidence[0].id = 'E1'),
  'a provenance that does not exist': (diagnosis) => (diagnosis.evidence[0].provenance = 'rumour'),
  'another version of the schema': (diagnosis) => (diagnosis.schemaVersion = 2),
  'a missing field': (diagnosis) => delete diagnosis.needed,
  'nothing where a list belongs': (diagnosis) => (diagnosis.rootCauses = null),
};

describe('the contract', () => {
  it('holds for every diagnosis of the bundled recordings, as text and back', () => {
    for (const { diagnosis } of cases) {
      const text = JSON.parse(JSON.stringify(diagnosis));
      expect(DIAGNOSIS.parse(text)).toEqual(diagnosis);
      expect(diagnosis.rootCauses.length).toBeGreaterThan(0);
    }
  });

  it.each(Object.entries(FAULTS))('refuses %s', (_, plant) => {
    const diagnosis = honest();
    expect(DIAGNOSIS.safeParse(diagnosis).success).toBe(true);
    plant(diagnosis);
    expect(DIAGNOSIS.safeParse(diagnosis).success).toBe(false);
  });

  it('keeps the rules about the first cause and its standing', () => {
    const outcomes = new Set<string>();
    for (const { diagnosis } of cases) {
      outcomes.add(diagnosis.outcome);
      const [first] = diagnosis.rootCauses;
      if (diagnosis.outcome === 'needs_more') {
        expect(first?.code).toBe('unknown.insufficient_evidence');
        expect(new Set(diagnosis.rootCauses.map(({ standing }) => standing))).toEqual(new Set(['inconclusive']));
        expect(diagnosis.needed.length).toBeGreaterThan(0);
      } else expect(first?.code).not.toBe('unknown.insufficient_evidence');
    }
    expect([...outcomes].sort()).toEqual(['answered', 'needs_more']);
  });

  it('books every millisecond of the wall clock', () => {
    const ledgers = cases.flatMap(({ diagnosis: { ledger } }) => (ledger ? [ledger] : []));
    expect(ledgers.length).toBeGreaterThanOrEqual(4);
    for (const { accounts, unexplainedMs, wallClockMs } of ledgers) {
      expect(accounts.reduce((sum, { ms }) => sum + ms, unexplainedMs)).toBe(wallClockMs);
    }
  });
});

/** Every field that DESIGN §5 writes, as paths; `[]` stands for the entries of a list. */
const DESIGN_FIELDS = `
schemaVersion id question.text question.language theories[].text theories[].code theories[].verdict subject.kind subject.id window.from window.to
outcome refusal.reason refusal.statement summary rootCauses[].code rootCauses[].statement rootCauses[].standing rootCauses[].responsibility
rootCauses[].component.kind rootCauses[].component.id rootCauses[].at rootCauses[].chain[].statement rootCauses[].chain[].at
rootCauses[].chain[].component rootCauses[].chain[].evidence rootCauses[].remediations[].statement rootCauses[].remediations[].settings[].key
rootCauses[].remediations[].settings[].from rootCauses[].remediations[].settings[].to rootCauses[].remediations[].settings[].because
rootCauses[].remediations[].settings[].evidence rootCauses[].remediations[].runbook ledger.wallClockMs ledger.accounts[].account
ledger.accounts[].ms ledger.accounts[].stages ledger.accounts[].evidence ledger.unexplainedMs comparison.with comparison.baseline
comparison.accounts[].account comparison.accounts[].deltaMs comparison.changes[].what comparison.changes[].name comparison.changes[].from
comparison.changes[].to whatIf[].without whatIf[].savedMs whatIf[].modelErrorPct evidence[].id evidence[].area evidence[].provenance
evidence[].source evidence[].locator evidence[].at evidence[].excerpt passages[].id passages[].runbook passages[].section passages[].url
ruledOut[].code ruledOut[].why ruledOut[].evidence notChecked[].area notChecked[].why needed[].what needed[].how author
costs.durationMs costs.toolCalls costs.modelCalls costs.inputTokens costs.outputTokens costs.usd`
  .trim()
  .split(/\s+/);

interface Schema {
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: string[];
  const?: unknown;
  additionalProperties?: boolean;
}

/** The schema at a path, and whether its last field has to be there. */
function schemaAt(path: string): { schema: Schema; required: boolean } | null {
  let schema = diagnosisJsonSchema() as Schema;
  let required = true;
  for (const step of path.split('.')) {
    const name = step.replace('[]', '');
    const object = schema.properties ? schema : schema.anyOf?.find(({ properties }) => properties);
    const next = object?.properties?.[name];
    if (!next) return null;
    required = object?.required?.includes(name) === true && object.additionalProperties === false;
    schema = step.endsWith('[]') ? (next.items ?? {}) : next;
  }
  return { schema, required };
}

describe('the JSON Schema', () => {
  it.each(DESIGN_FIELDS)('has %s and requires it', (path) => {
    expect(schemaAt(path)?.required).toBe(true);
  });

  it.each([
    ['question.language', ['en', 'zh']],
    ['theories[].verdict', ['confirmed', 'ruled_out', 'open']],
    ['outcome', ['answered', 'needs_more', 'healthy', 'still_running', 'refused']],
    ['rootCauses[].standing', ['confirmed', 'likely', 'inconclusive']],
    ['rootCauses[].responsibility', ['platform', 'user', 'shared', 'unknown']],
    ['comparison.baseline', ['run', 'median']],
    ['author', ['analyst', 'agent']],
  ])('allows for %s what the design lists', (path, values) => {
    expect([...(schemaAt(path)?.schema.enum ?? [])].sort()).toEqual([...values].sort());
  });

  it('knows every code and every account that the zod schema knows', () => {
    const codes = DIAGNOSIS.shape.rootCauses.element.shape.code.options;
    expect(schemaAt('rootCauses[].code')?.schema.enum).toEqual(codes);
    expect(schemaAt('ledger.accounts[].account')?.schema.enum).toHaveLength(15);
    const value: Diagnosis['schemaVersion'] = 1;
    expect(schemaAt('schemaVersion')?.schema.const).toBe(value);
  });
});
