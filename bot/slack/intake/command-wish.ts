import type { Action } from '../../cases/inbox/incoming.ts';
import { actionOf } from './spoken-action.ts';

/** What stands behind `/why`. */
export type CommandWish =
  | { kind: 'help' }
  | { kind: 'question' }
  /** `show` without a case is about what the asker has waiting. */
  | { kind: 'action'; action: Action };

const CASE = '(case_[0-9a-f]{10})';
const HELP =
  /^(?:help|\?|？|帮助|what can (?:you do|i ask)|how (?:do|can) i (?:use you|ask)|你(?:能|会|可以)(?:做什么|干什么|干嘛|帮我做什么)|(?:怎么|如何)(?:用|使用|提?问)|可以怎么问)?\s{0,3}[?？.。!！]{0,3}$/i;
const SHOW = new RegExp(`^(?:(?:show|status|state|状态)\\s{1,5})?${CASE}$|^(?:status|state|状态)$`, 'i');
const SUPPORT = new RegExp(`^(?:escalate|support|转人工|找人工)(?:\\s{1,5}${CASE})?$`, 'i');
const CANCEL = /^(?:cancel|取消)$/i;

/** The words, all of them, ask what can be asked; none do too. */
export function asksForHelp(text: string): boolean {
  return text.length <= 80 && HELP.test(text.trim());
}

/** Reads the words behind the command: help, something about a case, or a question. */
export function commandWish(text: string): CommandWish {
  const words = text.trim();
  if (asksForHelp(words)) return { kind: 'help' };
  if (words.length > 80) return { kind: 'question' };
  for (const [name, pattern] of [
    ['show', SHOW],
    ['support', SUPPORT],
    ['cancel', CANCEL],
  ] as const) {
    const match = pattern.exec(words);
    if (match) return { kind: 'action', action: actionOf(name, match[1]?.toLowerCase() ?? null) };
  }
  return { kind: 'question' };
}
