import { describe, expect, it, vi } from 'vitest';
import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';
import { sharedKnowledge } from './shared-knowledge.ts';

const QUERY = { text: 'disk full', audience: [], limit: 1 };
const NOTHING = { passages: [], mode: 'keywords' as const, notes: [] };

function shelf() {
  const opened: { search: ReturnType<typeof vi.fn>; close: ReturnType<typeof vi.fn> }[] = [];
  const open = (): KnowledgeBase => {
    const base = { search: vi.fn(async () => NOTHING), ofCodes: vi.fn(async () => []), close: vi.fn() };
    opened.push(base);
    return base;
  };
  return { opened, open };
}

describe('what is written, shared', () => {
  it('is opened with the first question, once for all answers, and stays open between them', async () => {
    const { opened, open } = shelf();
    const shared = sharedKnowledge(open);
    const [one, two] = [shared.lend(), shared.lend()];
    expect(opened).toHaveLength(0);
    await Promise.all([one.search(QUERY), one.search(QUERY), two.search(QUERY)]);
    one.close();
    two.close();
    await shared.lend().ofCodes([], []);
    expect(opened).toHaveLength(1);
    expect(opened[0]?.close).not.toHaveBeenCalled();
  });

  it('is opened anew after five minutes; the old one is closed when nobody asks it any more', async () => {
    const { opened, open } = shelf();
    let nowMs = 0;
    const shared = sharedKnowledge(open, () => nowMs);
    const long = shared.lend();
    await long.search(QUERY);
    nowMs = 5 * 60_000 + 1;
    const next = shared.lend();
    await next.search(QUERY);
    await long.search(QUERY);
    expect(opened).toHaveLength(2);
    expect(opened[0]?.search).toHaveBeenCalledTimes(2);
    expect(opened[0]?.close).not.toHaveBeenCalled();
    long.close();
    expect(opened[0]?.close).toHaveBeenCalledOnce();
    next.close();
    expect(opened[1]?.close).not.toHaveBeenCalled();
  });

  it('is opened anew when it cannot be asked any more, and tells what fails twice', async () => {
    const { opened, open } = shelf();
    const shared = sharedKnowledge(open);
    await shared.lend().search(QUERY);
    opened[0]?.search.mockRejectedValueOnce(new Error('the table is gone'));
    const one = shared.lend();
    expect(await one.search(QUERY)).toEqual(NOTHING);
    expect(opened).toHaveLength(2);
    opened[1]?.search.mockRejectedValue(new Error('the index is broken'));
    const broken = sharedKnowledge(() => ({ ...(opened[1] as unknown as KnowledgeBase) }));
    await expect(broken.lend().search(QUERY)).rejects.toThrow('the index is broken');
  });

  it('is not asked again for somebody who has left', async () => {
    const { opened, open } = shelf();
    const shared = sharedKnowledge(open);
    const left = AbortSignal.abort();
    const lent = shared.lend();
    await lent.search(QUERY);
    opened[0]?.search.mockRejectedValue(new Error('aborted'));
    await expect(lent.search(QUERY, left)).rejects.toThrow('aborted');
    expect(opened).toHaveLength(1);
  });
});
