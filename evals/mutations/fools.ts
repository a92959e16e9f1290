import type { Diagnosis, RootCause } from '../../bot/investigation/diagnosis.ts';
import type { Platform } from '../../tools/platform/platform.ts';
import { type Answerer, NotRun } from '../trial/answerer.ts';

type Code = RootCause['code'];
type Evidence = Diagnosis['evidence'][number];

/** Says the same cause whatever is asked, as sure as can be, without having looked. */
export function alwaysSays(code: Code): Answerer {
  return { answer: async ({ question }) => answered(question, cause(code, [])) };
}

/** Words of a theory, and the code that somebody who believes every asker makes of them. */
const BELIEVED: readonly (readonly [RegExp, Code])[] = [
  [/skew|倾斜/i, 'skew.join_key'],
  [/network|firewall/i, 'network.connection_timeout'],
  [/bad node|broken disk|disk/i, 'storage.bad_disk'],
  [/overloaded|throttled/i, 'kernel.cpu_contention'],
  [/memory|OOM|heap/i, 'memory.executor_heap_oom'],
  [/preempt/i, 'scheduling.preemption'],
];

/** Copies the asker's theory: believes what the question names first, and confirms it. */
export const BELIEVES_THE_ASKER: Answerer = {
  answer: async ({ question }) => {
    const believed = BELIEVED.map(([words, code]) => ({ at: question.search(words), code }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at);
    return answered(question, cause(believed[0]?.code ?? 'code.user_code', []));
  },
};

/** Never commits itself. */
export const ALWAYS_ASKS_FOR_MORE: Answerer = {
  answer: async ({ question }) => ({
    ...answered(question, { ...cause('unknown.insufficient_evidence', []), standing: 'inconclusive' }),
    outcome: 'needs_more',
    needed: [{ what: 'more logs', how: 'ask the platform team' }],
  }),
};

/** Knows the right cause and makes up what proves it, at a source that it did open. */
export function makesUpEvidence(code: Code, evidence: Evidence): Answerer {
  return {
    answer: async ({ question, platform }) => {
      await open(platform, evidence.source);
      return answered(question, cause(code, [evidence.id]), [evidence]);
    },
  };
}

/** Knows the right cause and the very lines that prove it, and cites them without having opened them. */
export function citesUnread(code: Code, evidence: Evidence): Answerer {
  return { answer: async ({ question }) => answered(question, cause(code, [evidence.id]), [evidence]) };
}

export const CRASHES: Answerer = {
  answer: async () => {
    throw new TypeError('cannot read properties of undefined');
  },
};

/** Its model does not answer: there is nothing to score. */
export const MODEL_IS_DOWN: Answerer = {
  answer: async () => {
    throw new NotRun('the model did not answer: 503');
  },
};

async function open(platform: Platform, source: string): Promise<void> {
  const { files } = await platform.files();
  // Whoever asks where the bytes lie has gone for them.
  void files.find((file) => file.source === source)?.realPath;
}

function cause(code: Code, evidence: readonly string[]): RootCause {
  return {
    code,
    statement: 'This is the cause.',
    standing: 'confirmed',
    responsibility: 'platform',
    component: null,
    at: null,
    chain: [{ statement: 'This is the cause.', at: null, component: null, evidence: [...evidence] }],
    remediations: [],
  };
}

function answered(question: string, root: RootCause, evidence: readonly Evidence[] = []): Diagnosis {
  return {
    schemaVersion: 1,
    id: 'inv_0000000000',
    question: { text: question, language: 'en' },
    theories: [],
    subject: null,
    window: null,
    outcome: 'answered',
    refusal: null,
    summary: 'The cause is known.',
    rootCauses: [root],
    ledger: null,
    comparison: null,
    whatIf: [],
    evidence: [...evidence],
    passages: [],
    ruledOut: [],
    notChecked: [],
    needed: [],
    author: 'analyst',
    costs: { durationMs: 0, toolCalls: 0, modelCalls: 0, inputTokens: 0, outputTokens: 0, usd: null },
  };
}
