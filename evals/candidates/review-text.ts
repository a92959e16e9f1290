import type { ScenarioCandidate } from '../../bot/cases/scenario-candidate.ts';
import { visibleText } from '../../bot/render/visible-text.ts';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import type { TakenOut } from './private-words.ts';

/** All that a reviewer is told. */
export interface Review {
  id: string;
  candidate: ScenarioCandidate;
  /** The first question, as the scenario has it. */
  question: string;
  hasCapture: boolean;
  isRenamed: boolean;
  takenOut: TakenOut;
  /** Files that were not looked into. */
  unread: readonly string[];
  /** Cited lines that are not in the capture. */
  missing: readonly string[];
  /** What the leak check says. */
  leaks: readonly string[];
  /** A text as it may stand here. */
  say(text: string): string;
}

const MOST = 40;

/** `REVIEW.md` of a candidate: what to prove, what was masked, how to accept it. */
export function reviewText(review: Review): string {
  const { id, candidate, hasCapture, unread, missing, leaks } = review;
  const sources = candidate.sources.map(({ area, source }) => `${source} (${area})`);
  return [
    `# ${id}`,
    `Made of ${candidate.caseId}. ${hasCapture ? 'A candidate: no scenario before a person has proven it.' : '**No scenario yet: there is no capture.**'} Delete this file when you accept it.`,
    section('What people said', said(review)),
    ...(hasCapture ? [] : [section('To be captured', captureSteps(review, sources))]),
    section('What to prove', [
      'Every field under `# REVIEW:` in `scenario.yaml`; take each mark out when it is true.',
      ...candidate.review.filter((what) => !hasCapture || !what.startsWith('Record a capture')),
      ...listed('Cited by the answer, and not in the capture:', missing),
    ]),
    section('What was taken out', takenOut(review)),
    ...(hasCapture
      ? [
          section(
            'What the leak check says',
            leaks.length === 0 ? ['Nothing tells the answer, as far as the rules see.'] : leaks,
          ),
        ]
      : []),
    ...(unread.length === 0
      ? []
      : [section('Not looked into', [...unread.map(line), 'Open them yourself, or leave them out.'])]),
    section('How to accept it', [
      'Write `provenance.checked`; without it no reader takes the file.',
      `Delete \`REVIEW.md\` and move the folder: \`mv <this folder> evals/scenarios/${id}\` (another id: the folder and \`id\` together).`,
      `\`npx vitest run evals/scenario\`, then \`npm run eval -- --only ${id}\`, then \`npm run eval -- --update-baseline\`.`,
    ]),
    '',
  ].join('\n\n');
}

function said({ candidate, say }: Review): string[] {
  const { resolved, feedback, diagnosis } = candidate;
  const root = diagnosis.rootCauses[0];
  return [
    `The answer: ${root ? `${root.code} (${root.standing})` : diagnosis.outcome}. ${line(say(diagnosis.summary))}`,
    ...(resolved
      ? [`Resolved ${resolved.on}: ${line(say(resolved.fixedBy))}${resolved.code ? ` (cause: ${resolved.code})` : ''}`]
      : []),
    ...feedback.map(
      ({ helpful, reason }) =>
        `${helpful ? 'Helpful' : 'Not helpful'}${reason === null ? '' : `: ${line(say(reason))}`}`,
    ),
  ];
}

function captureSteps({ question, candidate }: Review, sources: readonly string[]): string[] {
  return [
    `Record it while the platform still has it: \`wherefore capture ${JSON.stringify(line(question)).replaceAll('`', "'")} --to DIR\`, delete this folder, and make the candidate again with \`npm run eval:candidate -- ${candidate.caseId} --capture DIR\`.`,
    ...listed('The answer read:', sources),
  ];
}

function takenOut({ takenOut: { secrets, emails, slackIds, people }, isRenamed }: Review): string[] {
  return [
    `${plural(secrets, 'secret')}, ${plural(emails, 'e-mail')}, ${plural(slackIds, 'id')} of Slack, ${plural(people, 'name')} of people (\`--person NAME\` takes out more).`,
    isRenamed
      ? 'Hosts that have a folder in the capture, users, queues, jobs and times were renamed by one exchange of letters: whoever knows your names can guess them, and other hosts stand there as they are.'
      : 'Hosts, users, queues and jobs stand there as the platform has them; `--rename` gives others.',
    'What is private in other ways (figures of business, names of tables and customers, paths) only a person sees.',
  ];
}

const section = (title: string, points: readonly string[]) =>
  [`## ${title}`, points.map((point) => `- ${point}`).join('\n')].join('\n\n');

function listed(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const rest = entries.length > MOST ? `; and ${entries.length - MOST} more` : '';
  return [`${title} ${entries.slice(0, MOST).map(line).join('; ')}${rest}`];
}

/** Texts of others stand in one line, and nothing in them is Markdown of ours. */
const line = (text: string) =>
  visibleText(text)
    .replace(/[<>[\]]/g, (sign) => `\\${sign}`)
    .slice(0, 600);
