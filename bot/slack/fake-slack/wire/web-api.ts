import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Fault, Faults } from '../faults.ts';
import { METHODS } from '../methods/index.ts';
import type { Method } from '../methods/method.ts';
import type { RateLimits } from '../rate-limits.ts';
import { SlackError } from '../slack-error.ts';
import type { ApiCall, World } from '../world.ts';
import type { Deliveries } from './deliveries.ts';
import { download } from './file-download.ts';
import { upload } from './file-upload.ts';
import { readBody, readFields } from './read-body.ts';
import { respond } from './response-url.ts';

/** What the HTTP side stands on. */
export interface WebApi {
  world: World;
  deliveries: Deliveries;
  faults: Faults;
  limits: RateLimits;
}

/** A plain answer. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: Buffer | string;
}

function jsonAnswer(body: Record<string, unknown>, headers: Record<string, string> = {}, status = 200): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

/** Checks token and scopes the way Slack does; throws its refusal. */
function admit(world: World, method: Method, token: string): void {
  const { options } = world;
  if (token === '') throw new SlackError('not_authed');
  const kind = token === options.botToken ? 'bot' : token === options.appToken ? 'app' : null;
  if (kind === null) throw new SlackError('invalid_auth');
  if (kind !== method.token) throw new SlackError('not_allowed_token_type');
  if (kind === 'app') return;
  for (const scope of method.scopes) {
    const any = typeof scope === 'string' ? [scope] : scope;
    if (any.some((one) => options.scopes.includes(one))) continue;
    throw new SlackError('missing_scope', { needed: any.join(','), provided: options.scopes.join(',') });
  }
}

async function callMethod(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  body: Buffer,
  call: ApiCall,
): Promise<Answer> {
  const { world } = api;
  const fields = readFields(request.headers['content-type'] ?? '', body);
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? (typeof fields.token === 'string' ? fields.token : '');
  delete fields.token;
  call.args = fields;
  const method = METHODS.find((one) => one.name === name);
  try {
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    admit(world, method, token);
    const seconds = world.options.rateLimits ? api.limits(method, fields) : 0;
    if (seconds > 0) return limited(call, seconds);
    const result = await method.run({ world, args: fields, deliveries: api.deliveries });
    return jsonAnswer(
      { ok: true, ...result },
      method.token === 'bot' ? { 'x-oauth-scopes': world.options.scopes.join(',') } : {},
    );
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    call.error = error.error;
    return jsonAnswer({ ok: false, error: error.error, ...error.extra });
  }
}

function limited(call: ApiCall, seconds: number): Answer {
  call.error = 'ratelimited';
  return jsonAnswer({ ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }, 429);
}

/** What a call names: a method of the Web API, or the kind of another address. */
function nameOf(path: string): string {
  if (path.startsWith('/api/')) return path.slice(5);
  if (path.startsWith('/upload/')) return 'upload';
  if (path.startsWith('/files-pri/')) return 'download';
  return path.startsWith('/respond/') ? 'response_url' : '';
}

async function answer(
  api: WebApi,
  name: string,
  path: string,
  request: IncomingMessage,
  body: Buffer,
  call: ApiCall,
): Promise<Answer> {
  if (path.startsWith('/api/')) return callMethod(api, name, request, body, call);
  if (name === 'upload') return upload(api.world, path, request.headers['content-type'] ?? '', body);
  if (name === 'download') return download(api.world, path, request.headers.authorization ?? '');
  if (name === 'response_url') return respond(api, path, body);
  return { status: 404, body: 'not found' };
}

async function serve(api: WebApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://fake').pathname;
  const name = nameOf(path);
  const started = performance.now();
  const call: ApiCall = {
    method: name,
    args: {},
    atMs: started - api.world.startedAtMs,
    tookMs: null,
    status: null,
    error: null,
    fault: null,
  };
  const body = await readBody(request);
  api.world.calls.push(call);
  const fault: Fault['do'] | null = api.faults.meet(name);
  call.fault = fault?.what ?? null;
  if (fault?.what === 'hang') return;
  if (fault?.what === 'reset') return void request.socket.destroy();
  if (fault?.what === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms));
  let made: Answer;
  if (fault?.what === 'ratelimited') made = limited(call, fault.retryAfterSeconds);
  else if (fault?.what === 'status') made = { status: fault.status, body: 'upstream error' };
  else if (fault?.what === 'refuse') {
    call.error = fault.error;
    made = jsonAnswer({ ok: false, error: fault.error });
  } else made = await answer(api, name, path, request, body, call);
  call.tookMs = performance.now() - started;
  if (fault?.what === 'lose_answer') return void request.socket.destroy();
  call.status = made.status;
  response.writeHead(made.status, made.headers);
  response.end(made.body);
}

/** The HTTP server; it answers 500 with the message where the fake itself fails. */
export function webApi(api: WebApi): Server {
  return createServer((request, response) => {
    serve(api, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end(`fake failed: ${error instanceof Error ? error.stack : String(error)}`);
    });
  });
}
