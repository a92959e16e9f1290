import type { Language } from '../../knowledge/bilingual.ts';
import type { ResolvedCase } from '../cases/resolved-case.ts';
import type { Turn } from '../conversation/thread.ts';
import type { Diagnosis } from '../investigation/diagnosis.ts';
import type { ChartData } from './charts/chart-data.ts';
import { drawForPage } from './charts/draw-for-page.ts';
import { escapeHtml } from './escape-html.ts';
import { renderHtml } from './html.ts';
import { LABELS } from './labels.ts';
import { visibleText } from './visible-text.ts';

/** What is known of a case beside its diagnosis. */
export interface CaseOnPage {
  /** By `chartsOf`, in the language of the diagnosis. */
  charts?: readonly ChartData[];
  /** The conversation; the turn that gave this diagnosis is not told again. */
  turns?: readonly Turn[];
  /** All that the conversation has cited: what its turns link to. */
  evidence?: Diagnosis['evidence'];
  /** What people thought of the answer, without their names. */
  feedback?: readonly { helpful: boolean; reason: string | null }[];
  resolution?: Omit<ResolvedCase, 'diagnosis'>;
}

/** Turns and reasons of one case that a page shows; the newest are kept. */
const MOST_TURNS = 60;
const MOST_REASONS = 20;

/** A case as one self-contained page: the answer with its charts, the conversation after it, what people thought, what fixed it. */
export async function renderCasePage(diagnosis: Diagnosis, about: CaseOnPage = {}): Promise<string> {
  const { language } = diagnosis.question;
  const evidence = cited(diagnosis, about.evidence ?? []);
  const ids = new Set([...evidence.map(({ id }) => id), ...diagnosis.passages.map(({ id }) => id)]);
  const sections = [
    resolution(about.resolution, language),
    conversation(about.turns ?? [], diagnosis.id, ids, language),
    feedback(about.feedback ?? [], language),
  ];
  const charts = await drawForPage(about.charts ?? [], language);
  return renderHtml(diagnosis, { charts, sections, evidence });
}

/** The diagnosis' own evidence, then what only the conversation cites; each id once. */
function cited(diagnosis: Diagnosis, more: Diagnosis['evidence']): Diagnosis['evidence'] {
  const own = new Set(diagnosis.evidence.map(({ id }) => id));
  return [...diagnosis.evidence, ...more.filter(({ id }) => !own.has(id))];
}

function conversation(turns: readonly Turn[], diagnosis: string, ids: ReadonlySet<string>, language: Language): string {
  const told = turns
    .map((turn) => ({
      ...turn,
      replies: turn.replies.filter((reply) => reply.diagnosis !== diagnosis || reply.text !== ''),
    }))
    .filter(({ replies }) => replies.length > 0)
    .slice(-MOST_TURNS);
  const items = told.map(({ at, said, replies }) => {
    const answers = replies.map(({ text }) => `<p class="reply">${lines(text, ids)}</p>`);
    const time = escapeHtml(at.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC'));
    return `<div class="turn"><p class="said">${escapeHtml(said)}</p><p><time>${time}</time></p>${answers.join('\n')}</div>`;
  });
  if (items.length === 0) return '';
  return `<section><h3>${WORDS[language].conversation}</h3>${items.join('\n')}</section>`;
}

/** Text with its new lines, and ids in brackets as links to what stands on the page. */
function lines(text: string, ids: ReadonlySet<string>): string {
  return text
    .split('\n')
    .map((line) =>
      escapeHtml(visibleText(line)).replace(/(?<=[[ ])[ep]\d{1,6}(?=[\] ])/g, (id) =>
        ids.has(id) ? `<a href="#${id}">${id}</a>` : id,
      ),
    )
    .join('\n');
}

function feedback(given: NonNullable<CaseOnPage['feedback']>, language: Language): string {
  if (given.length === 0) return '';
  const words = WORDS[language];
  const helpful = given.filter((entry) => entry.helpful).length;
  const reasons = given
    .flatMap(({ reason }) => (reason === null || reason.trim() === '' ? [] : [reason]))
    .slice(-MOST_REASONS)
    .map((reason) => `<li>${escapeHtml(reason)}</li>`);
  const counts = `${words.helpful} ${helpful} · ${words.notHelpful} ${given.length - helpful}`;
  const list = reasons.length > 0 ? `<ul>${reasons.join('\n')}</ul>` : '';
  return `<section><h3>${words.feedback}</h3><p>${counts}</p>${list}</section>`;
}

function resolution(resolved: CaseOnPage['resolution'], language: Language): string {
  if (!resolved) return '';
  const words = WORDS[language];
  const { colon } = LABELS[language];
  const by = resolved.resolver === null ? '' : ` · ${escapeHtml(resolved.resolver)}`;
  const code = resolved.code === null ? '' : ` · <code>${escapeHtml(resolved.code)}</code>`;
  return `<section class="closed"><p><span class="by">${words.resolved}</span>${escapeHtml(resolved.resolvedOn)}${by}${code}</p><p>${words.fixedBy}${colon}${escapeHtml(resolved.fixedBy)}</p></section>`;
}

const WORDS = {
  en: {
    conversation: 'Conversation',
    feedback: 'Feedback',
    helpful: 'helpful',
    notHelpful: 'not helpful',
    resolved: 'Resolved',
    fixedBy: 'What fixed it',
  },
  zh: {
    conversation: '对话',
    feedback: '反馈',
    helpful: '有用',
    notHelpful: '没用',
    resolved: '已解决',
    fixedBy: '解决办法',
  },
} as const;
