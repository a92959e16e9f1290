import type { Bilingual } from '../../../knowledge/bilingual.ts';
import { helpCard } from '../../render/slack/help-card.ts';
import { commandWish } from '../intake/command-wish.ts';
import { plainText } from '../intake/plain-text.ts';
import { languageFor, type Register } from './listener-means.ts';

const LOOKING: Bilingual = {
  en: 'Looking into it. The answer comes as a message here, or to you directly where I am not in the channel.',
  zh: '正在查。结果会发在这里；如果我不在这个频道，会私信给你。',
};
const ONE_MOMENT: Bilingual = { en: 'One moment.', zh: '稍等。' };

/** `/why`: Slack wants an answer within three seconds, seen by the asker alone. */
export const registerWhyCommand: Register = (app, means) => {
  app.command(/^\//, async ({ ack, command }) => {
    const text = plainText(command.text ?? '', means.context.self.botUserId);
    const language = languageFor(means, [text]);
    const wish = commandWish(text);
    if (wish.kind === 'help') {
      const { text: inShort, blocks } = helpCard({ language });
      await ack({ response_type: 'ephemeral', text: inShort, blocks: [...blocks] });
    } else await ack({ response_type: 'ephemeral', text: (wish.kind === 'action' ? ONE_MOMENT : LOOKING)[language] });
  });
};
