import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import type { Bilingual, Language } from '../../../knowledge/bilingual.ts';
import { CAUSES } from '../../../knowledge/causes/catalogue.ts';
import type { ActionName } from '../../cases/inbox/incoming.ts';
import { plain } from './blocks.ts';
import { actionId } from './button.ts';
import { SLACK_LIMITS } from './slack-limits.ts';

/** What a form goes back to: carried in its metadata. */
export interface FormAbout {
  caseId: string | null;
  diagnosis: string | null;
  team: string;
  channel: string;
  threadTs: string | null;
  /** The message whose button opened it. */
  messageTs: string | null;
}

const WORDS = {
  en: {
    send: 'Send',
    close: 'Close',
    notHelpful: 'What was wrong?',
    reason: 'What was missing or wrong?',
    reasonHint: 'One sentence is enough. It goes to the people who keep this bot.',
    resolve: 'What fixed it?',
    fixedBy: 'What fixed it',
    fixedByHint: 'It is told in the thread of the question and becomes a draft of a runbook.',
    code: 'Root cause',
    codeChoose: 'As it turned out',
    note: 'Note',
  },
  zh: {
    send: '提交',
    close: '关闭',
    notHelpful: '哪里不对？',
    reason: '缺了什么，或哪里不对？',
    reasonHint: '一句话即可，会转给维护机器人的同事。',
    resolve: '是怎么解决的？',
    fixedBy: '解决办法',
    fixedByHint: '会发到提问的讨论里，并生成一份手册草稿。',
    code: '根因',
    codeChoose: '最后查明的根因',
    note: '备注',
  },
} as const satisfies Record<Language, object>;

/** Asks what was wrong with an answer: field `reason`. */
export function notHelpfulForm({ about, language }: { about: FormAbout; language: Language }): ModalView {
  const words = WORDS[language];
  const blocks = [typed('reason', words.reason, { hint: words.reasonHint, optional: true })];
  return form('not_helpful', words.notHelpful, words.send, about, language, blocks);
}

/** Asks what fixed it: fields `fixedBy`, `code` (a cause of the catalogue), `note`. */
export function resolveForm({ about, language }: { about: FormAbout; language: Language }): ModalView {
  const words = WORDS[language];
  const blocks: InputBlock[] = [
    typed('fixedBy', words.fixedBy, { hint: words.fixedByHint }),
    {
      type: 'input',
      block_id: 'code',
      optional: true,
      label: plain(words.code, SLACK_LIMITS.inputLabel),
      element: {
        type: 'static_select',
        action_id: 'code',
        placeholder: plain(words.codeChoose, SLACK_LIMITS.placeholder),
        option_groups: causeGroups(language),
      },
    },
    typed('note', words.note, { optional: true }),
  ];
  return form('resolve', words.resolve, words.send, about, language, blocks);
}

/** What a form carried; null for metadata that is none of ours. */
export function readFormAbout(metadata: string): FormAbout | null {
  if (metadata.length > SLACK_LIMITS.privateMetadata) return null;
  try {
    const read: unknown = JSON.parse(metadata);
    if (typeof read !== 'object' || read === null) return null;
    const at = (key: string) => {
      const value = (read as Record<string, unknown>)[key];
      return typeof value === 'string' && value !== '' ? value : null;
    };
    const [team, channel] = [at('team'), at('channel')];
    if (team === null || channel === null) return null;
    return {
      caseId: at('caseId'),
      diagnosis: at('diagnosis'),
      team,
      channel,
      threadTs: at('threadTs'),
      messageTs: at('messageTs'),
    };
  } catch {
    return null;
  }
}

function form(
  action: ActionName,
  title: string,
  submit: string,
  about: FormAbout,
  language: Language,
  blocks: InputBlock[],
): ModalView {
  return {
    type: 'modal',
    callback_id: actionId(action),
    title: plain(title, SLACK_LIMITS.modalTitle),
    submit: plain(submit, SLACK_LIMITS.modalButton),
    close: plain(WORDS[language].close, SLACK_LIMITS.modalButton),
    private_metadata: metadataOf(about),
    blocks,
  };
}

/** Ids are short; what is longer is no id and is not carried. */
const LONGEST_ID = 100;

function metadataOf(about: FormAbout): string {
  const short = Object.entries(about).map(([key, id]) => [key, id !== null && id.length <= LONGEST_ID ? id : null]);
  return JSON.stringify(Object.fromEntries(short));
}

function typed(
  field: string,
  label: string,
  { hint, optional = false }: { hint?: string; optional?: boolean },
): InputBlock {
  return {
    type: 'input',
    block_id: field,
    optional,
    label: plain(label, SLACK_LIMITS.inputLabel),
    element: {
      type: 'plain_text_input',
      action_id: field,
      multiline: true,
      max_length: SLACK_LIMITS.typedText,
    },
    ...(hint === undefined ? {} : { hint: plain(hint, SLACK_LIMITS.inputHint) }),
  };
}

/** Names of the catalogue's families, by the first part of a code. */
const FAMILIES: Readonly<Record<string, Bilingual>> = {
  memory: { en: 'Memory', zh: '内存' },
  shuffle: { en: 'Shuffle', zh: 'Shuffle' },
  skew: { en: 'Skew', zh: '倾斜' },
  data: { en: 'Data', zh: '数据' },
  dependency: { en: 'Dependencies', zh: '依赖' },
  config: { en: 'Settings', zh: '配置' },
  scheduling: { en: 'Queues and scheduling', zh: '队列与调度' },
  storage: { en: 'Storage', zh: '存储' },
  cache: { en: 'Cache', zh: '缓存' },
  network: { en: 'Network', zh: '网络' },
  kernel: { en: 'Kernel', zh: '内核' },
  workflow: { en: 'Workflow', zh: '工作流' },
  streaming: { en: 'Streaming', zh: '流处理' },
  code: { en: 'Code of the job', zh: '作业代码' },
  security: { en: 'Rights and security', zh: '权限与安全' },
  none: { en: 'No fault', zh: '没有故障' },
  unknown: { en: 'Not known', zh: '未知' },
};

function causeGroups(language: Language): { label: ReturnType<typeof plain>; options: PlainTextOption[] }[] {
  const families = Map.groupBy(CAUSES, ({ code }) => code.slice(0, code.indexOf('.')));
  return [...families].slice(0, SLACK_LIMITS.optionGroups).map(([family, causes]) => ({
    label: plain(FAMILIES[family]?.[language] ?? family, SLACK_LIMITS.optionText),
    options: causes.slice(0, SLACK_LIMITS.options).map(({ code, title }) => ({
      text: plain(title[language], SLACK_LIMITS.optionText),
      value: code.slice(0, SLACK_LIMITS.optionValue),
    })),
  }));
}
