import type { ChatRequest } from '../../../bot/agent/chat-server/check-request.ts';
import { causeOf } from '../../../knowledge/causes/catalogue.ts';
import { isCauseCode } from '../../../knowledge/causes/cause-codes.ts';

/** A turn that names what the case does not hold: the case changed, and the turn has to be written anew. */
export class TurnError extends Error {}

/**
 * A turn names what it means, and the ids are those of the case before it, as a model would read them there. So a case with one finding more
 * does not make every script wrong.
 *
 * - `{h:kernel.memcg_oom}` the hypothesis of that cause; with words in place of a code one that a tool brought, by its statement
 * - `{e:Killed process}` the first evidence whose text has these words, of the case or of what a tool gave
 * - `{marker}` the marker of the instructions that is never to be written
 *
 * @throws TurnError when nothing of the case fits
 */
export function fillInTurn<Value>(turn: Value, request: ChatRequest): Value {
  const lines = request.messages.flatMap(({ content }) => (content ?? '').split('\n'));
  return filled(turn, lines) as Value;
}

function filled(value: unknown, lines: readonly string[]): unknown {
  if (typeof value === 'string') {
    return value
      .replace(/\{([he]):([^{}]{1,200})\}/g, (_whole, kind: string, words: string) =>
        kind === 'h' ? hypothesisOf(words, lines) : evidenceOf(words, lines),
      )
      .replaceAll('{marker}', () => markerIn(lines));
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, lines));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one, lines)]));
  }
  return value;
}

function hypothesisOf(words: string, lines: readonly string[]): string {
  // Told by the title of the cause in the asker's language, or by the statement that a tool gave.
  const titles = isCauseCode(words) ? Object.values(causeOf(words).title) : [];
  const found = told(lines, 'hypothesis').find(
    ({ cause }) =>
      typeof cause === 'string' && (titles.includes(cause) || (titles.length === 0 && cause.includes(words))),
  );
  if (typeof found?.id !== 'string') throw new TurnError(`the case has no hypothesis “${words}”`);
  return found.id;
}

function evidenceOf(words: string, lines: readonly string[]): string {
  const ofTools = told(lines, 'finding').flatMap(({ evidence }) => (Array.isArray(evidence) ? evidence : []));
  const found = [...told(lines, 'evidence'), ...ofTools].find(
    ({ text }) => typeof text === 'string' && text.includes(words),
  );
  if (typeof found?.id !== 'string') throw new TurnError(`the case has no evidence “${words}”`);
  return found.id;
}

/** The objects of one label: a line each. Lines that only begin like one are of somebody else and no object. */
function told(lines: readonly string[], label: string): Record<string, unknown>[] {
  return lines.flatMap((line) => {
    if (!line.startsWith(`${label} {`)) return [];
    try {
      return [JSON.parse(line.slice(label.length)) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
}

function markerIn(lines: readonly string[]): string {
  const marker = lines
    .map((line) => /never to be written: (\S{8,80})$/.exec(line)?.[1])
    .find((one) => one !== undefined);
  if (marker === undefined) throw new TurnError('the instructions hold no marker');
  return marker;
}
