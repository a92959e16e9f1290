import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SEES_EVERYTHING, type Viewer } from '../../access/viewer.ts';
import type { AnswerPool } from '../../answering/answer-pool.ts';
import { drawPage } from '../../answering/draw-page.ts';
import { facesOf, keptCaseText } from '../../answering/kept-case-fixture.ts';
import { openStoreMaker, type TestStore } from '../../cases/database/stores-fixture.ts';
import type { KeptCases } from '../../cases/kept-cases/kept-cases.ts';
import { openKeptCases } from '../../cases/kept-cases/open-kept-cases.ts';
import { smallDiagnosis } from '../../escalation/escalation-fixture.ts';
import { casePageRoute } from './case-page-route.ts';
import { CASE_PATH, type CasePages, casePages } from './case-pages.ts';

const ID = 'case_0123456789';
const clock = { ms: 0 };
let store: TestStore;
let cases: KeptCases;
let server: Server;
let pages: CasePages;
const PAGE = { caseId: ID, diagnosis: 'inv_1', user: 'T1 U0000ANNA' };
const NOBODY: Viewer = { ...SEES_EVERYTHING, everything: false, own: false, unknownOwner: 'hide' };
let viewers: Record<string, Viewer>;
let pool: Pick<AnswerPool, 'page'> | null;
let troubles: unknown[];

beforeEach(async () => {
  store = await (await openStoreMaker('sqlite')).make();
  cases = openKeptCases(await store.open());
  const text = keptCaseText(ID, facesOf(smallDiagnosis({ id: 'inv_1' })));
  await cases.keep({ id: ID, threadId: null, text, about: [], turns: {} });
  const said = { caseId: ID, diagnosis: 'inv_1', user: 'U0000ANNA', helpful: false, reason: 'another disk', atMs: 5 };
  await cases.noteFeedback(said);
  troubles = [];
  viewers = { U0000ANNA: SEES_EVERYTHING };
  pool = { page: (job) => drawPage(job) };
  clock.ms = Date.now();
  server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  pages = casePages(`http://127.0.0.1:${port}`, 'xoxb-secret', () => clock.ms);
  const desk = () =>
    pool && { pool, rights: { viewer: async (_team: string, user: string) => viewers[user] ?? NOBODY } };
  const route = casePageRoute({ pages, cases, desk, log: (_line, error) => troubles.push(error) });
  expect([route.path, route.method]).toEqual([CASE_PATH, 'GET']);
  server.on('request', (request, response) => route.handler(request as never, response as never));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await store.discard();
});

describe('the address of a case page', () => {
  it('shows the page to whoever was given it, without names, kept by no browser', async () => {
    const response = await fetch(pages.addressOf(PAGE));
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain('The disk of node2');
    expect(page).toContain('another disk');
    expect(page).not.toContain('U0000ANNA');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page).toMatch(/http-equiv="Content-Security-Policy"/i);
  });

  it('is one answer for all that is not there: changed, too old, deleted, not started yet, not to be seen any more', async () => {
    const address = pages.addressOf(PAGE);
    const told: [number, string][] = [];
    const ask = async (url: string) => {
      const response = await fetch(url);
      told.push([response.status, await response.text()]);
    };
    await ask(address.replace('inv_1', 'inv_2'));
    await ask(address.split('?')[0] ?? '');
    clock.ms += 11 * 60_000;
    await ask(address);
    pool = null;
    await ask(pages.addressOf(PAGE));
    pool = { page: (job) => drawPage(job) };
    await ask(pages.addressOf({ ...PAGE, user: 'T1 U0000BEN' }));
    await cases.remove(ID);
    await ask(pages.addressOf(PAGE));
    expect(told).toEqual(Array.from({ length: 6 }, () => [404, 'There is nothing here.']));
    expect(troubles).toEqual([]);
  });

  it('tells no inside of what broke', async () => {
    pool = { page: () => Promise.reject(new Error('secret path /var/lib')) };
    const response = await fetch(pages.addressOf(PAGE));
    expect([response.status, await response.text()]).toEqual([500, 'The page cannot be drawn.']);
    expect(troubles).toHaveLength(1);
  });
});
