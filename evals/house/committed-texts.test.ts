import { execFileSync } from 'node:child_process';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { trackedTexts } from './tracked-files.ts';

const TEXTS = trackedTexts();

/** What engines themselves wrote or would write: recorded texts, and texts that tests typed after them. */
const ENGINE_TEXT =
  /^bot\/demo\/|^evals\/scenarios\/[^/]+\/(?:capture|attachments)\/|\/fixtures\/|^tools\/logs\/signatures\/[\w.-]+\.cases\.ts$/;

/** Single files that hold a path of a user's home, with what the path is. */
const HOME_PATHS: Readonly<Record<string, string>> = {
  'tools/logs/keys-of-path.test.ts': 'where people keep collected logs on a recorded host',
  'tools/logs/last-words.test.ts': 'where people keep a client’s log on a recorded host',
  'tools/logs/signatures/python-traceback.test.ts': 'a line of a Python traceback, typed after the real ones',
};

/** Lines of files that match, as `file:line`. */
function linesWith(pattern: RegExp, allowed: (file: string) => boolean = () => false): string[] {
  return TEXTS.filter(({ file }) => !allowed(file)).flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, at) => (pattern.test(line) ? [`${file}:${at + 1}`] : [])),
  );
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

describe('committed files', () => {
  it('are read at all', () => {
    expect(TEXTS.length).toBeGreaterThan(500);
  });

  it('hold no path of the machine they were written on', () => {
    // Folders that every machine has say nothing of this one.
    const everywhere = new Set(['/', '/home', '/opt', '/srv', '/tmp', '/usr', '/var', '/mnt', '/data', tmpdir()]);
    const here = [process.cwd(), path.dirname(process.cwd()), homedir()].filter((folder) => !everywhere.has(folder));
    const own = new RegExp(`(?<![\\w/.-])(?:${here.map(literally).join('|')})/`);
    // An engine that ran as this user says so; scenarios.test.ts looks into what is packed.
    expect(linesWith(own, (file) => ENGINE_TEXT.test(file))).toEqual([]);
  });

  it('hold no path of anybody’s home, but for engines’ own texts', () => {
    const allowed = (file: string) => ENGINE_TEXT.test(file) || HOME_PATHS[file] !== undefined;
    const homes = new RegExp(`(?<![\\w.-])/(?:${['root', 'Users/[a-z]+', 'home/[a-z]+'].join('|')})/`);
    expect(linesWith(homes, allowed)).toEqual([]);
    expect(
      Object.keys(HOME_PATHS).filter((file) => !TEXTS.some((entry) => entry.file === file && homes.test(entry.text))),
    ).toEqual([]);
  });

  it('hold no name of a package registry', () => {
    const registry = execFileSync('npm', ['config', 'get', 'registry'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const host = new URL(registry.trim()).hostname;
    expect(linesWith(new RegExp(literally(host)))).toEqual([]);
    expect(linesWith(/"resolved":/).filter((place) => place.startsWith('package-lock.json'))).toEqual([]);
  });

  it('hold no mark of a merge that was not finished', () => {
    expect(linesWith(/^(?:<{7}|>{7}) /)).toEqual([]);
  });
});
