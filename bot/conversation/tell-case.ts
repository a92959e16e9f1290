import type { Language } from '../../knowledge/bilingual.ts';
import type { Diagnosis, RootCause } from '../investigation/diagnosis.ts';
import { chainLines } from '../render/chain-lines.ts';
import { whoText } from '../render/headline.ts';
import { AREA_NAMES, LABELS } from '../render/labels.ts';
import { ledgerLines } from '../render/ledger-lines.ts';
import { ledgerRows } from '../render/ledger-rows.ts';
import { passageOf } from '../render/passage-of.ts';
import { ruledOutRows } from '../render/ruled-out-rows.ts';
import { whatIfRows } from '../render/what-if-rows.ts';
import { type Answer, causeLine, cited, citedIn, faultOf } from './answer.ts';

/** Cells of a table inside a reply. */
const TABLE_COLUMNS = 76;

/** The answer of the case once more, in a few lines. */
export function tellCause(face: Diagnosis): Answer {
  const { language } = face.question;
  const cause = faultOf(face);
  if (!cause) return answer([face.summary, ...neededLines(face)]);
  const chain = chainLines(face, cause).map(({ clock, statement }, at) => {
    const ids = cause.chain[at]?.evidence ?? [];
    return `  ${clock === '' ? '-' : clock} ${statement}${cited(ids)}`;
  });
  return answer([face.summary, causeLine(cause, language), ...(chain.length > 1 ? chain : [])]);
}

/** Who has to act, and why it is theirs. */
export function tellResponsible(face: Diagnosis): Answer {
  const { language } = face.question;
  const zh = language === 'zh';
  const cause = faultOf(face);
  if (!cause) {
    if (face.outcome === 'needs_more')
      return answer([
        zh ? '还不能说：根因没有确定。' : 'It cannot be said yet: the cause is not decided.',
        ...neededLines(face),
      ]);
    return answer([zh ? `没有谁需要处理：${face.summary}` : `Nobody has to act: ${face.summary}`]);
  }
  const who = whoText(face, cause);
  const certain = cause.standing === 'confirmed';
  const line = zh
    ? `${certain ? '归属' : '目前看归属'}：${who}。依据：${causeLine(cause, language)}`
    : `${certain ? 'It lies with' : 'As far as it is known it lies with'}: ${who}. Because: ${causeLine(cause, language)}`;
  const sides = [...new Set(cause.remediations.flatMap(({ by }) => by ?? []))].map((by) =>
    by === 'platform' ? (zh ? '平台' : 'the platform') : zh ? '作业方' : 'the owner of the job',
  );
  const acting = zh ? `能动手处理的：${sides.join('、')}。` : `Who can do something about it: ${sides.join(' and ')}.`;
  return answer([line, ...(sides.length > 0 ? [acting] : [])]);
}

/** What to do, for one side or for both. */
export function tellRemedies(face: Diagnosis, side: 'user' | 'platform' | null): Answer {
  const { language } = face.question;
  const zh = language === 'zh';
  const cause = faultOf(face);
  if (!cause)
    return answer(
      face.outcome === 'needs_more'
        ? [
            zh ? '根因还没有确定，先要补这些：' : 'The cause is not decided yet; first this is needed:',
            ...neededLines(face),
          ]
        : [zh ? `不需要做什么：${face.summary}` : `There is nothing to do: ${face.summary}`],
    );
  const own = cause.remediations.filter(({ by }) => side === null || by === side || by === undefined);
  if (own.length === 0) {
    const [here, there] = zh
      ? [side === 'platform' ? '平台' : '作业方', side === 'platform' ? '作业方' : '平台']
      : [
          side === 'platform' ? 'the platform' : 'the owner of the job',
          side === 'platform' ? 'the owner of the job' : 'the platform',
        ];
    const rest = cause.remediations.flatMap((remedy) => remedyLines(remedy, face));
    return answer([
      zh
        ? `对这个根因，没有需要${here}做的事；要动手的是${there}：`
        : `For this cause nothing is asked of ${here}; it is up to ${there}:`,
      ...rest,
    ]);
  }
  return answer([causeLine(cause, language), ...own.flatMap((remedy) => remedyLines(remedy, face))]);
}

function remedyLines(remedy: RootCause['remediations'][number], face: Diagnosis): string[] {
  const words = LABELS[face.question.language];
  const passage = passageOf(face, remedy.runbook);
  const who = remedy.by === 'platform' ? words.platform : words.user;
  return [
    `  - ${who}${words.colon}${remedy.statement}${passage ? ` [${passage.id}]` : ''}`,
    ...remedy.settings.map(
      ({ key, from, to, because, evidence }) =>
        `      ${key}: ${from ?? '–'} → ${to}${words.clause}${because}${cited(evidence)}`,
    ),
  ];
}

/** Where the time of the run went, and what it would have taken without what held it up. */
export function tellTime(face: Diagnosis): Answer {
  const { language } = face.question;
  const table = ledgerRows(face, language);
  if (!table)
    return answer([
      language === 'zh'
        ? '没有时间账：没有读到这次运行的 Spark 记录（事件日志或历史服务）。'
        : 'There is no account of its time: no Spark records of this run (event log or history server) were read.',
    ]);
  const { head, lines } = ledgerLines(table, language, TABLE_COLUMNS);
  const ids = [...new Set((face.ledger?.accounts ?? []).flatMap(({ evidence }) => evidence))];
  const without = whatIfRows(face).map((row) => `${LABELS[language].without}${language === 'zh' ? '' : ' '}${row}`);
  return answer(
    [...(head === null ? [] : [head]), ...lines, ...without, cited(ids).trim()].filter((line) => line !== ''),
  );
}

/** What was looked at, what was ruled out, what is missing. */
export function tellChecked(face: Diagnosis): Answer {
  const { language } = face.question;
  const words = LABELS[language];
  const names = (areas: readonly (keyof (typeof AREA_NAMES)['en'])[]) =>
    areas.map((area) => AREA_NAMES[language][area]).join(words.list);
  const absent = face.notChecked.map(({ area, why }) => `  - ${AREA_NAMES[language][area]}${words.colon}${why}`);
  const out = ruledOutRows(face).map((row) => `  - ${row}`);
  return answer([
    `${words.checked}${words.colon}${names(face.checked ?? [])}`,
    ...(absent.length > 0 ? [`${words.notChecked}${words.colon.trim()}`, ...absent] : []),
    ...(out.length > 0 ? [`${words.ruledOut}${words.colon.trim()}`, ...out] : []),
    ...neededLines(face),
  ]);
}

function neededLines({ needed, question: { language } }: Diagnosis): string[] {
  if (needed.length === 0) return [];
  const words = LABELS[language];
  return [
    `${words.decide}${words.colon.trim()}`,
    ...needed.map(({ what, how }, at) => `  ${at + 1}. ${what}${words.colon}${how}`),
  ];
}

function answer(lines: readonly string[]): Answer {
  const text = lines.join('\n');
  return { text, evidence: citedIn(text) };
}

/** Names a language in the line that stands before an answer in it. */
export const IN_OTHER_WORDS: Readonly<Record<Language, string>> = {
  en: 'The same answer in English; the evidence ids are the same.',
  zh: '同一个回答的中文版，证据编号不变。',
};
