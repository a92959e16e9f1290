import { createServer, type Server } from 'node:http';
import type { CustomRoute } from '@slack/bolt';

/** Serves routes by their exact path, for a receiver that takes no requests itself. @throws what `listen` says, such as EADDRINUSE */
export async function serveRoutes(routes: readonly CustomRoute[], address: string, port: number): Promise<Server> {
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    const route = routes.find(
      (one) => one.path === path && [one.method].flat().some((method) => method.toUpperCase() === request.method),
    );
    request.resume();
    if (route === undefined) response.writeHead(404).end();
    else route.handler(Object.assign(request, { params: {} }), response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}
