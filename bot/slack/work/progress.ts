import type { Language } from '../../../knowledge/bilingual.ts';
import type { AnswerEvent } from '../../answering/answer-job.ts';
import type { Place } from '../../cases/place.ts';
import type { Certain } from '../../investigation/what-is-certain.ts';
import type { ButtonAbout } from '../../render/slack/button.ts';
import { type WorkStep, workingCard } from '../../render/slack/working-card.ts';
import type { Outlet } from '../outlet/outlet.ts';

/** What is shown while an answer is worked out. */
export interface Progress {
  hear(event: AnswerEvent): void;
  /** Shows nothing more, and waits for what is being posted. */
  end(): Promise<void>;
}

/** What progress is shown of, and how. */
export interface ProgressOptions {
  /** Key of the message that becomes the answer. */
  key: string;
  place: Place;
  asked: string;
  language: Language;
  outlet: Outlet;
  /** Whether what is certain may stand in the thread; asked once, when it is known what the question is about. */
  mayShow(certain: Certain): Promise<boolean>;
  /** The first card stands. */
  onFirst(): void;
  log(line: string, error?: unknown): void;
  signal: AbortSignal;
  firstMs?: number;
  everyMs?: number;
}

/** The card stands before the three seconds that people wait are over; an answer that is ready by then needs none. */
const FIRST_MS = 1_200;
/** Slack lets a channel take about one message a second: edits leave room for answers. */
const EVERY_MS = 2_500;
/** The status line under the thread that the first card replaces. */
const STATUS = { en: 'is looking at what the platform recorded …', zh: '正在查看平台的记录 …' };

/** Shows how far an answer is: the status line at once, then a card with what is certain, edited as things are read. */
export function showProgress(options: ProgressOptions): Progress {
  const { key, place, asked, language, outlet, signal, log } = options;
  const steps: WorkStep[] = [];
  let certain: Certain | null = null;
  let first = true;
  let ended = false;
  let posting: Promise<void> = Promise.resolve();
  let timer = setTimeout(show, options.firstMs ?? FIRST_MS);
  void outlet.status(place, STATUS[language]);

  function show(): void {
    const about: ButtonAbout = { caseId: null, diagnosis: null };
    const card = workingCard({ asked, certain: told(certain, language), steps: [...steps], language, cancel: about });
    posting = posting
      .then(async () => {
        if (ended) return;
        await outlet.put(key, place, card, signal, first ? 'answer' : 'progress');
        if (first) options.onFirst();
        first = false;
      })
      .catch((error: unknown) => {
        if (!signal.aborted) log('progress cannot be shown', error);
      })
      .finally(() => {
        if (!ended) timer = setTimeout(show, options.everyMs ?? EVERY_MS);
      });
  }

  return {
    hear(event) {
      if (event.kind === 'step') {
        const last = steps.at(-1);
        if (last?.text === event.line) return;
        if (last) steps[steps.length - 1] = { ...last, state: 'done' };
        steps.push({ text: event.line, state: 'running' });
        void outlet.status(place, event.line);
      } else {
        const known = event.certain;
        options.mayShow(known).then(
          (may) => {
            if (may) certain = known;
          },
          () => undefined,
        );
      }
    },
    async end() {
      ended = true;
      clearTimeout(timer);
      await posting;
    },
  };
}

const STATES: Readonly<Record<Certain['state'], { en: string; zh: string } | null>> = {
  failed: { en: 'failed', zh: '失败' },
  killed: { en: 'killed', zh: '被终止' },
  succeeded: { en: 'succeeded', zh: '成功' },
  running: { en: 'running', zh: '运行中' },
  waiting: { en: 'waiting', zh: '等待中' },
  unknown: null,
};

function told(certain: Certain | null, language: Language) {
  if (certain === null) return null;
  return {
    subject: certain.subject,
    state: STATES[certain.state]?.[language] ?? null,
    lines: certain.lines.map(({ text, source }) => ({ text: text[language], source })),
  };
}
