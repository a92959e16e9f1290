import type { WebClient } from '@slack/web-api';
import type { Bilingual, Language } from '../../../knowledge/bilingual.ts';
import { suggestedPrompts } from '../../render/slack/help-card.ts';
import { readAssistant } from '../intake/read-assistant.ts';
import { type ListenerMeans, type Register, tried } from './listener-means.ts';

const OFFER: Bilingual = { en: 'Ask about a job, a queue or a host', zh: '问作业、队列或主机' };
const MAX_TITLE = 60;

/** The assistant pane: suggestions when it is opened, and the first question as the title of its thread. */
export const registerAssistantPane: Register = (app, means) => {
  app.event('assistant_thread_started', async ({ event, client }) => {
    const { channel_id, thread_ts, user_id } = event.assistant_thread;
    const language = await languageOf(user_id, client, means);
    const [first, ...others] = suggestedPrompts(language);
    if (first === undefined) return;
    await tried('suggestions', means, () =>
      client.assistant.threads.setSuggestedPrompts({
        channel_id,
        thread_ts,
        title: OFFER[language],
        prompts: [first, ...others],
      }),
    );
  });
  // What the person looks at beside the pane does not change what was asked.
  app.event('assistant_thread_context_changed', async () => undefined);
  app.event('message', async ({ body, client }) => {
    const asked = readAssistant(body, { ...means.context, nowMs: Date.now() });
    if (asked === null || asked.action !== null || asked.place.threadTs === null || asked.text === '') return;
    const { channel, threadTs } = asked.place;
    await tried('the title', means, async () => {
      if (((await means.inbox.threadAt(asked.place))?.caseId ?? null) !== null) return;
      const [line = ''] = asked.text.split('\n');
      const title = line.length <= MAX_TITLE ? line : `${line.slice(0, MAX_TITLE - 1)}…`;
      await client.assistant.threads.setTitle({ channel_id: channel, thread_ts: threadTs, title });
    });
  });
};

/** Nobody has written yet: the language that the person uses Slack in. */
async function languageOf(user: string, client: WebClient, { language }: ListenerMeans): Promise<Language> {
  if (language !== 'auto') return language;
  const { user: profile } = await client.users.info({ user, include_locale: true }).catch(() => ({ user: undefined }));
  return profile?.locale?.startsWith('zh') === true ? 'zh' : 'en';
}
