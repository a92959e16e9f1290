import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import { openCapture } from '../../../tools/platform/capture-platform.ts';
import type { Ownership } from '../../access/ownership.ts';
import { type FirstLook, takeFirstLook } from '../first-look.ts';
import { investigateWhole } from '../investigate.ts';
import { namesOther, otherApplication, otherName } from './pseudonyms.ts';
import { veilOver } from './veil.ts';

/** A recording of a cluster with three queues (its scenario tells how it was made). */
const CAPTURE = path.join(import.meta.dirname, '../../../evals/scenarios/yarn-911-ads-bid-mix/capture');
const OWN = 'application_1795279000493_0002';
const OTHER = 'application_1795279000493_0014';
const ofLife = ({ queue }: Ownership) => queue === 'life';

describe('a veil over a recorded cluster', { timeout: 30_000 }, () => {
  let seen: FirstLook;
  beforeAll(async () => {
    seen = await takeFirstLook(await openCapture(CAPTURE), [], new AbortController().signal);
  });
  const veiled = () => veilOver(seen, ofLife).look(seen);

  it('takes out what others ran and wrote, and keeps the own as it is', () => {
    const { runs, logs } = veiled();
    expect(seen.runs.map(({ listing }) => listing.applicationId)).toContain(OTHER);
    expect(runs.map(({ listing }) => listing.applicationId)).toEqual([OWN]);
    const own = (log: LogFacts) => log.source.includes(OWN);
    expect(logs.filter(own)).toEqual(seen.logs.filter(own));
    expect(seen.logs.some(({ source }) => source.includes(OTHER))).toBe(true);
    expect(logs.some(({ source }) => source.includes(OTHER) || source.includes('ads_bid_mix'))).toBe(false);
  });

  it('leaves the neighbours without names, words of their programs and files to cite', () => {
    const text = JSON.stringify(veiled(), (_, value: unknown) =>
      value instanceof Map || value instanceof Set ? [...value] : value,
    );
    for (const word of ['ads_bid_mix', 'dm_shop_load', 'rpt_monthly_bill', '1795279000493_0014', '1795279000493_0001'])
      expect(text, word).not.toContain(word);
    const others = (veiled().yarn?.applications ?? []).filter(({ id }) => namesOther(id));
    expect(others.length).toBe((seen.yarn?.applications.length ?? 0) - 1);
    expect(others.every(({ diagnostics }) => diagnostics === '')).toBe(true);
    expect(others.some(({ queue }) => queue === 'etl')).toBe(true);
  });

  it('gives the same run the same number, whatever is asked', () => {
    const [one, two] = [veilOver(seen, ofLife), veilOver(seen, ofLife)];
    const hidden = one.hide(`${OTHER} ads_bid_mix`);
    expect(two.hide(`${OTHER} ads_bid_mix`)).toBe(hidden);
    const number = Number(/_(\d+) /.exec(hidden)?.[1]);
    expect(hidden).toBe(`${otherApplication(number)} ${otherName(number)}`);
  });

  it('hides what nobody knows to be anybody’s, unless the rules show it', () => {
    const [hiding, showing] = [
      veilOver(seen, ofLife),
      veilOver(seen, (run) => ofLife(run) || (run.user === null && run.queue === null)),
    ];
    expect(hiding.isHidden('application_1795279000493_4711')).toBe(true);
    expect(showing.isHidden('application_1795279000493_4711')).toBe(false);
    expect(hiding.isHidden(`${OWN.replace('application', 'container')}_01_000001`)).toBe(false);
    expect(hiding.isHidden(OTHER)).toBe(true);
  });

  it('covers nothing where everything may be read', () => {
    const all = veilOver(seen, () => true).look(seen);
    expect(all.logs).toEqual(seen.logs);
    expect(all.findings).toEqual(seen.findings);
    expect(all.yarn).toEqual(seen.yarn);
  });

  it('lets every citation of an answer stand, and notes whose runs it tells of', async () => {
    const { diagnosis, investigation, book } = await investigateWhole({
      question: `why was ${OWN} killed?`,
      platform: await openCapture(CAPTURE),
      language: 'en',
      attachments: [],
      mayRead: ofLife,
    });
    expect(diagnosis.rootCauses[0]).toMatchObject({ standing: 'confirmed' });
    expect(book.cited().filter(({ id }) => book.found(id) === false)).toEqual([]);
    expect(investigation.about?.map(({ id }) => id)).toEqual([OWN]);
  });
});
