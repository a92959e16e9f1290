import type { SectionBlock } from '@slack/types';
import type { Language } from '../../knowledge/bilingual.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import type { Card } from '../render/slack/card.ts';
import { cutMrkdwn, escaped, lines, link, type Mrkdwn, mrkdwn, person, plainText } from '../render/slack/mrkdwn.ts';
import { SLACK_LIMITS } from '../render/slack/slack-limits.ts';
import { sharedName } from './hand-off-view.ts';
import type { Incident, Member } from './hand-offs.ts';
import { utcMinute } from './utc-minute.ts';

const MAX_QUESTION = 400;
const MAX_FIXED_BY = 400;

/** The message of one more case in the support thread. `shown`: the channel may see what it asks. */
export function furtherCaseCard(member: Member, shown: boolean, url: string | null, language: Language): Card {
  const asked = utcMinute(member.askedAtMs);
  const place = url === null ? noLink(member, language) : link(url, language === 'zh' ? '打开原帖' : 'open the thread');
  const about = shown ? shorten(member.question, MAX_QUESTION) : '';
  const hidden =
    language === 'zh'
      ? '问题不在此处显示：该频道并非所有人都有权查看'
      : 'the question is not shown: not everybody here may see it';
  const head =
    language === 'zh'
      ? mrkdwn`同一事件：${person(member.asker)} 于 ${asked} 提问 · ${place}`
      : mrkdwn`The same incident: ${person(member.asker)} asked at ${asked} · ${place}`;
  const said = shown ? member.escalated?.said : null;
  const rows = [head, mrkdwn`> ${escaped(about === '' ? hidden : about)}`];
  if (said) rows.push(mrkdwn`> ${escaped(shorten(said, MAX_QUESTION))}`);
  const text =
    language === 'zh'
      ? `同一事件的另一个提问（${asked}）：${about || hidden}`
      : `One more about the same incident, asked at ${asked}: ${about || hidden}`;
  return cardOf(text, rows);
}

/** What was known of the same component before: told once in the support thread. */
export function earlierCard(earlier: Incident, url: string | null, language: Language): Card {
  const what = sharedName(earlier.key, language);
  const at = utcMinute(earlier.resolution?.atMs ?? earlier.changedAtMs);
  const fixedBy = shorten(earlier.resolution?.fixedBy ?? '', MAX_FIXED_BY);
  const named = url === null ? escaped(what) : link(url, what);
  const rows =
    language === 'zh'
      ? [mrkdwn`以前发生过：${named}，${at} 已解决，处理办法：`, mrkdwn`> ${escaped(fixedBy)}`]
      : [mrkdwn`Seen before: ${named}, resolved at ${at}. What fixed it then:`, mrkdwn`> ${escaped(fixedBy)}`];
  const text =
    language === 'zh'
      ? `以前发生过，${at} 已解决：${fixedBy}`
      : `Seen before, resolved at ${at}. What fixed it then: ${fixedBy}`;
  return cardOf(text, rows);
}

/** In the thread of somebody who did not ask for help: others did, about the same. */
export function knownCard({ key }: Incident, url: string | null, language: Language, run = ''): Card {
  const what = sharedName(key, language, run);
  const thread = url === null ? escaped('') : link(url, language === 'zh' ? '支持频道的讨论' : 'support thread');
  const [before, behind] =
    language === 'zh'
      ? ['已有人就同一问题（', '）联系了支持团队，进展会在这里告诉你。你的提问没有转过去；需要的话点“找人工支持”。']
      : [
          'Others asked the support team about the same (',
          '): you are told here what happens. Your question did not go along; press “Ask support” if it should.',
        ];
  return cardOf(`${before}${what}${behind}`, [mrkdwn`○ ${before}${what}${behind} ${thread}`]);
}

/** What stands instead of a hand-off whose cases were all deleted. */
export function deletedCard(language: Language): Card {
  const text = language === 'zh' ? '该案例已被删除。' : 'The case of this hand-off was deleted.';
  return cardOf(text, [escaped(text)]);
}

function noLink({ place }: Member, language: Language): Mrkdwn {
  if (place.channel.startsWith('D')) return escaped(language === 'zh' ? '在私信中提问' : 'asked in a direct message');
  return escaped(language === 'zh' ? '无链接' : 'no link');
}

function cardOf(text: string, rows: readonly Mrkdwn[]): Card {
  const block: SectionBlock = {
    type: 'section',
    text: { type: 'mrkdwn', text: cutMrkdwn(lines(rows), SLACK_LIMITS.sectionText).mrkdwn },
  };
  return { text: plainText(text), blocks: [block] };
}
