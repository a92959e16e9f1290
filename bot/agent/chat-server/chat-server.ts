import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatStep } from './chat-step.ts';
import { type ChatRequest, checkRequest } from './check-request.ts';
import { beginStream, writeAnswer, writeEvent, writeFirstChunk } from './write-answer.ts';

/** What came in: the body as a model would see it, and what became of the connection. */
export interface ChatAsked {
  body: ChatRequest;
  /** The body as it was written. */
  text: string;
  headers: IncomingHttpHeaders;
  /** From the server's start, in milliseconds. */
  atMs: number;
  /** Whether the client hung up before the answer was whole. */
  hungUp: boolean;
}

/** What the server does, in its order; or a model of its own that sees nothing but the request body. */
export type ChatScript = readonly ChatStep[] | ((request: ChatRequest, number: number) => ChatStep);

export interface ChatServer {
  /** Base URL as settings want it, with `/v1`. */
  url: string;
  asked: ChatAsked[];
  /** What does not fit the script or the wire so far. */
  problems(): string[];
  /**
   * Stops it.
   *
   * @throws when a request was not expected, broke the wire's rules, or a step was left over
   */
  close(): Promise<void>;
}

/**
 * A server on loopback for tests that speaks Chat Completions by a script. The wire is that of the public API reference ("Create chat
 * completion", "The chat completion chunk object"; the types in `openai/resources/chat/completions/completions.d.ts` are generated
 * from it): `POST /v1/chat/completions` as one object or as server-sent events that end in `[DONE]`, tool calls in deltas, usage in a last chunk
 * without choices when `stream_options.include_usage` asks for it, errors as `{"error": {message, type, param, code}}`. `GET /v1/models`
 * lists one model.
 */
export async function chatServer(script: ChatScript): Promise<ChatServer> {
  const asked: ChatAsked[] = [];
  const problems: string[] = [];
  const started = performance.now();
  let taken = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/v1/models') {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        '{"object":"list","data":[{"id":"scripted","object":"model","created":1700000000,"owned_by":"tests"}]}',
      );
      return;
    }
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') {
      problems.push(`${request.method} ${request.url} is not asked of this server`);
      fail(response, 404, `Invalid URL (${request.method} ${request.url})`);
      return;
    }
    const text = await bodyOf(request);
    const checked = checkRequest(parsed(text));
    if ('problem' in checked) {
      problems.push(checked.problem);
      fail(response, 400, checked.problem);
      return;
    }
    const one: ChatAsked = {
      body: checked.request,
      text,
      headers: request.headers,
      atMs: performance.now() - started,
      hungUp: false,
    };
    asked.push(one);
    response.on('close', () => {
      one.hungUp = !response.writableFinished;
    });
    taken += 1;
    const step = typeof script === 'function' ? script(checked.request, taken) : script[taken - 1];
    if (step === undefined) {
      problems.push(`request ${taken} has no step`);
      fail(response, 400, 'the script has no step for this request');
      return;
    }
    await play(step, checked.request, taken, response);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.destroyed) problems.push(String(error));
      response.destroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    problems: () => problems,
    close: async () => {
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      const left = typeof script === 'function' ? 0 : Math.max(0, script.length - taken);
      if (left > 0) problems.push(`${left} of the script's steps were never asked for`);
      if (problems.length > 0) throw new Error(`chat server: ${problems.join('; ')}`);
    },
  };
}

async function play(step: ChatStep, request: ChatRequest, number: number, to: ServerResponse): Promise<void> {
  switch (step.do) {
    case 'fail':
      if (step.retryAfter !== undefined) to.setHeader('retry-after', step.retryAfter);
      fail(to, step.status, step.message ?? `scripted failure ${step.status}`, step.code);
      return;
    case 'redirect':
      to.writeHead(307, { location: step.to }).end();
      return;
    case 'babble':
      to.writeHead(200, { 'content-type': step.contentType ?? 'text/event-stream' }).end(step.body);
      return;
    case 'stall':
      if (step.text === undefined) return;
      beginStream(to);
      writeFirstChunk(to, request, number, step.text);
      return;
    case 'ping': {
      beginStream(to);
      const timer = setInterval(() => to.write(': still here\n\n'), step.everyMs);
      to.on('close', () => clearInterval(timer));
      return;
    }
    case 'cut':
      beginStream(to);
      writeFirstChunk(to, request, number, step.text);
      if (step.how === 'end') to.end();
      else setTimeout(() => to.destroy(), 20);
      return;
    case 'fail-in-stream':
      beginStream(to);
      writeFirstChunk(to, request, number, '');
      writeEvent(to, { error: { message: step.message, type: 'server_error', param: null, code: null } });
      to.end();
      return;
    case 'flood':
      beginStream(to);
      while (!to.destroyed) {
        writeFirstChunk(to, request, number, 'x'.repeat(64 << 10));
        await new Promise((done) => setImmediate(done));
        if (to.writableNeedDrain) await new Promise((done) => to.once('drain', done).once('close', done));
      }
      return;
    default:
      await writeAnswer(step, request, number, to);
  }
}

function fail(to: ServerResponse, status: number, message: string, code?: string): void {
  const type = status === 429 ? 'rate_limit_error' : status >= 500 ? 'server_error' : 'invalid_request_error';
  to.writeHead(status, { 'content-type': 'application/json' });
  to.end(JSON.stringify({ error: { message, type, param: null, code: code ?? null } }));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
