import type { Language } from '../../../knowledge/bilingual.ts';
import type { AnswerEvent } from '../../answering/answer-job.ts';
import type { Place } from '../../cases/place.ts';
import type { Certain } from '../../investigation/what-is-certain.ts';
import type { Card } from '../../render/slack/card.ts';
import { escaped } from '../../render/slack/mrkdwn.ts';
import { type WorkStep, workingCard } from '../../render/slack/working-card.ts';
import type { Progress as StreamedProgress } from '../outlet/progress.ts';
import { CannotPost } from '../outlet/slack-refusal.ts';
import { certainFor } from './certain-for.ts';
import type { Desk } from './desk.ts';

/** What is shown while an answer is worked out. */
export interface Progress {
  hear(event: AnswerEvent): void;
  /** Shows nothing more, and waits for what is being posted. */
  end(): Promise<void>;
  /** No answer comes from here: what is shown as under way is shown as broken off, and nothing more is written. Never throws. */
  abandon(): Promise<void>;
  /** Puts the answer where it belongs: under what was streamed, or as a message of its own. */
  finish(card: Card): Promise<void>;
}

/** What progress is shown of, and how. */
export interface ProgressOptions {
  /** Key of what arrived. */
  key: string;
  place: Place;
  user: string;
  asked: string;
  language: Language;
  /** Whether what is certain may stand in the thread; asked once, when it is known what the question is about. */
  mayShow(certain: Certain): Promise<boolean>;
  /** There are rules of who may see what: steps that name something are shown only where what is certain is. */
  limited: boolean;
  /** The first card stands. */
  onFirst(): void;
  signal: AbortSignal;
  firstMs?: number;
  everyMs?: number;
}

/** The card stands before the three seconds that people wait are over; an answer that is ready by then needs none. */
const FIRST_MS = 1_200;
/** Edits leave Slack's allowance to the answers. */
const EVERY_MS = 3_000;
/** Stands under the thread from the first moment. */
const STATUS = { en: 'is looking at what the platform recorded …', zh: '正在查看平台的记录 …' };

/** Key of the message that tells how far an answer is; it goes when the answer stands. */
export function progressKey(key: string): string {
  return `progress/${key}`;
}

/** Key of the message that is the answer. */
export function answerKey(key: string): string {
  return `answer/${key}`;
}

/**
 * Shows how far an answer is: the status line at once, then what is certain and what is being read. In a direct conversation that is
 * streamed and becomes the answer; elsewhere it is a card of its own, which is edited, and the answer is a new message: an edit calls
 * nobody.
 */
export function showProgress(options: ProgressOptions, desk: Desk): Progress {
  const { key, place, asked, language, signal } = options;
  const { outlet } = desk;
  const steps: WorkStep[] = [];
  let certain: Certain | null = null;
  let stream: StreamedProgress | null = null;
  let stands = false;
  let mayNames = !options.limited || place.channel.startsWith('D');
  let ended = false;
  let posting: Promise<void> = Promise.resolve();
  let timer = setTimeout(show, options.firstMs ?? FIRST_MS);
  void outlet.status(place, STATUS[language]);

  function show(): void {
    if (place.channel.startsWith('D')) begin();
    else post();
  }

  function post(): void {
    posting = posting
      .then(async () => {
        if (ended) return;
        const view = certain === null ? null : certainFor(certain, language);
        const cancel = { caseId: null, diagnosis: null };
        const card = workingCard({ asked, certain: view, steps: [...steps], language, cancel });
        await outlet.put(progressKey(key), place, card, signal, stands ? 'progress' : 'answer');
        if (!stands) options.onFirst();
        stands = true;
      })
      .catch((error: unknown) => {
        // Where nothing can be posted nothing is tried again.
        if (error instanceof CannotPost) ended = true;
        if (!signal.aborted) desk.log('progress cannot be shown', error);
      })
      .finally(() => {
        if (!ended && !signal.aborted) timer = setTimeout(show, options.everyMs ?? EVERY_MS);
      });
  }

  /** From here on every step and what is certain goes into the stream as it comes. */
  function begin(): void {
    const { user } = options;
    stream = desk.stream({ place, user, key: answerKey(key), language, signal }, asked);
    for (const [at, { text, state }] of steps.entries())
      stream.step(String(at), text, state === 'done' ? 'complete' : 'in_progress');
    if (steps.length === 0) stream.step('0', STATUS[language], 'in_progress');
    if (certain !== null) tellCertain(stream, certain);
    options.onFirst();
  }

  function tellCertain(to: StreamedProgress, known: Certain): void {
    const { subject, state, lines } = certainFor(known, language);
    const name = subject?.name ?? subject?.id;
    const head = [name, state].filter((word) => word).join(' · ');
    to.certain([head, ...lines.map(({ text }) => `• ${text}`)].filter((line) => line !== '').map(asMarkdown));
  }

  function step(line: string): void {
    const last = steps.at(-1);
    if (last?.text === line) return;
    if (last) {
      steps[steps.length - 1] = { ...last, state: 'done' };
      stream?.step(String(steps.length - 1), last.text, 'complete');
    }
    steps.push({ text: line, state: 'running' });
    stream?.step(String(steps.length - 1), line, 'in_progress');
    void outlet.status(place, line);
  }

  const end = async () => {
    ended = true;
    clearTimeout(timer);
    await posting;
  };
  return {
    hear(event) {
      if (ended) return;
      if (event.kind === 'step') {
        if (mayNames || event.names !== true) step(event.line);
        return;
      }
      const known = event.certain;
      options
        .mayShow(known)
        .then((may) => {
          if (!may || ended) return;
          mayNames = true;
          certain = known;
          if (stream !== null) tellCertain(stream, known);
        })
        .catch((error: unknown) => desk.log('it cannot be told who may see what is certain', error));
    },
    end,
    async abandon() {
      await end();
      await stream?.fail().catch((error: unknown) => {
        if (!signal.aborted) desk.log('progress cannot be ended', error);
      });
    },
    async finish(card) {
      await end();
      if (stream === null) await outlet.put(answerKey(key), place, card, signal);
      else await stream.finish(card);
    },
  };
}

/** Escaped as everywhere in Slack: nobody is called and no address opens. Brackets would begin a link of Markdown. */
function asMarkdown(text: string): string {
  return escaped(text).mrkdwn.replace(/[[\]]/g, (sign) => `\\${sign}`);
}
