import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-platform-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function settingsOf(cluster: object) {
  const file = path.join(folder, 'platform.json');
  writeFileSync(file, JSON.stringify({ clusters: { ads: cluster } }));
  return readSettings({ WHEREFORE_PLATFORM_FILE: file, NODE_TOKEN: 'a-long-enough-token' }).clusters[0];
}

describe('{host} in the platform file', () => {
  it('stands for every node of the cluster, in services and in the root folder of hosts', () => {
    const cluster = settingsOf({
      services: {
        'yarn-rm': 'http://rm.example:8088',
        'yarn-nm@{host}': 'http://{host}:8042',
        'yarn-nm@odd': 'http://odd.example:8142',
        'node@{host}': { url: 'http://{host}:9099/', tokenEnv: 'NODE_TOKEN', only: 'bd-*' },
      },
      hosts: '/mnt/{host}/root',
    });
    expect(Object.keys(cluster?.services ?? {})).toEqual(['yarn-rm', 'yarn-nm@odd']);
    expect(cluster?.perHost).toEqual({
      'yarn-nm@{host}': { url: 'http://{host}:8042' },
      'node@{host}': { url: 'http://{host}:9099', token: 'a-long-enough-token', only: 'bd-*' },
    });
    expect(cluster?.hostsDir).toBe('/mnt/{host}/root');
  });

  it('gives a token only to hosts that a pattern or a domain bounds', () => {
    const services = (url: string, more: object = {}) => ({
      services: { 'yarn-rm': 'http://rm.example:8088', 'node@{host}': { url, tokenEnv: 'NODE_TOKEN', ...more } },
    });
    expect(() => settingsOf(services('http://{host}:9099'))).toThrow(/any host that joins the cluster/);
    expect(() => settingsOf(services('https://{host}'))).toThrow(/any host that joins the cluster/);
    expect(() => settingsOf(services('http://{host}:9099', { only: '*' }))).toThrow(/is no pattern of host names/);
    expect(settingsOf(services('http://{host}.bd.example:9099'))?.perHost).toHaveProperty(['node@{host}', 'token']);
    expect(settingsOf(services('http://{host}:9099', { only: 'bd-*' }))?.perHost).toHaveProperty([
      'node@{host}',
      'token',
    ]);
  });

  it('is refused where it would mean nothing, by name', () => {
    const rm = { 'yarn-rm': 'http://rm.example:8088' };
    const refused = (cluster: object, why: RegExp) => expect(() => settingsOf(cluster)).toThrow(why);
    refused({ services: { 'yarn-nm@{host}': 'http://{host}:8042' } }, /needs yarn-rm beside it/);
    refused({ services: { 'yarn-rm@{host}': 'http://{host}:8088' } }, /needs yarn-rm beside it/);
    refused(
      { services: { ...rm, 'yarn-nm@{host}': 'http://nm.example:8042' } },
      /needs \{host\} as the host of its URL/,
    );
    refused(
      { services: { ...rm, 'yarn-nm@{host}': 'http://nm.example/{host}' } },
      /needs \{host\} as the host of its URL/,
    );
    refused({ services: { ...rm, 'yarn-nm@a': 'http://{host}:8042' } }, /has \{host\} in its URL and not in its name/);
    refused({ services: { ...rm, 'prometheus@{host}': 'http://{host}:9090' } }, /is no service/);
    refused({ services: { ...rm, 'yarn-nm@{host}': 'ftp://{host}' } }, /is no http or https URL/);
    refused({ hosts: '/mnt/all' }, /no absolute path with \{host\}/);
    refused({ hosts: 'mnt/{host}' }, /no absolute path with \{host\}/);
    refused({ hosts: '/mnt/{host}', hostsDir: '/mnt' }, /give one of the two/);
  });
});
