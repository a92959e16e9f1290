import type { ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';
import type { AnswerPool } from '../../answering/answer-pool.ts';
import type { KeptCases } from '../../cases/kept-cases/kept-cases.ts';
import { readPlainCase } from '../../conversation/plain-case.ts';
import { mayOpen } from '../work/case-of.ts';
import type { Rights } from '../work/desk.ts';
import { CASE_PATH, type CasePages } from './case-pages.ts';

/** What serving pages needs. */
export interface PageMeans {
  pages: CasePages;
  cases: KeptCases;
  /** null until the bot has started. */
  desk(): { pool: Pick<AnswerPool, 'page'>; rights: Pick<Rights, 'viewer'> } | null;
  log(line: string, error?: unknown): void;
}

/** Drawing a page takes a fraction of this. */
const DRAW_MS = 30_000;

/** Serves the page of a case to whoever brings an address that was given out to who may still see it; anything else is not found. */
export function casePageRoute({ pages, cases, desk, log }: PageMeans): CustomRoute {
  async function page(url: string): Promise<string | null> {
    const wanted = pages.read(new URL(url, 'http://localhost').searchParams);
    const kept = wanted === null ? null : await cases.read(wanted.caseId);
    const opened = desk();
    if (wanted === null || kept === null || opened === null) return null;
    // What they may see may have changed since the address was given out.
    const [team = '', user = ''] = wanted.user.split(' ');
    if (!mayOpen(await opened.rights.viewer(team, user), kept)) return null;
    const { thread } = readPlainCase(kept.text);
    const language = thread.turns.at(-1)?.replies.at(-1)?.language ?? 'en';
    const said = await cases.feedback(kept.id);
    const feedback = said.map(({ helpful, reason }) => ({ helpful, reason }));
    return await opened.pool.page(
      { kept: kept.text, diagnosis: wanted.diagnosis, language, feedback },
      AbortSignal.timeout(DRAW_MS),
    );
  }
  return {
    path: CASE_PATH,
    method: 'GET',
    handler: (request, response) => {
      page(request.url ?? '').then(
        (html) => (html === null ? told(response, 404, 'There is nothing here.') : told(response, 200, html)),
        (error: unknown) => {
          log('a case page cannot be drawn', error);
          told(response, 500, 'The page cannot be drawn.');
        },
      );
    },
  };
}

function told(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': status === 200 ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
    // The page brings its own stricter policy; no proxy and no browser keeps it.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  });
  response.end(text);
}
