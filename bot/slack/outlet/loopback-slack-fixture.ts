import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as this double keeps it. */
export interface KeptMessage {
  channel: string;
  ts: string;
  thread_ts?: string;
  text: string;
  blocks: unknown[];
  user: string;
  bot_id: string;
  metadata?: unknown;
  files?: { id: string; name: string }[];
  edits: number;
}

/** What happens to the next calls of a method. */
export interface Trouble {
  method: string;
  do:
    | 'lose_answer'
    | 'reset'
    | { refuse: string; messages?: string[] }
    | { retryAfterSeconds: number }
    | { status: number };
  times: number;
  /** Only calls to this channel. */
  channel?: string;
}

/** The few methods the outlet calls, on loopback. */
export async function loopbackSlack() {
  const messages: KeptMessage[] = [];
  const calls: { method: string; args: Record<string, string>; atMs: number }[] = [];
  const troubles: Trouble[] = [];
  const uploads = new Map<string, { name: string; bytes: number }>();
  let count = 0;

  const carryOut = (method: string, args: Record<string, string>): Record<string, unknown> => {
    const parsed = (name: string) => (args[name] === undefined ? undefined : JSON.parse(args[name]));
    const found = messages.find(({ ts, channel }) => ts === args.ts && channel === args.channel);
    if (method === 'auth.test') return { user_id: 'UBOT', bot_id: 'BBOT' };
    if (method === 'conversations.open') return { channel: { id: `D${args.users}` } };
    if (method === 'chat.postMessage') {
      count += 1;
      const ts = `1700000000.${String(count).padStart(6, '0')}`;
      const thread = args.thread_ts === undefined ? {} : { thread_ts: args.thread_ts };
      const own = { user: 'UBOT', bot_id: 'BBOT', metadata: parsed('metadata'), edits: 0 };
      messages.push({
        channel: args.channel ?? '',
        ts,
        ...thread,
        text: args.text ?? '',
        blocks: parsed('blocks') ?? [],
        ...own,
      });
      return { ts, channel: args.channel };
    }
    if (method === 'chat.update') {
      if (!found) return { ok: false, error: 'message_not_found' };
      Object.assign(found, { text: args.text, blocks: parsed('blocks') ?? [], edits: found.edits + 1 });
      return { ts: args.ts };
    }
    if (method === 'chat.postEphemeral') return { message_ts: '1700000001.000001' };
    if (method === 'conversations.replies' || method === 'conversations.history') {
      const here = messages.filter((each) => each.channel === args.channel && each.thread_ts === args.ts);
      return { messages: method === 'conversations.history' ? [...here].reverse() : here };
    }
    if (method === 'files.getUploadURLExternal') {
      count += 1;
      uploads.set(`F${count}`, { name: args.filename ?? '', bytes: 0 });
      return { upload_url: `${origin()}/upload/F${count}`, file_id: `F${count}` };
    }
    if (method === 'files.completeUploadExternal') {
      const id = String(parsed('files')[0].id);
      const name = uploads.get(id)?.name ?? '';
      if (args.channel_id !== undefined) {
        carryOut('chat.postMessage', {
          channel: args.channel_id,
          text: '',
          ...(args.thread_ts ? { thread_ts: args.thread_ts } : {}),
        });
        Object.assign(messages.at(-1) as KeptMessage, { files: [{ id, name }] });
      }
      return { files: [{ id }] };
    }
    return {};
  };

  const server = createServer((request, response) => {
    void readBody(request).then((body) => answer(request, response, body));
  });
  const answer = (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
    const path = request.url ?? '';
    if (path.startsWith('/upload/')) {
      Object.assign(uploads.get(path.slice(8)) ?? {}, { bytes: body.length });
      calls.push({ method: 'upload', args: {}, atMs: performance.now() });
      return response.end('OK');
    }
    const method = path.slice('/api/'.length);
    const args = Object.fromEntries(new URLSearchParams(body.toString()));
    calls.push({ method, args, atMs: performance.now() });
    const trouble = troubles.find(
      (each) =>
        each.times > 0 && each.method === method && (each.channel === undefined || each.channel === args.channel),
    );
    if (trouble) trouble.times -= 1;
    const what = trouble?.do;
    if (what === 'reset') return request.socket.destroy();
    if (what === 'lose_answer') {
      carryOut(method, args);
      return request.socket.destroy();
    }
    response.setHeader('content-type', 'application/json');
    if (what && 'status' in what) return response.writeHead(what.status).end('upstream trouble');
    if (what && 'retryAfterSeconds' in what) {
      return response
        .writeHead(429, { 'retry-after': String(what.retryAfterSeconds) })
        .end('{"ok":false,"error":"ratelimited"}');
    }
    const said = what
      ? { ok: false, error: what.refuse, response_metadata: { messages: what.messages ?? [] } }
      : { ok: true, ...carryOut(method, args) };
    return response.end(JSON.stringify(said));
  };
  const origin = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `${origin()}/api/`,
    messages,
    calls,
    uploads,
    trouble: (trouble: Omit<Trouble, 'times'> & { times?: number }) => troubles.push({ times: 1, ...trouble }),
    called: (method: string) => calls.filter((call) => call.method === method),
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
