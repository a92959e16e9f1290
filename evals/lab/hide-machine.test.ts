import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkHidden, hideMachine } from './hide-machine.ts';
import { type LabFolder, labFolder } from './lab-folder.ts';

let folder: LabFolder;
let capture: string;
beforeEach(() => {
  const root = mkdtempSync(path.join(tmpdir(), 'wherefore-hide-'));
  folder = labFolder(root, path.join(root, '..', 'lab-packages'));
  capture = path.join(root, 'recording', 'capture');
});
afterEach(() => rmSync(folder.root, { recursive: true, force: true }));

function put(name: string, content: string | Buffer): string {
  const file = path.join(capture, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe('a recording', () => {
  it('names the stand-in where the folder of the lab stood, in texts and in names, and keeps every other byte', () => {
    const odd = Buffer.from([0, 255, 128, 10, 195]);
    const log = put(
      'hosts/n1/a.log',
      Buffer.concat([odd, Buffer.from(`-cp ${folder.configuration}/n1/hadoop:${folder.packages}/hadoop/*`), odd]),
    );
    put(`hosts/n1${folder.configuration}/n1/hadoop/core-site.xml`, '<configuration/>');
    put('hosts/n1/proc/7/cgroup', `4:memory:/${path.basename(folder.root)}\n`);
    hideMachine(folder, capture);
    const text = '-cp /data/lab/configuration/n1/hadoop:/data/lab/packages/hadoop/*';
    expect(readFileSync(log)).toEqual(Buffer.concat([odd, Buffer.from(text), odd]));
    expect(existsSync(path.join(capture, 'hosts/n1/data/lab/configuration/n1/hadoop/core-site.xml'))).toBe(true);
    expect(existsSync(path.join(capture, 'hosts/n1/tmp'))).toBe(false);
    expect(readFileSync(path.join(capture, 'hosts/n1/proc/7/cgroup'), 'utf8')).toBe('4:memory:/bigdata\n');
    expect(() => checkHidden(folder, capture)).not.toThrow();
  });

  it.each([
    ['the folder of the lab', () => folder.root],
    ['what lies hidden at home', () => `${homedir()}/.cache/x`],
    ['the name of this machine', () => `started on ${hostname()} by root`],
    ['the folder it is run in', () => process.cwd()],
  ])('is refused while it tells %s', (_what, text) => {
    put('hosts/n1/a.log', 'nothing\n');
    put('hosts/n1/b.log', `x ${text()} y\n`);
    expect(() => checkHidden(folder, capture)).toThrow(/hosts\/n1\/b\.log/);
  });
});
