import type { ChaosOutcome } from './run-chaos.ts';

/** Columns of the table, in their order. */
const COLUMNS: readonly [name: string, of: (outcome: ChaosOutcome) => string | number][] = [
  ['set-up', ({ setUp }) => setUp.name],
  ['questions', ({ judged }) => judged.questions],
  ['answered once', ({ judged }) => judged.answeredOnce],
  ['told once', ({ judged }) => judged.toldOnce],
  ['twice', ({ judged }) => judged.twice.length],
  ['lost', ({ judged }) => judged.lost.length],
  ['out of order', ({ judged }) => judged.outOfOrder.length],
  ['left over', ({ judged }) => judged.leftOver.length + judged.unfinished.length],
  ['given up by Slack', ({ judged }) => judged.givenUp],
  ['kills', ({ kills }) => kills],
  ['taken up again', ({ judged }) => judged.takenUpAgain],
  ['dropped sockets', ({ trouble }) => trouble.droppedSockets],
  ['redelivered', ({ trouble }) => trouble.redelivered],
  ['429', ({ trouble }) => trouble.rateLimited],
  ['5xx', ({ trouble }) => trouble.serverErrors],
  ['lost answers', ({ trouble }) => trouble.lostAnswers],
  ['ended by itself', ({ endedByItself }) => endedByItself],
  ['processes left', ({ leftProcesses }) => leftProcesses],
  ['seconds', ({ seconds }) => Math.round(seconds)],
];

/** Outcomes as a table in Markdown. */
export function chaosTable(outcomes: readonly ChaosOutcome[]): string {
  const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [
    row(COLUMNS.map(([name]) => name)),
    row(COLUMNS.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...outcomes.map((outcome) => row(COLUMNS.map(([, of]) => of(outcome)))),
  ].join('\n');
}
