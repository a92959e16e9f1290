import type { Language } from '../../../knowledge/bilingual.ts';
import { context, sections } from './blocks.ts';
import type { Card } from './card.ts';
import { fitCard } from './fit-card.ts';
import { bold, bulleted, code, escaped, mrkdwn } from './mrkdwn.ts';

const WORDS = {
  en: {
    what: 'I find out why a data job failed, is slow or does not start, and show the proof.',
    ask: 'Ask in your own words',
    examples: [
      'why did dwd_order_wide fail last night? I think the node is bad',
      'application_1700000000000_0042 takes twice as long as usual',
      'why is queue root.etl full?',
    ],
    along: 'Send along',
    alongRows: [
      'a link to YARN, the history server, Airflow or Flink',
      'a log, its .gz, or a Spark event log, as a file or pasted',
    ],
    onward: 'Then go on in the thread',
    onwardRows: ['is it the network?', 'what if I double the memory?', 'show e3', 'escalate: a person takes over'],
    limits: 'I only read; nothing is restarted or changed. You see only what you may see on the platform.',
  },
  zh: {
    what: '我来查数据作业为什么失败、变慢或起不来，并给出证据。',
    ask: '用自己的话问就行',
    examples: [
      '昨晚 dwd_order_wide 为什么失败？是不是机器坏了',
      'application_1700000000000_0042 比平时慢了一倍',
      '队列 root.etl 为什么满了？',
    ],
    along: '可以一起发',
    alongRows: ['YARN、History Server、Airflow 或 Flink 的链接', '日志、它的 .gz 或 Spark 事件日志，文件或粘贴都行'],
    onward: '之后在讨论里接着问',
    onwardRows: ['是不是网络问题？', '内存加倍会怎样？', '看 e3', '转人工：由支持人员接手'],
    limits: '我只读不改，不会重启或修改任何东西。你只能看到自己在平台上有权查看的内容。',
  },
} as const satisfies Record<Language, object>;

/**
 * What can be asked: for the assistant's pane, `/why` without a question, and a mention that asks nothing.
 *
 * @param notes what has to be said first: of files that were not read
 */
export function helpCard({ language, notes = [] }: { language: Language; notes?: readonly string[] }): Card {
  const words = WORDS[language];
  return fitCard(
    [...notes.slice(0, 6), words.what, ...words.examples].join('\n'),
    [
      { blocks: sections(notes.slice(0, 6).map((note) => escaped(note.slice(0, 400)))), rank: 0 },
      {
        blocks: sections(
          [
            escaped(words.what),
            bold(words.ask),
            ...bulleted(words.examples.map((example) => code(example))),
            bold(words.along),
            ...bulleted(words.alongRows.map((row) => escaped(row))),
            bold(words.onward),
            ...bulleted([mrkdwn`${words.onwardRows.join(' · ')}`]),
          ],
          { expand: true },
        ),
        rank: 0,
      },
      { blocks: context([escaped(words.limits)]), rank: 0 },
    ],
    language,
  );
}

/** Questions the assistant's pane offers: at most four, each with a short title. */
export function suggestedPrompts(language: Language): { title: string; message: string }[] {
  const zh = language === 'zh';
  return [
    {
      title: zh ? '我的作业为什么失败？' : 'Why did my job fail?',
      message: zh ? '我最近一次失败的作业是什么原因？' : 'Why did my last failed job fail?',
    },
    {
      title: zh ? '为什么比平时慢？' : 'Why is it slower than usual?',
      message: zh ? '我最近一次作业为什么比平时慢？' : 'Why did my last job take longer than usual?',
    },
    {
      title: zh ? '为什么一直没起来？' : 'Why does it not start?',
      message: zh ? '我的作业为什么一直在排队？' : 'Why is my job still waiting?',
    },
    { title: zh ? '可以怎么问？' : 'What can I ask?', message: zh ? '你能做什么？' : 'What can you do?' },
  ];
}
