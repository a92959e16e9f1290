import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { configuredPlatform } from '../../bot/configured-platform.ts';
import type { Diagnosis } from '../../bot/investigation/diagnosis.ts';
import { investigate } from '../../bot/investigation/investigate.ts';
import { readSettings } from '../../bot/settings.ts';
import { attachedFile } from '../../tools/platform/extra-files.ts';
import { withFiles } from '../../tools/platform/with-files.ts';
import { sharedFolder } from '../shared-folder.ts';
import { type AskedQuestion, readAskedQuestions } from './read-asked-questions.ts';

const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } });

const shared = sharedFolder();
if (shared === null) console.log('skipped: the shared questions are not on this machine (set WHEREFORE_SHARED)');
const failures = shared === null ? [] : await questionsTable(shared);
for (const failure of failures) console.log(`FAILED  ${failure}`);
console.log(`\n${failures.length === 0 ? 'all targets met' : `${failures.length} targets missed`}`);
if (failures.length > 0) process.exitCode = 1;

async function questionsTable(folder: string): Promise<string[]> {
  const asked = readAskedQuestions(path.join(folder, 'questions')).filter(({ id }) => id.includes(values.only));
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
