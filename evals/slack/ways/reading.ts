import assert from 'node:assert/strict';
import type { FakeMessage } from '../../../bot/slack/fake-slack/world.ts';

/** All that a person reads of a message, without its buttons. */
export function wordsOf({ text, blocks }: FakeMessage): string {
  return blocks && blocks.length > 0
    ? blocks
        .filter(({ type }) => type !== 'actions')
        .map(textsIn)
        .join('\n')
    : text;
}

function textsIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  if (Array.isArray(value)) return value.map(textsIn).filter(Boolean).join('\n');
  const { text, alt_text: alt, ...rest } = value as Record<string, unknown>;
  const own = typeof text === 'string' ? text : textsIn(text);
  return [own, typeof alt === 'string' ? alt : '', ...Object.values(rest).map(textsIn)].filter(Boolean).join('\n');
}

/** The names of the buttons and menus of a message: `helpful`, `support` … */
export function buttonsOf({ blocks = [] }: FakeMessage): string[] {
  return blocks
    .flatMap(({ type, elements }) => (type === 'actions' && Array.isArray(elements) ? elements : []))
    .map(({ action_id: id }: { action_id?: string }) => String(id).replace('wherefore:', ''));
}

/** What a message has to be. */
export interface Wanted {
  says?: readonly (RegExp | string)[];
  never?: readonly RegExp[];
  buttons?: readonly string[];
  /** Chinese by its own words: names and settings stay as they are. */
  language?: 'en' | 'zh';
  /** Seen by this person alone; null: by everybody there. */
  onlyTo?: string | null;
}

/** Asserts what a message says and offers. @returns the message */
export function reads(message: FakeMessage | undefined, wanted: Wanted): FakeMessage {
  assert.ok(message, 'no message came');
  const words = wordsOf(message);
  for (const part of wanted.says ?? [])
    assert.ok(typeof part === 'string' ? words.includes(part) : part.test(words), `says ${part}:\n${words}`);
  for (const part of wanted.never ?? []) assert.ok(!part.test(words), `never says ${part}:\n${words}`);
  if (wanted.buttons) assert.deepEqual(buttonsOf(message), wanted.buttons);
  if (wanted.language) assert.equal(/[\u4e00-\u9fff]/.test(words) ? 'zh' : 'en', wanted.language, words);
  if (wanted.onlyTo !== undefined) assert.equal(message.ephemeralTo ?? null, wanted.onlyTo, words);
  return message;
}

/** The only message of several. */
export function only(messages: readonly FakeMessage[]): FakeMessage {
  assert.equal(messages.length, 1, `exactly one message:\n${messages.map(wordsOf).join('\n---\n')}`);
  return messages[0] as FakeMessage;
}
