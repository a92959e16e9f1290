import type { Action, ActionName } from '../../cases/inbox/incoming.ts';

/** Words that are a whole message and stand for a button, in both languages. */
const WORDS: readonly (readonly [ActionName, RegExp])[] = [
  ['support', /^(?:escalate|ask (?:the )?support|找人工|转人工|人工|找支持|升级)$/i],
  ['cancel', /^(?:cancel|stop|取消|停止|算了)$/i],
];
const CASE = /(?:^|\s)(case_[0-9a-f]{10})$/i;

/** What a message of a few words wants besides an answer; null: it is a question. A case may be named behind the words. */
export function spokenAction(text: string): Action | null {
  if (text.length > 80) return null;
  const bare = text
    .replace(/^(?:please|pls|请)\s{0,3}|[\s.!。！,，]{1,5}$/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  const [, caseId] = CASE.exec(bare) ?? [];
  const words = caseId === undefined ? bare : bare.slice(0, -caseId.length).trim();
  const [name] = WORDS.find(([, pattern]) => pattern.test(words)) ?? [];
  return name === undefined ? null : actionOf(name, caseId?.toLowerCase() ?? null);
}

/** An action that stands on no message and brings nothing typed. */
export function actionOf(name: ActionName, caseId: string | null): Action {
  return { name, caseId, diagnosis: null, input: {}, messageTs: null };
}
