import type { RestClient } from './rest-answers.ts';

/** Answers asked side by side and taken in one order: a slow service costs the depth of the questions, not their number. */
export interface AskAhead {
  /** Sends a request whose answer is taken later. */
  begin(path: string, query?: string): void;
  /** The answer, already under way or asked now. */
  take(path: string, query?: string): ReturnType<RestClient['ask']>;
}

/** @param base path of the run, in front of every other */
export function askAhead(client: RestClient, base: string): AskAhead {
  const ahead = new Map<string, ReturnType<RestClient['ask']>>();
  const keyOf = (path: string, query: string) => `${path}?${query}`;
  return {
    begin(path, query = '') {
      const asked = client.ask(base + path, query);
      // Told when it is taken; what nobody takes harms nobody.
      asked.catch(() => undefined);
      ahead.set(keyOf(path, query), asked);
    },
    async take(path, query = '') {
      const asked = ahead.get(keyOf(path, query));
      ahead.delete(keyOf(path, query));
      return await (asked ?? client.ask(base + path, query));
    },
  };
}
