import type { App } from '@slack/bolt';
import type { Language } from '../../../knowledge/bilingual.ts';
import type { Inbox } from '../../cases/inbox/inbox.ts';
import { languageOfWords } from '../../conversation/language-of-words.ts';
import type { IntakeContext } from '../intake/intake-context.ts';
import type { SlackLog } from '../slack-log.ts';

/** What listeners know. They give Slack the answer it waits for; what was asked is in the inbox already. */
export interface ListenerMeans {
  context: Omit<IntakeContext, 'nowMs'>;
  inbox: Pick<Inbox, 'threadAt'>;
  /** The one language of all answers, or as people write. */
  language: Language | 'auto';
  log: SlackLog;
}

/** Puts listeners into Bolt's app. */
export type Register = (app: App, means: ListenerMeans) => void;

/** The language of an immediate answer: as set, else that of the words it stands beside. */
export function languageFor({ language }: ListenerMeans, words: readonly string[]): Language {
  return language === 'auto' ? (languageOfWords(words) ?? 'en') : language;
}

/** Runs what is nice to have: a failure is told in the log and nowhere else. */
export async function tried(what: string, { log }: ListenerMeans, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn({ what, why: error instanceof Error ? (error.message.split('\n')[0] ?? '') : '' }, 'not done');
  }
}
