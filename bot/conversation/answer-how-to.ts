import type { Language } from '../../knowledge/bilingual.ts';
import type { KnowledgeBase, Passage } from '../../knowledge/retrieval/passage.ts';
import { maskSecrets } from '../../tools/evidence/mask-secrets.ts';
import { shorten } from '../../tools/evidence/shorten.ts';
import type { Reply } from './thread.ts';

/** Passages told, and characters of each. */
const MOST_PASSAGES = 3;
const LONGEST = 420;
/** Words that stand in every runbook: alone they do not make a passage one about the question. */
const EVERYWHERE =
  /^(?:logs?|settings?|configur\w*|tasks?|jobs?|runs?|spark|yarn|shuffle|memory|stages?|nodes?|data|clusters?|executors?|drivers?|check|show|find|change|increase|use|values?|查看|设置|配置|日志|任务|作业|集群|内存|节点|数据|查|看|使用|修改|参数|调整)$/i;

/** A how-to question answered from what is written alone, each passage cited; "nothing written" where there is none. */
export async function answerHowTo(
  text: string,
  language: Language,
  knowledge: { base: KnowledgeBase; audience: readonly string[] },
  signal: AbortSignal,
): Promise<Pick<Reply, 'text' | 'evidence' | 'passages'>> {
  const { base, audience } = knowledge;
  const { passages: found } = await base.search({ text, audience, limit: MOST_PASSAGES + 2 }, signal);
  const kept = onePerSection(found.filter(isAbout)).slice(0, MOST_PASSAGES);
  if (kept.length === 0)
    return {
      text:
        language === 'zh'
          ? '手册和团队文档里没有写到这个。'
          : 'Nothing is written about this in the runbooks or the documents of the team.',
      evidence: [],
      passages: [],
    };
  const passages = kept.map(({ chunk }, at) => ({
    id: `p${at + 1}`,
    title: [titleIn(chunk.title, language), chunk.heading].filter((part) => part !== '').join(' › '),
    url: chunk.page > 0 ? `${chunk.url}, p. ${chunk.page}` : chunk.url,
  }));
  const lead = language === 'zh' ? '手册里是这样写的：' : 'This is what is written:';
  const lines = kept.map((passage, at) => `  - ${excerptOf(passage)} [p${at + 1}]`);
  return { text: [lead, ...lines].join('\n'), evidence: [], passages };
}

/** Titles of built-in runbooks stand in both languages, a line each. */
function titleIn(title: string, language: Language): string {
  const [first = '', second = first] = title.split('\n');
  return language === 'zh' ? second : first;
}

function isAbout({ matched, foundBy }: Passage): boolean {
  return foundBy.includes('meaning') || matched.some((word) => !EVERYWHERE.test(word));
}

/** The text of a passage on few lines: whole sentences or lines of a list, no markup. */
function excerptOf({ text }: Passage): string {
  const lines = maskSecrets(text)
    .split('\n')
    .map((line) => line.replace(/^#{1,6}\s+/, '').trim())
    .filter((line) => line !== '' && !/^```/.test(line));
  return shorten(lines.join(' '), LONGEST);
}

function onePerSection(passages: readonly Passage[]): Passage[] {
  const seen = new Set<string>();
  return passages.filter(({ chunk: { documentId, section } }) => {
    const place = `${documentId}#${section}`;
    return !seen.has(place) && seen.add(place);
  });
}
