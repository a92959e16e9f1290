import type { ServerResponse } from 'node:http';
import type { CustomRoute } from '@slack/bolt';

/** What the routes of health tell. */
export interface HealthMeans {
  /** What the bot cannot do without and has not got, such as `store`; none: it is ready. */
  missing(): Promise<readonly string[]>;
  /** Metrics in the text format of Prometheus; null: none are kept. */
  metrics(): Promise<string | null>;
}

/**
 * `/healthz`: 200 while the process lives; `/readyz`: 200 while the store can be reached and Slack reaches the bot, else 503 with what is
 * missing; `/metrics`. Nothing of them is about people or jobs.
 */
export function healthRoutes({ missing, metrics }: HealthMeans): CustomRoute[] {
  return [
    { path: '/healthz', method: 'GET', handler: (_request, response) => told(response, 200, 'alive\n') },
    {
      path: '/readyz',
      method: 'GET',
      handler: (_request, response) => {
        missing().then(
          (names) =>
            told(response, names.length === 0 ? 200 : 503, names.length === 0 ? 'ready\n' : `${names.join('\n')}\n`),
          () => told(response, 503, 'unknown\n'),
        );
      },
    },
    {
      path: '/metrics',
      method: 'GET',
      handler: (_request, response) => {
        metrics().then(
          (text) => told(response, text === null ? 404 : 200, text ?? ''),
          () => told(response, 500, ''),
        );
      },
    },
  ];
}

function told(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(text);
}
