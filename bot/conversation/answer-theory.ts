import type { Language } from '../../knowledge/bilingual.ts';
import { causeOf } from '../../knowledge/causes/catalogue.ts';
import type { Area } from '../../tools/evidence/area.ts';
import type { Evidence } from '../../tools/evidence/evidence.ts';
import { plural } from '../../tools/evidence/spoken-figures.ts';
import { withinSentence } from '../analyst/within-sentence.ts';
import { answerTheories } from '../investigation/answer-theories.ts';
import { readQuestion } from '../investigation/question/read-question.ts';
import { AREA_NAMES } from '../render/labels.ts';
import { type Answer, causeLine, cited, citedIn, faultOf } from './answer.ts';
import type { HeldCase } from './thread.ts';

/** Words of a guess that name an area only, for guesses that name no cause. */
const AREA_WORDS: readonly { area: Area; words: RegExp }[] = [
  { area: 'shuffle', words: /shuffle|celeborn|uniffle|\brss\b/i },
  { area: 'cache', words: /alluxio|\bfuse\b|\bcache\b|缓存/i },
  { area: 'storage', words: /\bdisks?\b|hdfs|namenode|datanode|storage|磁盘|存储/i },
  { area: 'yarn', words: /\byarn\b|\bqueues?\b|resourcemanager|nodemanager|scheduler|队列|调度|排队/i },
  { area: 'kubernetes', words: /kubernetes|\bk8s\b|\bpods?\b/i },
  { area: 'memory', words: /memory|\boom\b|kernel|cgroup|内存|内核/i },
  { area: 'metrics', words: /metrics|prometheus|指标/i },
  { area: 'spark', words: /spark|executor|driver|\bgc\b|执行器/i },
];

const ASKS_WHETHER =
  /\bwhy (?:not|isn'?t|is (?:it|this|that) not|couldn'?t|can'?t)\b|\b(?:isn'?t|wasn'?t|aren'?t) (?:it|this|that|the)\b|为什么不|为啥不|是不是|会不会|难道/i;

/**
 * A guess of the asker about the case, answered from what was found: proven, refuted with what speaks against it, or open with what
 * was looked at. Nothing is read for it.
 *
 * @param cite gives a piece of evidence its id; null for one that was not found again at its place
 */
export function answerTheory(
  text: string,
  { investigation, faces }: HeldCase,
  language: Language,
  cite: (evidence: Evidence) => string | null,
): Answer {
  const face = faces[language];
  // "Why is it not the network?" asks about the network; it does not say that the network is fine.
  const guesses = readQuestion(text, { now: 0 }).theories.map((guess) =>
    ASKS_WHETHER.test(text) ? { ...guess, polarity: 'suspects' as const } : guess,
  );
  const verdicts = answerTheories(guesses, investigation.causes, investigation.findings, investigation.verdict);
  const area = AREA_WORDS.find(({ words }) => words.test(text))?.area ?? null;
  const cause = faultOf(face);
  const lines = verdicts.map(({ code, verdict, why, evidence, denied }) => {
    const name = code === null ? null : causeOf(code).title[language];
    const ids = evidence.flatMap((piece) => cite(piece) ?? []);
    return `${verdictWords(verdict, denied === true, name, language)}${why ? (language === 'zh' ? `：${why.zh}` : `: ${why.en}`) : ''}${cited(ids)}${why ? end(language) : ''}`;
  });
  if (verdicts.length === 0 && area === null)
    lines.push(language === 'zh' ? '目录里没有与此对应的原因。' : 'No known cause goes by these words.');
  if (area !== null) lines.push(ofArea(area, { investigation, faces }, language));
  const confirmed = verdicts.some(({ verdict, denied }) => verdict === 'confirmed' && !denied);
  if (cause && !confirmed)
    lines.push(`${language === 'zh' ? '已查明的是：' : 'What was found instead: '}${causeLine(cause, language)}`);
  else if (!cause) lines.push(face.summary);
  const said = lines.join('\n');
  return { text: said, evidence: citedIn(said) };
}

function verdictWords(
  verdict: 'confirmed' | 'ruled_out' | 'open',
  denied: boolean,
  name: string | null,
  language: Language,
): string {
  if (language === 'zh') {
    const what = name === null ? '这个猜测' : `「${name}」`;
    if (verdict === 'open') return `${what}：读到的内容还不能判断。`;
    if (denied) return verdict === 'confirmed' ? `对，不是${what}` : `其实就是${what}`;
    return verdict === 'confirmed' ? `对，就是${what}` : `不是${what}`;
  }
  const what = name === null ? 'this guess' : `"${withinSentence(name)}"`;
  if (verdict === 'open') return `Open: nothing that was read decides ${what}.`;
  if (denied) return verdict === 'confirmed' ? `Right, it is not ${what}` : `It is ${what} after all`;
  return verdict === 'confirmed' ? `Yes, ${what}` : `Not ${what}`;
}

function end(language: Language): string {
  return language === 'zh' ? '。' : '.';
}

/** A few words that name an area: "is it YARN?". */
export function namesArea(text: string): boolean {
  return text.length <= 40 && AREA_WORDS.some(({ words }) => words.test(text));
}

/** Whether the area was looked at at all, and what it told. */
function ofArea(area: Area, { investigation, faces }: HeldCase, language: Language): string {
  const zh = language === 'zh';
  const name = AREA_NAMES[language][area];
  const missing = faces[language].notChecked.find((entry) => entry.area === area);
  if (missing)
    return zh ? `${name}没有查到：${missing.why}。` : `Nothing was read of this area (${name}): ${missing.why}.`;
  const told = investigation.findings.filter((finding) => finding.area === area && finding.code !== null).length;
  if (told === 0)
    return zh
      ? `${name}查过，没有发现与本次运行有关的问题。`
      : `Looked at (${name}): no trouble of this run is on record there.`;
  return zh
    ? `${name}查过，与本次运行有关的发现有 ${told} 条。`
    : `Looked at (${name}): ${plural(told, 'finding')} in the scope of this run.`;
}
