import type { KnowledgeBase } from '../../knowledge/retrieval/passage.ts';

/** What is written, shared by all answers of a process. */
export interface SharedKnowledge {
  /** For one answer, which closes it as if it were its own. */
  lend(): KnowledgeBase;
}

/** How long it is used before it is opened anew: by then `wherefore index` may have written more. */
const FRESH_MS = 5 * 60_000;

interface Opened {
  base: KnowledgeBase;
  openedAtMs: number;
  lent: number;
}

/**
 * Reading the built-in runbooks takes a second and more of a core: done once, not with every answer. What cannot be asked any more (its
 * table was taken away by a new index) is opened anew, once for each question.
 *
 * @param open opens it; asked again after a failure and when it is no longer fresh
 * @param now milliseconds on any clock that only goes forward
 */
export function sharedKnowledge(
  open: () => KnowledgeBase,
  now: () => number = () => performance.now(),
): SharedKnowledge {
  let current: Opened | null = null;

  const taken = (): Opened => {
    if (current === null || now() - current.openedAtMs > FRESH_MS) {
      retire(current);
      current = { base: open(), openedAtMs: now(), lent: 0 };
    }
    current.lent += 1;
    return current;
  };
  const retire = (old: Opened | null) => {
    if (old === null) return;
    if (current === old) current = null;
    if (old.lent === 0) old.base.close();
  };
  const giveBack = (held: Opened) => {
    held.lent -= 1;
    if (held.lent === 0 && held !== current) held.base.close();
  };

  return {
    lend() {
      let held: Opened | null = null;
      const ask = async <Result>(work: (base: KnowledgeBase) => Promise<Result>, signal?: AbortSignal) => {
        held ??= taken();
        const asked = held;
        try {
          return await work(asked.base);
        } catch (error) {
          if (signal?.aborted) throw error;
          retire(asked);
          if (held === asked) {
            held = taken();
            giveBack(asked);
          }
          return await work((held ?? asked).base);
        }
      };
      return {
        search: (query, signal) => ask((base) => base.search(query, signal), signal),
        ofCodes: (codes, audience, without) => ask((base) => base.ofCodes(codes, audience, without)),
        close() {
          if (held !== null) giveBack(held);
          held = null;
        },
      };
    },
  };
}
