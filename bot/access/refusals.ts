import type { Bilingual } from '../../knowledge/bilingual.ts';

/** For somebody whom the rules name by no account of the platform (`ConversationMeans.helpOnly`). */
export const NO_IDENTITY: Bilingual = {
  en: 'I do not know which account of the platform is yours, so I cannot look into runs for you. The platform team can add you to the access file; questions on how to do something I can answer.',
  zh: '我不知道你对应平台上的哪个账号，所以不能替你查作业。请平台团队把你加进权限文件；“怎么做”一类的问题我可以回答。',
};
