import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FakeService, fakeService } from '../tools/platform/fake-service.ts';
import { chooseCluster } from './choose-cluster.ts';
import { readSettings, type Settings } from './settings.ts';

const ID = 'application_1700000000000_0042';
let [knows, knowsNot]: FakeService[] = [];
let settings: Settings;

beforeAll(async () => {
  knows = await fakeService((path, response) => response.writeHead(path.includes(ID) ? 200 : 404).end('{}'));
  knowsNot = await fakeService((_path, response) => response.writeHead(404).end('{}'));
  const cluster = (name: string, url: string) => ({
    name,
    services: { 'yarn-rm': { url } },
    eventLogs: null,
    hostsDir: null,
  });
  settings = { ...readSettings({}), clusters: [cluster('ads', knowsNot.url), cluster('search', knows.url)] };
});
afterAll(async () => {
  await knows?.close();
  await knowsNot?.close();
});

const nameOf = async (question: string, given: string | null = null, from = settings) =>
  (await chooseCluster(from, question, given))?.name;

describe('chooseCluster', () => {
  it('takes the one that is named, by flag or in the question', async () => {
    expect(await nameOf('why did it fail?', 'ads')).toBe('ads');
    expect(await nameOf('why is queue etl of Search full?')).toBe('search');
    await expect(nameOf('x', 'nobody')).rejects.toThrow('there is no cluster nobody; configured: ads, search');
  });

  it('takes the one that knows the application', async () => {
    expect(await nameOf(`why did ${ID} fail?`)).toBe('search');
  });

  it('never guesses', async () => {
    await expect(nameOf('why did research_ads_daily fail?')).rejects.toThrow(
      'several clusters are configured (ads, search)',
    );
    await expect(nameOf('why did application_1700000000000_0043 fail?')).rejects.toThrow('--cluster');
    await expect(nameOf('is ads or search full?')).rejects.toThrow('--cluster');
    expect(await nameOf('why?', null, { ...settings, defaultCluster: 'ads' })).toBe('ads');
  });

  it('has nothing to choose of one or none', async () => {
    expect(await nameOf('why?', null, { ...settings, clusters: settings.clusters.slice(0, 1) })).toBe('ads');
    expect(await nameOf('why?', null, { ...settings, clusters: [] })).toBeUndefined();
  });
});
