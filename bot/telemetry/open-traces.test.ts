import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { openTraces } from './open-traces.ts';

it('sends spans to the collector, the failed ones marked', async () => {
  const got: { path: string; body: string }[] = [];
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ path: request.url ?? '', body: Buffer.concat(chunks).toString() });
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((done) => collector.listen(0, '127.0.0.1', done));
  const traces = await openTraces(`http://127.0.0.1:${(collector.address() as AddressInfo).port}/`);
  const result = await traces.span('answer', async (span) => {
    span.set('wherefore.outcome', 'answered');
    return 7;
  });
  await expect(traces.span('breaks', async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
  await traces.close();
  collector.close();
  expect(result).toBe(7);
  expect(got[0]?.path).toBe('/v1/traces');
  const body = got.map((one) => one.body).join('');
  expect(body).toContain('"name":"answer"');
  expect(body).toContain('wherefore.outcome');
  expect(body).toMatch(/"name":"breaks".*"status":\{"code":2/);
});

it('does the work and nothing else without an address', async () => {
  const traces = await openTraces(null);
  expect(await traces.span('answer', async () => 'done')).toBe('done');
  await traces.close();
});
