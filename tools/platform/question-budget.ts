import type { Bilingual } from '../../knowledge/bilingual.ts';
import { bytes, count } from '../evidence/spoken-figures.ts';

/** How much one question may ask of the platform's services, all of them together. */
export interface BudgetLimits {
  calls: number;
  bytes: number;
  /** Time during which at least one request was under way, milliseconds: requests side by side cost once. */
  ms: number;
}

/**
 * A question needs some dozens of calls and a few MiB; a run of thousands of stages read over REST needs hundreds of calls. The first
 * answer shall be there within a minute (DESIGN §1).
 */
export const DEFAULT_BUDGET: BudgetLimits = { calls: 1_000, bytes: 512 << 20, ms: 60_000 };

/** What reading the files of hosts through their collectors may cost in one question, apart from the services. */
export const NODE_BUDGET: BudgetLimits = { calls: 20_000, bytes: 1 << 30, ms: 120_000 };

/** No request is worth sending with less time than this. */
const TOO_SHORT_MS = 10;

/** What is left of a question's budget; one for each platform that is opened for a question. */
export interface QuestionBudget {
  /** Takes one call; a reason when there is none left. Each call taken has to be ended. */
  begin(): Bilingual | null;
  end(): void;
  /** Takes bytes that were read; false when that was more than is left. */
  spend(read: number): boolean;
  /** How long a request may take that begins now, milliseconds. */
  leftMs(): number;
  /** Why nothing more is asked; null while something is left. */
  exhausted(): Bilingual | null;
}

export function questionBudget(limits: BudgetLimits, clock: () => number = () => performance.now()): QuestionBudget {
  let [calls, read, underWay, busyMs, busySince] = [0, 0, 0, 0, 0];
  const spentMs = () => busyMs + (underWay > 0 ? clock() - busySince : 0);
  const exhausted = (): Bilingual | null => {
    if (calls >= limits.calls) return spentUp(`${count(limits.calls)} calls`, `${count(limits.calls)} 次请求`);
    if (read >= limits.bytes) return spentUp(bytes(limits.bytes), bytes(limits.bytes));
    if (limits.ms - spentMs() < TOO_SHORT_MS)
      return spentUp(`${limits.ms / 1000} s of waiting`, `${limits.ms / 1000} 秒等待`);
    return null;
  };
  return {
    exhausted,
    begin() {
      const why = exhausted();
      if (why) return why;
      calls += 1;
      if (underWay === 0) busySince = clock();
      underWay += 1;
      return null;
    },
    end() {
      underWay -= 1;
      if (underWay === 0) busyMs += clock() - busySince;
    },
    spend(more) {
      read += more;
      return read <= limits.bytes;
    },
    leftMs: () => Math.max(0, limits.ms - spentMs()),
  };
}

function spentUp(en: string, zh: string): Bilingual {
  return { en: `the question's budget (${en}) was used up`, zh: `本次提问的预算（${zh}）已用完` };
}
