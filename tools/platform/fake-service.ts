import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { normaliseRequest } from './http-answers.ts';
import type { Platform } from './platform.ts';

/** Test harness: a server on loopback that speaks real HTTP. */
export interface FakeService {
  url: string;
  /** Requests as they came, with their authorization. */
  asked: { path: string; authorization: string | undefined }[];
  close(): Promise<void>;
}

/** What it does with a request; whatever it likes of a response, bad ones included. */
export type FakeAnswer = (path: string, response: ServerResponse, request: IncomingMessage) => void;

/** Starts a fake on a free port. */
export async function fakeService(answer: FakeAnswer): Promise<FakeService> {
  const asked: FakeService['asked'] = [];
  const server: Server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request.url ?? '', response, request);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** Answers of a recorded platform, served again: the latest good one of each request, others with 404. */
export async function replayingService(
  recorded: Platform,
  service: string,
  delayMs: (path: string) => number = () => 0,
): Promise<FakeService> {
  const answers = await recorded.recorded(service);
  return await fakeService((path, response) => {
    const wanted = normaliseRequest(path);
    const exact = answers.filter(({ request }) => request === wanted);
    // A list asked with other limits is the list that was recorded.
    const alike = () => answers.filter(({ request }) => withoutLimits(request) === withoutLimits(wanted));
    const own = exact.length > 0 ? exact : alike();
    const answer = own.findLast(({ status }) => status >= 200 && status < 300) ?? own.at(-1);
    setTimeout(() => {
      // What failed while it was recorded fails again.
      if (answer?.status === 0) response.destroy();
      else response.writeHead(answer?.status ?? 404, { 'content-type': 'application/json' }).end(answer?.body ?? '{}');
    }, delayMs(path));
  });
}

/** How much of a list is asked for, and in what order; what else a query holds says which answer is meant. */
const LIMITS = /^(?:limit|length|offset|sortBy|details|planDescription|quantiles|startedTimeBegin|startedTimeEnd)=/;

function withoutLimits(request: string): string {
  const [path = '', query = ''] = request.split('?', 2);
  return [path, ...query.split('&').filter((part) => part !== '' && !LIMITS.test(part))].join('&');
}
