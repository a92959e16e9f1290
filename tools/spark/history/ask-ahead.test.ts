import { expect, it } from 'vitest';
import { askAhead } from './ask-ahead.ts';
import type { RestClient } from './rest-answers.ts';

/** Answers each request when told to, and notes when it came. */
function client() {
  const asked: string[] = [];
  const rest: RestClient = {
    isDriver: true,
    ask: async (path, query = '') => {
      asked.push(`${path}?${query}`);
      if (path.endsWith('/bad')) throw new Error('broken');
      return { source: path, at: 0, items: [], bytes: asked.length };
    },
    knownPaths: async () => [],
  };
  return { rest, asked };
}

it('sends what is begun at once, asks nothing twice, and asks what was not begun when it is taken', async () => {
  const { rest, asked } = client();
  const { begin, take } = askAhead(rest, '/applications/a');
  begin('/jobs');
  begin('/stages', 'status=failed');
  expect(asked).toEqual(['/applications/a/jobs?', '/applications/a/stages?status=failed']);
  expect(await take('/stages', 'status=failed')).toMatchObject({ source: '/applications/a/stages' });
  await take('/jobs');
  expect(asked).toHaveLength(2);
  await take('/stages');
  expect(asked).toHaveLength(3);
});

it('tells a failure to whoever takes the answer, and to nobody else', async () => {
  const { begin, take } = askAhead(client().rest, '');
  begin('/bad');
  await new Promise((resolve) => setImmediate(resolve));
  await expect(take('/bad')).rejects.toThrow('broken');
});
