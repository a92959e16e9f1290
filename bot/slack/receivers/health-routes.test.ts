import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { healthRoutes } from './health-routes.ts';
import { serveRoutes } from './serve-routes.ts';

it('tells that it lives, what it lacks, and its metrics', async () => {
  let lacks: readonly string[] | null = ['store'];
  const routes = healthRoutes({
    missing: async () => {
      if (lacks === null) throw new Error('secret of the database');
      return lacks;
    },
    metrics: async () => 'answers_total 3\n',
  });
  const server = await serveRoutes(routes, '127.0.0.1', 0);
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
    return [response.status, await response.text()];
  };
  try {
    expect(await get('/healthz')).toEqual([200, 'alive\n']);
    expect(await get('/readyz')).toEqual([503, 'store\n']);
    lacks = [];
    expect(await get('/readyz')).toEqual([200, 'ready\n']);
    lacks = null;
    expect(await get('/readyz')).toEqual([503, 'unknown\n']);
    expect(await get('/metrics')).toEqual([200, 'answers_total 3\n']);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
