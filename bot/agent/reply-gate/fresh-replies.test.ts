import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Diagnosis } from '../../investigation/diagnosis.ts';
import { benchCapture, CAPTURES } from './bench-fixture.ts';
import { GOOD, HOSTILE, type WrittenReply } from './fresh-replies.ts';
import type { JudgedReply } from './judge-reply.ts';

/** What becomes of an answer: judged, and the diagnosis that a person gets. */
async function judged({ capture, reply }: WrittenReply): Promise<{ judged: JudgedReply; shown: Diagnosis }> {
  const { judge, compose } = await benchCapture(capture);
  return { judged: judge(reply), shown: await compose(reply) };
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
