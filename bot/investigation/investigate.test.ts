import path from 'node:path';
import { expect, it } from 'vitest';
import { openCapture } from '../../tools/platform/capture-platform.ts';
import { DEMO_QUESTIONS } from './fixtures/demo-case.ts';
import { investigate } from './investigate.ts';

const demo = (name: string) => openCapture(path.join(import.meta.dirname, '..', 'demo', name));

it('goes the whole way: an answer with an id of its own, its cause proven, every citation in its evidence', async () => {
  const request = { question: DEMO_QUESTIONS['slow-run'].en, platform: await demo('slow-run') };
  const ask = () => investigate({ ...request, language: 'auto', attachments: [] });
  const [one, other] = [await ask(), await ask()];
  expect(one.id).toMatch(/^inv_[0-9a-f]{10}$/);
  expect(other.id).not.toBe(one.id);
  expect(one.rootCauses[0]).toMatchObject({ code: 'skew.join_key', standing: 'confirmed' });
  const known = new Set(one.evidence.map(({ id }) => id));
  const cited = one.rootCauses.flatMap(({ chain }) => chain.flatMap(({ evidence }) => evidence));
  expect(cited.length).toBeGreaterThan(0);
  expect(cited.filter((id) => !known.has(id))).toEqual([]);
});

it('says which of several event logs of one job it is about', async () => {
  const platform = await demo('slow-run');
  const { files } = await platform.files();
  const focusOn = files.filter(({ source }) => /spark-history\/app-/.test(source));
  expect(focusOn).toHaveLength(2);
  const request = { question: 'why is it slow?', platform, language: 'en', attachments: [], focusOn } as const;
  const { summary, subject } = await investigate(request);
  expect(subject?.id).toBe('app-20261121102734-0001');
  expect(summary).toMatch(/^Of the 2 runs of this job that were given, this is about the latest one, started /);
});
