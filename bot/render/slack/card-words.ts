import type { Language } from '../../../knowledge/bilingual.ts';
import type { Diagnosis } from '../../investigation/diagnosis.ts';

/** Words that only the cards use; what the other faces say too is in `labels.ts`. */
export const CARD_WORDS = {
  en: {
    helpful: 'Helpful',
    notHelpful: 'Not helpful',
    evidence: 'Show evidence',
    more: 'More',
    compare: 'Compare with last good run',
    page: 'Case page',
    support: 'Ask support',
    recheck: 'Re-check',
    cancel: 'Cancel',
    take: 'Take',
    reassign: 'Hand to …',
    resolve: 'Resolve',
    backToBot: 'Back to the bot',
    howItWent: 'How it went (times in UTC)',
    happened: 'On record (times in UTC)',
    moreLinks: (count: number) => `… ${count} more: Show evidence`,
    moreRows: (count: number) => `… ${count} more`,
    case: 'case',
    noEvidence: 'Nothing is cited here.',
    evidenceOf: (first: number, last: number, all: number) => `${first}–${last} of ${all}`,
    writtenBy: 'written by',
    openSource: 'source',
    seeEvidence: 'Show evidence has the rest',
    /** Under the same incident. */
    others: (count: number, what: string, since: string) =>
      `${count} ${count === 1 ? 'other asks' : 'others ask'} about ${what} since ${since} UTC`,
    supportThread: 'support thread',
    state: { failed: 'failed', killed: 'killed', succeeded: 'succeeded', running: 'running', waiting: 'waiting' },
  },
  zh: {
    helpful: '有帮助',
    notHelpful: '没帮助',
    evidence: '查看证据',
    more: '更多',
    compare: '与上次正常运行比较',
    page: '案例页',
    support: '找人工支持',
    recheck: '重新检查',
    cancel: '取消',
    take: '我来处理',
    reassign: '转给……',
    resolve: '已解决',
    backToBot: '交还机器人',
    howItWent: '经过（UTC 时间）',
    happened: '记录在案（UTC 时间）',
    moreLinks: (count: number) => `…… 另有 ${count} 条，见“查看证据”`,
    moreRows: (count: number) => `…… 另有 ${count} 条`,
    case: '案例',
    noEvidence: '这里没有引用任何证据。',
    evidenceOf: (first: number, last: number, all: number) => `第 ${first}–${last} 条，共 ${all} 条`,
    writtenBy: '记录者',
    openSource: '出处',
    seeEvidence: '其余见“查看证据”',
    others: (count: number, what: string, since: string) => `自 ${since} UTC 起另有 ${count} 人在问 ${what}`,
    supportThread: '支持频道的讨论',
    state: { failed: '失败', killed: '被终止', succeeded: '成功', running: '运行中', waiting: '等待中' },
  },
} as const satisfies Record<Language, object>;

/** How sure it is, as a sign that needs no colour: full, half and empty. */
export const STANDING_SIGNS: Readonly<Record<Diagnosis['rootCauses'][number]['standing'], string>> = {
  confirmed: '●',
  likely: '◐',
  inconclusive: '○',
};
