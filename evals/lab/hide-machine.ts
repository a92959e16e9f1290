import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname, networkInterfaces } from 'node:os';
import path from 'node:path';
import { LabError } from './lab-error.ts';
import type { LabFolder } from './lab-folder.ts';
import { groupName } from './memory-limit.ts';

/** What stands for the lab's own folder in a recording; as in the recordings that were made before there was a lab. */
const STAND_IN = '/data/lab';
/** What stands for the name of the lab's control groups. */
const GROUP_STAND_IN = '/bigdata';

/** What is replaced in a recording, longest first. */
export function replacementsOf(folder: LabFolder): [found: string, instead: string][] {
  const packages: [string, string][] = [[folder.packages, `${STAND_IN}/packages`]];
  const own: [string, string][] = [[folder.root, STAND_IN]];
  const group: [string, string][] = [[`/${groupName(folder)}`, GROUP_STAND_IN]];
  return [...packages, ...own, ...group];
}

/** Replaces the lab's own folder in every file of a capture and in their names; every other byte stays. */
export function hideMachine(folder: LabFolder, capture: string): void {
  const replacements = replacementsOf(folder);
  const hidden = (text: string) =>
    replacements.reduce((before, [found, instead]) => before.replaceAll(found, instead), text);
  for (const name of filesOf(capture)) {
    const file = path.join(capture, name);
    // Bytes as characters of one byte: whatever the file holds comes out as it was.
    const before = readFileSync(file).toString('latin1');
    const after = hidden(before);
    if (after !== before) writeFileSync(file, Buffer.from(after, 'latin1'));
    const renamed = hidden(`/${name}`).slice(1);
    if (renamed === name) continue;
    mkdirSync(path.dirname(path.join(capture, renamed)), { recursive: true });
    renameSync(file, path.join(capture, renamed));
  }
  removeEmptyFolders(capture);
}

/** @throws LabError naming files in which something of this machine still stands */
export function checkHidden(folder: LabFolder, capture: string): void {
  const secret = wordsOfMachine(folder);
  const named = filesOf(capture).flatMap((name) => {
    const text = `${name}\n${readFileSync(path.join(capture, name)).toString('latin1')}`;
    return secret.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `${name}: ${what}`);
  });
  if (named.length > 0)
    throw new LabError(`the recording tells of this machine:\n  ${named.slice(0, 10).join('\n  ')}`);
}

/** What no recording may hold: folders, names and addresses of this machine. */
function wordsOfMachine(folder: LabFolder): { what: string; pattern: RegExp }[] {
  const folders = [
    folder.root,
    folder.packages,
    process.cwd(),
    path.resolve(import.meta.dirname, '..', '..'),
    `${homedir()}/.`,
    // Tools that were put somewhere by hand; those of the system lie alike everywhere.
    ...(process.env.PATH ?? '')
      .split(':')
      .filter((entry) => entry !== '' && !/^\/(?:usr|bin|sbin)(?:\/|$)/.test(entry)),
  ].filter((one) => one.length > 1 && one !== '/.');
  const addresses = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ internal }) => !internal).map(({ address }) => address),
  );
  const servers = Object.values(process.env).flatMap((value) => {
    const host = /^https?:\/\/(?:[^@/\s]*@)?([\w.-]+)/.exec(value ?? '')?.[1];
    return host && !/^(?:localhost|127\.)/.test(host) ? [host] : [];
  });
  return [
    ...folders.map((one) => ({ what: one, pattern: new RegExp(escaped(one)) })),
    ...[...addresses, ...servers].map((one) => ({
      what: one,
      pattern: new RegExp(`(?<![\\w.])${escaped(one)}(?![\\w])`),
    })),
    { what: hostname(), pattern: new RegExp(`(?<![\\w.-])${escaped(hostname())}(?![\\w.-])`) },
  ];
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Every file below a folder, by its path relative to it, in one order. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const below = path.join(folder, entry.name);
    removeEmptyFolders(below);
    if (readdirSync(below).length === 0) rmSync(below, { recursive: true });
  }
}
