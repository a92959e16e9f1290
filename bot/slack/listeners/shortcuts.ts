import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { policyOf } from '../channel-policy.ts';
import { languageFor, type Register, tried } from './listener-means.ts';

const OFF: Bilingual = {
  en: 'I am switched off in this channel. Ask me in a direct message.',
  zh: '我在这个频道是关闭的，请私信问我。',
};

/** "Why did this fail?": acknowledged; where the bot is switched off the asker is told so, since nothing else will come. */
export const registerShortcuts: Register = (app, means) => {
  app.shortcut(/^/, async ({ ack, shortcut, respond }) => {
    await ack();
    if (shortcut.type !== 'message_action') return;
    if (policyOf(means.context.channels, shortcut.channel.id).answers !== 'off') return;
    const text = OFF[languageFor(means, [shortcut.message.text ?? ''])];
    await tried('telling that the channel is off', means, () => respond({ response_type: 'ephemeral', text }));
  });
};
