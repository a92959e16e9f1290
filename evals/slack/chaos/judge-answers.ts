import type { FakeMessage } from '../../../bot/slack/fake-slack/world.ts';

/** A question that Slack has brought to the bot, or meant to. */
export interface AskedQuestion {
  /** By which the bot knows it (`Incoming.key`). */
  key: string;
  channel: string;
  /** Thread in which it was said; null: a command, which gets one of its own. */
  threadTs: string | null;
  /** Order in its thread: Slack's `ts`. */
  ts: string;
  text: string;
  /** What only its answer says; null: nothing tells. */
  names: string | null;
  /** Slack gave it up: no delivery of it was acknowledged. */
  givenUp: boolean;
}

/** What the bot's store holds of one question at the end. */
export interface StoredQuestion {
  /** null: not finished. */
  finish: string | null;
  receivedAtMs: number;
  attempt: number;
}

/** What became of all questions. */
export interface Judgement {
  questions: number;
  answeredOnce: number;
  toldOnce: number;
  /** Nothing of the bot's stands for these. */
  lost: string[];
  /** More than one message stands for these. */
  twice: string[];
  /** Slack never brought these: nobody could have answered. */
  givenUp: number;
  /** Posted before an answer to what was said, and had arrived, earlier in the same thread. */
  outOfOrder: string[];
  /** Their message is still a place in the queue or progress. */
  unfinished: string[];
  /** The answer is about something else. */
  mixedUp: string[];
  /** The store says of these that they wait or are worked on, or never heard of them. */
  openInStore: string[];
  /** Cards of progress, open streams and the like that nobody took away. */
  leftOver: string[];
  /** Keys of anything else that stands more than once. */
  otherTwice: string[];
  /** Taken up again after a worker was gone. */
  takenUpAgain: number;
}

/**
 * Judges by what stands in Slack at the end: for each question exactly one message under the key `answer/<key of the question>`; how it
 * ended, by the store.
 *
 * @param messages everything that stands in the channels, of people and of the bot
 */
export function judgeAnswers(
  asked: readonly AskedQuestion[],
  messages: readonly FakeMessage[],
  stored: ReadonlyMap<string, StoredQuestion>,
): Judgement {
  const byKey = new Map<string, FakeMessage[]>();
  const judged: Judgement = {
    questions: asked.length,
    answeredOnce: 0,
    toldOnce: 0,
    lost: [],
    twice: [],
    givenUp: 0,
    outOfOrder: [],
    unfinished: [],
    mixedUp: [],
    openInStore: [],
    leftOver: [],
    otherTwice: [],
    takenUpAgain: [...stored.values()].filter(({ attempt }) => attempt > 1).length,
  };
  for (const message of messages) {
    const key = String(message.metadata?.event_payload.key ?? '');
    if (key !== '') byKey.set(key, [...(byKey.get(key) ?? []), message]);
    if (message.stream?.open || key.startsWith('progress/')) judged.leftOver.push(key || `stream ${message.ts}`);
  }
  const answers = new Map<string, FakeMessage>();
  for (const question of asked) {
    const { key, names } = question;
    const standing = byKey.get(`answer/${key}`) ?? [];
    byKey.delete(`answer/${key}`);
    const held = stored.get(key);
    if (held !== undefined && held.finish === null) judged.openInStore.push(key);
    const [only] = standing;
    if (only === undefined) {
      if (question.givenUp && held === undefined) judged.givenUp += 1;
      else judged.lost.push(`${key} (${held === undefined ? 'never stored' : held.finish}) ${question.text}`);
      continue;
    }
    if (standing.length > 1) {
      judged.twice.push(key);
      continue;
    }
    answers.set(key, only);
    const said = JSON.stringify([only.text, only.blocks]);
    if (said.includes('wherefore:cancel')) judged.unfinished.push(key);
    else if (held?.finish === 'told') judged.toldOnce += 1;
    else if (names !== null && !said.includes(names)) judged.mixedUp.push(`${key} ${question.text}`);
    else judged.answeredOnce += 1;
  }
  judged.otherTwice.push(...[...byKey].filter(([, all]) => all.length > 1).map(([key]) => key));
  judged.outOfOrder.push(...outOfOrder(asked, answers, stored));
  return judged;
}

/** What arrived later may be answered first only where what was said earlier had not arrived yet. */
function outOfOrder(
  asked: readonly AskedQuestion[],
  answers: ReadonlyMap<string, FakeMessage>,
  stored: ReadonlyMap<string, StoredQuestion>,
): string[] {
  const threads = new Map<string, AskedQuestion[]>();
  for (const question of asked) {
    if (question.threadTs === null) continue;
    const thread = `${question.channel} ${question.threadTs}`;
    threads.set(thread, [...(threads.get(thread) ?? []), question]);
  }
  const wrong: string[] = [];
  for (const thread of threads.values()) {
    const said = thread.toSorted((a, b) => (a.ts < b.ts ? -1 : 1));
    for (const [at, later] of said.entries())
      for (const earlier of said.slice(0, at)) {
        const [first, second] = [answers.get(earlier.key), answers.get(later.key)];
        const [before, after] = [stored.get(earlier.key), stored.get(later.key)];
        if (!first || !second || !before || !after || first.ts < second.ts) continue;
        if (before.receivedAtMs <= after.receivedAtMs) wrong.push(later.key);
      }
  }
  return [...new Set(wrong)];
}

/** What breaks a promise, in lines; empty: nothing does. */
export function breachesOf(judged: Judgement): string[] {
  const shown = (name: string, keys: readonly string[]) =>
    keys.length === 0 ? [] : [`${name} ${keys.length}: ${keys.slice(0, 5).join(' · ')}`];
  return [
    ...shown('lost', judged.lost),
    ...shown('answered twice', judged.twice),
    ...shown('out of order', judged.outOfOrder),
    ...shown('left as progress', judged.unfinished),
    ...shown('about something else', judged.mixedUp),
    ...shown('open in the store', judged.openInStore),
    ...shown('progress left over', judged.leftOver),
    ...shown('other messages posted twice', judged.otherTwice),
  ];
}
