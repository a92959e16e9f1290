import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findComponents, findGold } from './find-gold.ts';
import { LabError } from './lab-error.ts';

let capture: string;
beforeEach(() => {
  capture = mkdtempSync(path.join(tmpdir(), 'wherefore-gold-'));
});
afterEach(() => rmSync(capture, { recursive: true, force: true }));

function put(name: string, ...lines: string[]): void {
  mkdirSync(path.dirname(path.join(capture, name)), { recursive: true });
  writeFileSync(path.join(capture, name), lines.map((line) => `${line}\n`).join(''));
}

describe('findGold', () => {
  it('names files and lines of each link, neighbours as one range', () => {
    put('hosts/n1/nm.log', 'start', 'killed a', 'killed b', 'idle', 'killed c');
    put('hosts/n2/nm.log', 'start');
    put('hosts/n1/rm.log', 'n2 LOST');
    put('http/index.tsv', 'killed', 'n2 LOST');
    const links = [
      { link: 'killed', places: [{ source: /nm\.log$|index/, line: /killed/ }] },
      {
        link: 'lost',
        places: [
          { source: /none/, line: /x/ },
          { source: /rm\.log$|index/, line: /LOST/ },
        ],
      },
    ];
    expect(findGold(capture, links)).toEqual([
      {
        link: 'killed',
        places: [
          { source: 'hosts/n1/nm.log', lines: [2, 3] },
          { source: 'hosts/n1/nm.log', lines: [5, 5] },
        ],
      },
      { link: 'lost', places: [{ source: 'hosts/n1/rm.log', lines: [1, 1] }] },
    ]);
  });

  it('reads ids that only the recording knows, each once', () => {
    put('hosts/n1/nm.log', 'killed container_2', 'killed container_1', 'killed container_2', 'started container_3');
    const wanted = [{ kind: 'container' as const, source: /nm\.log$/, line: /killed (container_\d+)/ }];
    expect(findComponents(capture, wanted)).toEqual([
      { kind: 'container', id: 'container_1' },
      { kind: 'container', id: 'container_2' },
    ]);
  });

  it('fails by name for every link that is not there', () => {
    put('a.log', 'x');
    const links = ['one', 'two'].map((link) => ({ link, places: [{ source: /a\.log/, line: /y/ }] }));
    expect(() => findGold(capture, links)).toThrow(LabError);
    expect(() => findGold(capture, links)).toThrow('one; two');
  });
});
