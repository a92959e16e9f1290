import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FakeSlack, FakeSlackAddress, FakeSlackControl } from './fake-slack.ts';
import { readBody } from './wire/read-body.ts';

/** Address fields of a double, as the control server tells them at `/`. */
export function addressOf(slack: FakeSlack): FakeSlackAddress {
  const { apiUrl, appToken, botToken, signingSecret, teamId, appId, botUserId, botId } = slack;
  return { apiUrl, appToken, botToken, signingSecret, teamId, appId, botUserId, botId };
}

/**
 * Lets another process steer a double: `POST /<method>` with the arguments as a JSON array answers `{"result": …}` or, with status 500,
 * `{"error": "…"}`. On loopback, for whoever can reach it: a test double holds nothing to protect.
 */
export async function controlServer(slack: FakeSlack, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    void (async () => {
      try {
        const name = (request.url ?? '/').slice(1);
        if (name === '') return answer(200, { result: addressOf(slack) });
        const method = Object.hasOwn(slack, name) ? slack[name as keyof FakeSlackControl] : undefined;
        if (typeof method !== 'function') return answer(404, { error: `no method ${name}` });
        const args: unknown = JSON.parse((await readBody(request)).toString('utf8') || '[]');
        const result = await (method as (...given: unknown[]) => Promise<unknown>)(...(args as unknown[]));
        answer(200, { result: result ?? null });
      } catch (error) {
        answer(500, { error: error instanceof Error ? error.message : String(error) });
      }
    })();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
