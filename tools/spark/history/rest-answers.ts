import type { Bilingual } from '../../../knowledge/bilingual.ts';
import type { Quote } from '../../evidence/quote.ts';
import { quotePiece } from '../../evidence/quote-piece.ts';
import type { HttpAnswer, Platform } from '../../platform/platform.ts';
import { isObject, type JsonObject } from '../event-log/json-fields.ts';
import { elementRanges } from './json-ranges.ts';

/** One element of an answer with the words it stands in. */
export interface RestItem {
  json: JsonObject;
  /** The element's own text as an excerpt, from its beginning. */
  quote(): Quote;
}

/** An answer that was understood: its elements (one, when the answer is no list). */
export interface RestAnswer {
  source: string;
  at: number;
  items: RestItem[];
  bytes: number;
}

/** Asks one Spark service; what it never answered is a reason, not an empty list. */
export interface RestClient {
  /** A running driver answers for itself: what it says was true when it was asked. A history server lags behind. */
  readonly isDriver: boolean;
  /**
   * The answer to `/api/v1` + path. Of a recorded service any recorded query of the same path will do when the one asked was
   * not recorded: a page of tasks is better than none.
   */
  ask(path: string, query?: string): Promise<RestAnswer | { why: Bilingual }>;
  /** Paths (without `/api/v1` and query) that were recorded or asked before and have an answer that is no error. */
  knownPaths(): Promise<readonly string[]>;
}

const PREFIX = '/api/v1';

export function restClient(platform: Platform, service: string): RestClient {
  async function ask(path: string, query = ''): Promise<RestAnswer | { why: Bilingual }> {
    const answer = await platform.get(service, `${PREFIX}${path}${query === '' ? '' : `?${query}`}`);
    if ('body' in answer) return understood(answer);
    if (answer.miss !== 'not_recorded') return { why: answer.why };
    const other = (await platform.recorded(service))
      .filter((recorded) => recorded.status === 200 && pathOf(recorded.request) === path)
      .at(-1);
    return other === undefined ? { why: answer.why } : understood(other);
  }

  async function knownPaths(): Promise<readonly string[]> {
    const recorded = await platform.recorded(service);
    const good = recorded.filter((answer) => !('why' in understood(answer)));
    return [...new Set(good.map((answer) => pathOf(answer.request)))];
  }

  return { isDriver: service.startsWith('spark-driver'), ask, knownPaths };
}

function pathOf(request: string): string {
  const path = request.split('?', 1)[0] ?? '';
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length) : path;
}

function understood(answer: HttpAnswer): RestAnswer | { why: Bilingual } {
  const json = answer.status === 200 ? parsed(answer.body) : undefined;
  const isError = isObject(json) && 'servlet' in json && 'status' in json;
  if (json === undefined || isError) {
    const status = isError ? String(json.status) : String(answer.status);
    return {
      why: {
        en: `${answer.service} ${answer.request} answered with an error (${status})`,
        zh: `${answer.service} ${answer.request} 返回错误（${status}）`,
      },
    };
  }
  const elements = Array.isArray(json) ? json : [json];
  const ranges = elementRanges(answer.body);
  const items: RestItem[] = [];
  let line = 1;
  let counted = 0;
  elements.forEach((element, position) => {
    const { start, end } = ranges[position] ?? { start: 0, end: answer.body.length };
    line += newlinesIn(answer.body, counted, start);
    counted = start;
    const firstLine = line;
    if (!isObject(element)) return;
    items.push({
      json: element,
      quote: () => quotePiece(answer.body.slice(start, end), answer.source, 0, end - start, firstLine),
    });
  });
  return { source: answer.source, at: answer.at, items, bytes: answer.body.length };
}

function newlinesIn(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** `2026-11-21T11:18:01.907GMT` as milliseconds since the epoch; `null` for none, and for Spark's "not yet" (before 1970). */
export function restTime(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 40) return null;
  const time = Date.parse(value.replace(/GMT$/, 'Z'));
  return Number.isFinite(time) && time > 0 ? time : null;
}
