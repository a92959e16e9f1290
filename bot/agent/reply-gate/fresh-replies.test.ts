import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { investigateWhole } from '../../investigation/investigate.ts';
import { writeCaseFile } from '../case-file.ts';
import { openDeeperLook } from '../deeper-look.ts';
import { SILENT } from './bench-fixture.ts';
import { composeJudged } from './compose-judged.ts';
import { GOOD, HOSTILE, type WrittenReply } from './fresh-replies.ts';
import { type JudgedReply, judgeReply } from './judge-reply.ts';

const SHARED = process.env.WHEREFORE_SHARED ?? path.resolve(import.meta.dirname, '../../../../shared');
const CAPTURES = path.join(SHARED, 'captures');

/** What becomes of an answer: judged, and the diagnosis that a person gets. */
async function judged({ capture, reply }: WrittenReply): Promise<{ judged: JudgedReply; shown: Diagnosis }> {
  const folder = path.join(CAPTURES, capture);
  const { question } = JSON.parse(readFileSync(path.join(folder, 'incident.json'), 'utf8')) as { question: string };
  const platform = await openCapture(folder);
  const whole = await investigateWhole({ question, platform, language: 'auto', attachments: [] });
  const { investigation, diagnosis, book } = whole;
  const caseFile = writeCaseFile(whole, 'all');
  const look = await openDeeperLook(investigation, caseFile.hypotheses, book, platform);
  const bench = { investigation, first: investigation.causes, diagnosis, book, caseFile, valid: look.valid() };
  const result = judgeReply({ ...SILENT, ...reply }, bench);
  return { judged: result, shown: await composeJudged(result, bench, platform) };
}

const unspaced = (text: string) => text.replace(/\s/g, '');

describe.skipIf(!existsSync(CAPTURES))('answers written before the rules were read', { timeout: 60_000 }, () => {
  it.each(HOSTILE)('takes out $what ($capture)', async (written) => {
    const { judged: result, shown } = await judged(written);
    const { problems, order, ...left } = result;
    expect(JSON.stringify(left)).not.toMatch(written.gone as RegExp);
    expect(JSON.stringify([shown.summary, shown.explanation, shown.needed, shown.theories])).not.toMatch(
      written.gone as RegExp,
    );
    expect(result.overturned).toBe(false);
    expect(problems.length).toBeGreaterThan(0);
    expect(order[0]?.code).toBe(shown.rootCauses[0]?.code);
  });

  it.each(GOOD)('keeps $what ($capture)', async (written) => {
    const { judged: result } = await judged(written);
    expect(result.problems).toEqual([]);
    expect(unspaced(result.reply)).toBe(unspaced(written.reply.reply ?? ''));
  });
});
