import { Readable, Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallGuard } from './call-guard.ts';
import { createMcpServer, type McpSources } from './mcp-server.ts';

/** One message of a client at most; the largest is a question with pasted text. */
export const MAX_MESSAGE_BYTES = 1 << 20;

/**
 * Serves one client over standard input and output until the input ends or `stop` is aborted. Nothing but messages of the protocol is
 * written to the output.
 */
export async function serveStdio(
  sources: McpSources,
  guard: CallGuard,
  streams: { input: AsyncIterable<Uint8Array>; write(text: string): void; stop?: AbortSignal },
): Promise<void> {
  const input = Readable.from(streams.input, { objectMode: false });
  const output = new Writable({
    decodeStrings: false,
    write: (chunk: string | Buffer, _encoding, done) => {
      streams.write(chunk.toString());
      done();
    },
  });
  const server = createMcpServer(sources, guard);
  const transport = new StdioServerTransport(input, output, { maxBufferSize: MAX_MESSAGE_BYTES });
  const ended = new Promise<void>((resolve) => {
    server.server.onclose = resolve;
    input.once('end', resolve);
    input.once('error', () => resolve());
    streams.stop?.addEventListener('abort', () => resolve(), { once: true });
    if (streams.stop?.aborted) resolve();
  });
  server.server.onerror = (error) => sources.log(`a message could not be read (${error.name})`);
  await server.connect(transport);
  await ended;
  await server.close();
  input.destroy();
}
