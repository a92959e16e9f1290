import type { ChatRequest } from '../../../bot/agent/chat-server/check-request.ts';
import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { isCauseCode } from '../../../knowledge/causes/cause-codes.ts';

/** A turn that names what the case does not hold: the case changed, and the turn has to be written anew. */
export class TurnError extends Error {}

/**
 * A turn names what it means, and the ids are those of the case before it, as a model would read them there: `{h:kernel.memcg_oom}` is the
 * hypothesis of that cause, `{e:Killed process}` the first evidence whose text has these words. So a case with one finding more does
 * not make every script wrong.
 *
 * @throws TurnError when nothing of the case fits
 */
export function fillInTurn<Value>(turn: Value, request: ChatRequest): Value {
  const lines = request.messages.flatMap(({ content }) => (content ?? '').split('\n'));
  return filled(turn, lines) as Value;
}

function filled(value: unknown, lines: readonly string[]): unknown {
  if (typeof value === 'string') {
    return value.replace(/\{([he]):([^{}]{1,200})\}/g, (_whole, kind: string, words: string) =>
      idOf(kind, words, lines),
    );
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, lines));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, lines)]));
  }
  return value;
}

function idOf(kind: string, words: string, lines: readonly string[]): string {
  const begin = kind === 'h' ? 'hypothesis {' : 'evidence {';
  const wanted = kind === 'h' ? titleOf(words) : words;
  const line = lines.find((one) => one.startsWith(begin) && one.includes(JSON.stringify(wanted).slice(1, -1)));
  const id = line === undefined ? undefined : /"id":"([he]\d+)"/.exec(line)?.[1];
  if (id === undefined) throw new TurnError(`the case has no ${kind === 'h' ? 'hypothesis' : 'evidence'} “${words}”`);
  return id;
}

/** Hypotheses are told by the title of their cause. */
function titleOf(code: string): string {
  if (!isCauseCode(code)) throw new TurnError(`${code} is no code`);
  return causeOf(code).title.en;
}
