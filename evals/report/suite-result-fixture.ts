import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import type { Expected } from '../scenario/scenario.ts';
import type { Score } from '../scorers/scorer.ts';
import type { Trial } from '../trial/trial.ts';
import type { ScoredTrial, SuiteResult } from './suite-result.ts';

/** What a test says of one made-up trial; the rest is filled in. */
export interface MadeUpTrial extends Partial<Pick<Trial, 'variant' | 'form' | 'attempt' | 'status' | 'question'>> {
  /** `<scenario>/asked-1`, as asks are called. */
  askId?: string;
  /** What was answered first. */
  given?: RootCause['code'];
  standing?: RootCause['standing'];
  outcome?: Diagnosis['outcome'];
  expected?: Partial<Expected>;
  /** Values by scorer, on top of `cause`, which is worked out. */
  values?: Readonly<Record<string, number | null>>;
  /** Hard gates that it breaks. */
  broken?: readonly string[];
  incident?: string;
  tags?: ScoredTrial['tags'];
  gate?: ScoredTrial['gate'];
  usd?: number;
  durationMs?: number;
}

const NOTHING_EXPECTED: Expected = {
  behaviour: 'answer',
  causes: ['kernel.memcg_oom'],
  alsoRight: [],
  forbidden: [],
  components: [],
  window: null,
  responsibility: [],
  evidence: [],
  settings: { required: [], forbidden: [] },
  ledger: null,
  mustNotSay: [],
};

/** Scorers of made-up results: `cause` decides, `evidence-validity` is a hard gate, `speed` depends on the clock. */
export const MADE_UP_SCORERS: SuiteResult['scorers'] = [
  { name: 'cause', measures: '1: the first cause is true; 0: it is not', isHardGate: false, isTimed: false },
  { name: 'evidence-validity', measures: '1: all that is cited was read', isHardGate: true, isTimed: false },
  { name: 'chain', measures: 'share of the links that are proven', isHardGate: false, isTimed: false },
  { name: 'speed', measures: '1: at once', isHardGate: false, isTimed: true },
];

/** Test builder: a whole run, typed by hand. */
export function madeUpResult(trials: readonly MadeUpTrial[], more: Partial<SuiteResult> = {}): SuiteResult {
  const scored = trials.map(madeUpTrial);
  return {
    schemaVersion: 1,
    product: { version: '0.1.0', commit: '8dcde1b0c5d1', contentHash: null, model: null },
    startedAt: '2026-11-22T01:00:00Z',
    durationMs: 61_000,
    seed: 1,
    variants: [...new Set(scored.map(({ trial }) => trial.variant))],
    filter: null,
    scorers: MADE_UP_SCORERS,
    decidedBy: ['cause'],
    scored,
    ...more,
  };
}

/** Test builder: one trial; right, and confirmed, unless it is said otherwise. */
export function madeUpTrial(said: MadeUpTrial): ScoredTrial {
  const { askId = 'job-1-load/asked-1', variant = 'rules', form = 'asked', attempt = 1, status = 'ran' } = said;
  const scenarioId = askId.split('/')[0] ?? askId;
  const expected = { ...NOTHING_EXPECTED, ...said.expected };
  const given = said.given ?? expected.causes[0] ?? 'unknown.insufficient_evidence';
  const trial: Trial = {
    id: `${askId} ${variant} #${attempt}`,
    askId,
    scenarioId,
    variant,
    form,
    language: 'en',
    attempt,
    question: said.question ?? `why did ${scenarioId} fail`,
    status,
    why: status === 'ran' ? null : 'the server is down',
    diagnosis: status === 'ran' ? madeUpDiagnosis(given, said) : null,
    read: ['hosts/node1/dmesg.txt'],
    durationMs: said.durationMs ?? 200,
    firstMs: null,
  };
  return {
    trial,
    scores: status === 'not_run' ? [] : scoresOf(said, expected.causes.includes(given) && status === 'ran'),
    title: `about ${scenarioId}`,
    incident: said.incident ?? scenarioId,
    tags: said.tags ?? ['spark', 'failure'],
    expected,
    gate: said.gate ?? 'always',
    gateBecause: said.gate === 'usually' ? 'it is new' : null,
  };
}

function scoresOf({ values = {}, broken = [], status }: MadeUpTrial, right: boolean): Score[] {
  const all: Record<string, number | null> = { cause: Number(right), 'evidence-validity': 1, chain: 1, ...values };
  return Object.entries(all).map(([scorer, value]) => ({
    scorer,
    value: broken.includes(scorer) ? 0 : value,
    passed: scorer === 'evidence-validity' && status !== 'crashed' ? !broken.includes(scorer) : null,
    detail: value === 1 && !broken.includes(scorer) ? '' : `${scorer} is off`,
  }));
}

function madeUpDiagnosis(code: RootCause['code'], said: MadeUpTrial): Diagnosis {
  const { standing = 'confirmed', outcome = 'answered', usd = null } = said;
  return {
    schemaVersion: 1,
    id: 'inv_madeup0',
    question: { text: 'why', language: 'en' },
    theories: [],
    subject: null,
    window: null,
    outcome,
    refusal: null,
    summary: `It is ${code}.`,
    rootCauses: [
      {
        code,
        statement: `The cause is ${code}.`,
        standing,
        responsibility: 'platform',
        component: { kind: 'host', id: 'node1' },
        at: '2026-11-21T11:29:22Z',
        chain: [{ statement: 'The kernel killed it.', at: null, component: null, evidence: ['e1'] }],
        remediations: [],
      },
    ],
    ledger: null,
    comparison: null,
    whatIf: [],
    evidence: [
      {
        id: 'e1',
        area: 'memory',
        provenance: 'kernel',
        source: 'hosts/node1/dmesg.txt',
        locator: 'line 12',
        at: null,
        excerpt: 'Memory cgroup out of memory: Killed process 4242 (java)',
      },
    ],
    passages: [],
    ruledOut: [],
    notChecked: [],
    needed: [],
    author: 'analyst',
    costs: { durationMs: 200, toolCalls: 3, modelCalls: 0, inputTokens: 0, outputTokens: 0, usd },
  };
}
