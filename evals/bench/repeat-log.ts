import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** How a log of a size is made of a real one. */
export interface RepeatPlan {
  /** Lines of the real log. */
  lines: readonly string[];
  bytes: number;
  /**
   * `quiet`: the real log's progress lines over and over with new ids, the whole real log once at the end, as a long run that fails;
   * `noisy`: the whole real log over and over, failures and all.
   */
  kind: 'quiet' | 'noisy';
}

const PROGRESS = /^\d\d\/\d\d\/\d\d \d\d:\d\d:\d\d INFO (?!SparkContext|ApplicationMaster)/;
const TROUBLE = /Exception|Error|Lost |failed|Killing|Cancel/i;

/** Writes a log of about the size asked for; ids of tasks, stages and jobs are new in each repeat, times and hosts stay. */
export async function repeatLog({ lines, bytes, kind }: RepeatPlan, target: string): Promise<number> {
  const whole = `${lines.join('\n')}\n`;
  const quiet = `${lines.filter((line) => PROGRESS.test(line) && !TROUBLE.test(line)).join('\n')}\n`;
  const body = kind === 'quiet' ? quiet : whole;
  const out = createWriteStream(target);
  let written = 0;
  for (let round = 0; written + whole.length < bytes; round += 1) {
    const text = withNewIds(body, round);
    written += Buffer.byteLength(text);
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end(whole);
  await finished(out);
  return written + Buffer.byteLength(whole);
}

function withNewIds(text: string, round: number): string {
  return text.replace(/\b(TID|stage|job|broadcast_|task_) ?(\d{1,9})/g, (_, word: string, id: string) => {
    const gap = word.endsWith('_') ? '' : ' ';
    return `${word}${gap}${Number(id) + round * 100}`;
  });
}
