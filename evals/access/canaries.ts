import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Ownership } from '../../bot/access/ownership.ts';

const TOKEN = /[A-Za-z0-9_.$:/-]{10,120}/g;
const MOST_TOKENS = 4_000;

/**
 * Every string by which an answer could give away what others run: their ids (as numbers too), names and accounts, and the words that stand
 * only in their own files. What an asker's own runs share with them tells nothing.
 *
 * @param folder the capture
 */
export function canariesOf(folder: string, hidden: readonly Ownership[], readable: readonly Ownership[]): Set<string> {
  const own = new Set(readable.flatMap(({ id, names, user, queue }) => [id, ...names, user ?? '', queue ?? '']));
  const queues = new Set([...hidden, ...readable].flatMap(({ queue }) => queue ?? []));
  const canaries = new Set<string>();
  for (const { id, names, user } of hidden) {
    canaries.add(id);
    if (/^application_/.test(id)) canaries.add(id.replace('application_', ''));
    for (const name of names) if (name.length >= 6 && !own.has(name)) canaries.add(name);
    if (user && user.length >= 4 && !own.has(user) && !queues.has(user)) canaries.add(user);
  }
  const [theirs, others] = [new Set<string>(), new Set<string>()];
  const marks = hidden.flatMap(({ id, names }) => [id, ...names.filter((name) => name.length >= 6)]);
  const ownMarks = readable.flatMap(({ id, names }) => [id, ...names.filter((name) => name.length >= 6)]);
  for (const { file, text } of filesOf(folder)) {
    if (ownMarks.some((mark) => file.includes(mark))) {
      for (const canary of canaries) if (text.includes(canary)) canaries.delete(canary);
    }
    const isTheirs = marks.some((mark) => file.includes(mark));
    for (const [token] of text.matchAll(TOKEN)) (isTheirs ? theirs : others).add(token);
  }
  const telling = [...theirs].filter((token) => !others.has(token) && /[A-Za-z]/.test(token) && /\d/.test(token));
  for (const token of telling.slice(0, MOST_TOKENS)) canaries.add(token);
  return canaries;
}

/** Those that stand in a text, but for what the asker typed. */
export function seenIn(text: string, canaries: ReadonlySet<string>, typed: string): string[] {
  // Whoever types a container's id has named its application.
  const said = `${typed}\n${[...typed.matchAll(/\d{13}_\d{4,}/g)].map(([part]) => `application_${part}`).join('\n')}`;
  return [...canaries].filter((canary) => !said.includes(canary) && text.includes(canary));
}

function filesOf(folder: string): { file: string; text: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      return {
        file: path.relative(folder, file),
        text: (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'),
      };
    });
}
