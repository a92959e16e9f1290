import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { configuredPlatform } from '../../bot/configured-platform.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { investigate } from '../../bot/investigation/investigate.ts';
import { readSettings } from '../../bot/settings.ts';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { attachedFile } from '../../tools/platform/extra-files.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { KNOWN_LEDGER_DISAGREEMENTS } from './known-disagreements.ts';
import { crossLayerChain } from './last-link.ts';
import { questionVariant, VARIANTS, type Variant } from './question-variant.ts';
import { type AskedQuestion, type Incident, RECORDED, readAskedQuestions, readIncidents } from './read-incidents.ts';
import { renameCapture } from './rename-capture.ts';
import { type IncidentScore, scoreDiagnosis } from './score-diagnosis.ts';
import { sharedFolder } from './shared-folder.ts';

/** Incidents of Spark, YARN and the kernel: what this version answers. */
const IN_SCOPE = /^(?:yarn|slow|cache|celeborn)/;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    variants: { type: 'string', default: VARIANTS.join(',') },
    questions: { type: 'boolean', default: true },
    seed: { type: 'string', default: '1' },
    gate: { type: 'boolean', default: true },
    chains: { type: 'boolean', default: false },
  },
  allowNegative: true,
});

const shared = sharedFolder();
if (shared === null) console.log('skipped: the shared incidents are not on this machine (set WHEREFORE_SHARED)');
const failures = [
  ...(shared === null ? [] : await incidentsTable('incidents', readIncidents(path.join(shared, 'captures'), IN_SCOPE))),
  ...(await incidentsTable('recorded here', readIncidents(RECORDED, /./))),
  ...(shared !== null && values.questions ? await questionsTable(shared) : []),
];
for (const failure of failures) console.log(`FAILED  ${failure}`);
console.log(`\n${failures.length === 0 ? 'all targets met' : `${failures.length} targets missed`}`);
if (values.gate && failures.length > 0) process.exitCode = 1;

async function incidentsTable(title: string, all: readonly Incident[]): Promise<string[]> {
  const incidents = all.filter(({ id }) => id.includes(values.only));
  if (incidents.length === 0) return [];
  const variants = VARIANTS.filter((variant) => values.variants.split(',').includes(variant));
  const failures: string[] = [];
  const firstBy = new Map<string, string>();
  for (const variant of variants) {
    console.log(`\n== ${title}, ${variant}`);
    const scores: IncidentScore[] = [];
    const chains: string[] = [];
    for (const [at, incident] of incidents.entries()) {
      const other = incidents[(at + 7) % incidents.length] ?? incident;
      const { score: scored, chain } = await scoreIncident(incident, other, variant);
      const score = withKnownDisagreement(incident.id, scored);
      if (chain !== null) chains.push(`${incident.id}: ${score.first} ${score.standing}: ${chain}`);
      scores.push(score);
      printScore(incident.id, incident.truth.code, score);
      const plain = firstBy.get(incident.id) ?? score.first;
      firstBy.set(incident.id, plain);
      if (plain !== score.first) failures.push(`${incident.id}: ${plain} as asked, ${score.first} when ${variant}`);
    }
    failures.push(...targets(`${title}, ${variant}`, scores));
    if (values.chains) printChains(title, chains, scores.length);
  }
  return failures;
}

interface ScoredIncident {
  score: IncidentScore;
  /** Set where the chain spans several layers. */
  chain: string | null;
}

async function scoreIncident(incident: Incident, other: Incident, variant: Variant): Promise<ScoredIncident> {
  const renamed = variant === 'renamed' ? await renameCapture(incident, Number(values.seed)) : null;
  try {
    const platform = await openCapture(renamed?.folder ?? incident.folder);
    const question = renamed?.question ?? questionVariant(incident, other, variant);
    const diagnosis = await investigate({ question, platform, language: 'auto', attachments: [] });
    const score = scoreDiagnosis(diagnosis, {
      code: incident.truth.code,
      acceptable: incident.truth.acceptable,
      mustNotCode: incident.mustNotCode,
      ledgerAccounts: incident.truth.ledgerAccounts ?? null,
    });
    return { score, chain: crossLayerChain(diagnosis) };
  } finally {
    renamed?.remove();
  }
}

/** A disagreement that is known and explained is printed, not counted. */
function withKnownDisagreement(id: string, score: IncidentScore): IncidentScore {
  const why = KNOWN_LEDGER_DISAGREEMENTS[id];
  if (why === undefined || score.ledgerRight !== false) return score;
  console.log(`known: ${id}: largest account ${score.largestDelta}: ${why}`);
  return { ...score, ledgerRight: null };
}

function printChains(title: string, chains: readonly string[], all: number): void {
  console.log(`\n== ${title}, chains over several layers: ${chains.length} of ${all}`);
  for (const chain of chains) console.log(chain);
}

function printScore(id: string, truth: string, score: IncidentScore): void {
  const marks = [
    score.right ? (score.confirmed ? 'ok  ' : 'ok? ') : 'MISS',
    score.wrongConfirmed.length > 0 ? `WRONG CONFIRMED ${score.wrongConfirmed.join(' ')}` : '',
    score.forbidden.length > 0 ? `FORBIDDEN ${score.forbidden.join(' ')}` : '',
    score.ledgerRight === false ? `LEDGER ${score.largestDelta}` : '',
    score.lastLink?.allowed === false ? 'LAST LINK NO PROOF' : '',
  ];
  const short = /^(?:yarn|slow|cache)-\d{3}/.exec(id)?.[0] ?? id;
  console.log(
    `${marks[0]} ${short.padEnd(11)} ${truth.padEnd(34)} ${score.first} ${score.standing} ${writersIn(score)} ${marks.slice(1).join(' ')}`.trimEnd(),
  );
}

/** Who wrote what the last link rests on; a dash where nothing is claimed. */
function writersIn({ lastLink }: IncidentScore): string {
  if (lastLink === null) return '-';
  return `‹${lastLink.writers.join('+') || 'nobody'}›`;
}

function targets(variant: string, scores: readonly IncidentScore[]): string[] {
  const right = scores.filter((score) => score.right);
  const decided = right.filter((score) => !/^(?:none|unknown)\./.test(score.first));
  const confirmed = decided.filter((score) => score.confirmed);
  const wrong = scores.filter((score) => score.wrongConfirmed.length > 0).length;
  const forbidden = scores.filter((score) => score.forbidden.length > 0).length;
  const ledger = scores.filter((score) => score.ledgerRight === false).length;
  const linked = scores.filter((score) => score.lastLink !== null);
  const proven = linked.filter((score) => score.lastLink?.allowed);
  const unproven = linked.filter((score) => !score.lastLink?.allowed && score.standing === 'confirmed').length;
  console.log(
    `${right.length} of ${scores.length} right first, ${confirmed.length} of ${decided.length} of them confirmed, ${wrong} wrong confirmed, ${forbidden} forbidden, ${ledger} ledgers off, last link of ${proven.length} of ${linked.length} by a writer that may prove the code`,
  );
  const missed = [
    right.length / scores.length < 0.9 ? `${variant}: ${right.length}/${scores.length} right first` : '',
    confirmed.length / Math.max(1, decided.length) < 0.8
      ? `${variant}: ${confirmed.length}/${decided.length} confirmed`
      : '',
    wrong > 0 ? `${variant}: ${wrong} wrong confirmed` : '',
    forbidden > 0 ? `${variant}: ${forbidden} with a code that must not be` : '',
    ledger > 0 ? `${variant}: ${ledger} with another largest account` : '',
    unproven > 0 ? `${variant}: ${unproven} confirmed whose last link no allowed writer wrote` : '',
  ];
  return missed.filter((text) => text !== '');
}

async function questionsTable(folder: string): Promise<string[]> {
  const asked = readAskedQuestions(path.join(folder, 'questions')).filter(
    ({ id }) => id.includes(values.only) || values.only === '',
  );
  if (asked.length === 0) return [];
  console.log('\n== questions people asked, pasted text only');
  const rows = [];
  for (const question of asked) {
    const diagnosis = await askPasted(question);
    const row = questionRow(question, diagnosis);
    rows.push(row);
    console.log(
      `${row.right ? 'ok  ' : 'MISS'} ${question.id} ${question.expected.code.padEnd(34)} ${row.first} ${row.standing} ${row.wrongConfirmed ? 'WRONG CONFIRMED' : ''}`.trimEnd(),
    );
  }
  return questionTargets(rows);
}

interface QuestionRow {
  insufficient: boolean;
  right: boolean;
  first: string;
  standing: string;
  needsMore: boolean;
  wrongConfirmed: boolean;
}

function questionRow(question: AskedQuestion, diagnosis: Diagnosis): QuestionRow {
  const { expected } = question;
  const [first] = diagnosis.rootCauses;
  const rightCodes = [expected.code, ...expected.alsoRight];
  const needsMore = diagnosis.outcome === 'needs_more';
  return {
    insufficient: expected.insufficient,
    right: expected.insufficient ? needsMore : first !== undefined && rightCodes.includes(first.code),
    first: first?.code ?? '(none)',
    standing: first?.standing ?? '',
    needsMore,
    wrongConfirmed: diagnosis.rootCauses.some(
      (cause) => cause.standing === 'confirmed' && !rightCodes.includes(cause.code),
    ),
  };
}

function questionTargets(rows: readonly QuestionRow[]): string[] {
  const right = rows.filter((row) => row.right).length;
  const insufficient = rows.filter((row) => row.insufficient);
  const decided = rows.filter((row) => !row.insufficient);
  const open = insufficient.filter((row) => row.needsMore).length;
  const tooShy = decided.filter((row) => row.needsMore).length;
  const wrong = rows.filter((row) => row.wrongConfirmed).length;
  console.log(
    `${right} of ${rows.length} right first, ${open} of ${insufficient.length} insufficient left open, ${tooShy} of ${decided.length} others left open, ${wrong} wrong confirmed`,
  );
  const missed = [
    right / rows.length < 0.75 ? `questions: ${right}/${rows.length} right first` : '',
    open < insufficient.length ? `questions: ${insufficient.length - open} insufficient ones answered` : '',
    tooShy > 3 ? `questions: ${tooShy} answerable ones left open` : '',
    wrong > 0 ? `questions: ${wrong} wrong confirmed` : '',
  ];
  return missed.filter((text) => text !== '');
}

async function askPasted(question: AskedQuestion): Promise<Diagnosis> {
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-eval-'));
  try {
    const attachments = await Promise.all(
      question.artifacts.map(async ({ text }, at) => {
        const file = path.join(folder, `paste-${at + 1}.txt`);
        writeFileSync(file, text);
        return await attachedFile(file, at + 1);
      }),
    );
    const platform = withFiles(configuredPlatform(readSettings({})), attachments);
    return await investigate({ question: question.question, platform, language: 'auto', attachments });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
