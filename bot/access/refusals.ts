import type { Bilingual } from '../../knowledge/bilingual.ts';

/** For somebody whom the rules name by no account of the platform (`ConversationMeans.helpOnly`). */
export const NO_IDENTITY: Bilingual = {
  en: 'I do not know which account of the platform is yours, so I cannot look into runs for you. The platform team can add you to the access file; questions on how to do something I can answer.',
  zh: '我不知道你对应平台上的哪个账号，所以不能替你查作业。请平台团队把你加进权限文件；“怎么做”一类的问题我可以回答。',
};

/** For a case that is not there, or that the person may not open: the same words. */
export const NO_SUCH_CASE: Bilingual = {
  en: 'There is no such case here.',
  zh: '这里没有这个案例。',
};

/** In the thread, when the answer went to the asker alone; it tells nothing of what the answer is. */
export const ANSWERED_ALONE: Bilingual = {
  en: 'I have sent the answer to the person who asked: not everybody in this channel may read it.',
  zh: '答案已单独发给提问的人：这个频道里不是所有人都有查看权限。',
};
