import type { ScenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { CauseCode } from '../../knowledge/causes/cause-codes.ts';
import { settingOf } from '../../knowledge/causes/settings.ts';
import type { ScenarioFile } from '../scenario/scenario.ts';
import type { Tag } from '../scenario/tags.ts';
import type { ProposedGold } from './gold-of-answer.ts';
import type { PrivateWords } from './private-words.ts';
import type { AskedCase } from './read-case.ts';
import type { SuspectedTruth } from './suspected-truth.ts';

/** A setting as people write it into a sentence. */
const KEY = /(?<![\w.-])[a-zA-Z][\w-]{1,40}(?:\.[\w-]{1,60}){1,9}(?![\w-])/g;

/**
 * A scenario as far as a case tells it. What nobody has said stays empty; `checked` is empty as well, so that no reader takes the file
 * before a person has written there how the truth was proven.
 */
export function draftScenario(
  { candidate, asked }: AskedCase,
  truth: SuspectedTruth,
  { links }: ProposedGold,
  words: PrivateWords,
): ScenarioFile {
  const { diagnosis, resolved } = candidate;
  const root = diagnosis.rootCauses[0];
  // What the answer says of its cause is of use only where that is the cause.
  const own = root?.code === truth.code ? root : null;
  const behaviour = behaviourOf(truth.code, diagnosis.outcome);
  const questions = questionsOf(asked, diagnosis.subject?.id ?? null, words);
  const at = asked[0]?.at ?? null;
  const by = own ? own.responsibility : causeOf(truth.code).responsibility;
  return {
    id: 'case-0-draft',
    title: `Case ${candidate.caseId}`,
    tags: tagsOf(candidate, truth.code, questions),
    gate: 'usually',
    gateBecause: 'made of a case; no run has shown yet that it is always right',
    ...(behaviour === 'still_running' && at !== null ? { askedAt: at } : {}),
    questions,
    expected: {
      behaviour,
      causes: [truth.code],
      alsoRight: [],
      forbidden: truth.denied,
      components: own?.component ? [{ ...own.component, id: words.clean(own.component.id) }] : [],
      window: own?.at ? { from: own.at, to: own.at } : null,
      responsibility: by === 'unknown' || truth.code.startsWith('none.') ? [] : [by],
      evidence: links,
      settings: { required: settingsIn(resolved?.fixedBy ?? '').map((key) => [key]), forbidden: [] },
      ledger: null,
      mustNotSay: [],
    },
    provenance: {
      kind: 'recorded',
      did: `from a case: ${candidate.caseId}${at === null ? '' : `, asked ${at.slice(0, 10)}`}`,
      engines: {},
      recordedOn: resolved?.on ?? (diagnosis.window?.to ?? at ?? new Date().toISOString()).slice(0, 10),
      checked: '',
    },
  };
}

function behaviourOf(code: CauseCode, outcome: string): ScenarioFile['expected']['behaviour'] {
  if (outcome === 'refused') return 'refuse';
  if (code === 'none.healthy') return 'healthy';
  if (code === 'none.still_running') return 'still_running';
  return code.startsWith('unknown.') ? 'needs_more' : 'answer';
}

/** Questions as they were asked; where there was one, the name alone as the second: a scenario has two. */
function questionsOf(
  asked: AskedCase['asked'],
  subject: string | null,
  words: PrivateWords,
): ScenarioFile['questions'] {
  const texts = new Map(asked.map(({ text, language }) => [words.clean(text).trim(), language]));
  if (texts.size < 2) texts.set(`${words.clean(subject ?? 'my job')} ??`, 'en');
  return [...texts].map(([text, language]) => ({ text, language, attach: [] }));
}

function settingsIn(text: string): string[] {
  const keys = [...text.matchAll(KEY)].map(([key]) => key).filter((key) => settingOf(key) !== undefined);
  return [...new Set(keys)];
}

function tagsOf(
  { diagnosis }: ScenarioCandidate,
  code: CauseCode,
  questions: ScenarioFile['questions'],
): ScenarioFile['tags'] {
  const kind = diagnosis.subject?.kind;
  const id = diagnosis.subject?.id ?? '';
  const areas = new Set(diagnosis.evidence.map(({ area }) => String(area)));
  const isSlow = diagnosis.ledger !== null && !['failed', 'killed'].includes(diagnosis.runState ?? '');
  const candidates: [Tag, boolean][] = [
    ['spark', kind === 'spark_application' || (kind === 'yarn_application' && areas.has('spark'))],
    ['flink', kind === 'flink_job'],
    ['airflow', kind === 'workflow_run'],
    ['yarn', id.startsWith('application_') || id.startsWith('container_')],
    ['standalone', id.startsWith('app-')],
    ['local', id.startsWith('local-')],
    [isSlow ? 'slowness' : 'failure', true],
    ['wrong-theory', diagnosis.theories.some(({ verdict }) => verdict === 'ruled_out')],
    ['healthy', code === 'none.healthy'],
    ['still-running', code === 'none.still_running'],
    ['insufficient', code.startsWith('unknown.')],
    ['chinese', questions.some(({ language }) => language !== 'en')],
  ];
  return candidates.filter(([, fits]) => fits).map(([tag]) => tag);
}
