import { seededRandom } from '../../../bot/slack/fake-slack/seeded-random.ts';

/** One thing that somebody will say. */
export interface PlannedQuestion {
  /** Number in the plan, from 0. */
  number: number;
  /** Who and where, as numbers of the stage: `room` null is the direct conversation. */
  user: number;
  room: number | null;
  way: 'mention' | 'direct' | 'command' | 'follow_up';
  /** Of a follow-up: the number of the question whose thread it stands in. */
  under: number | null;
  text: string;
  /** What only the answer to this question says; null: its words say nothing of which question it is. */
  names: string | null;
  /** Since the one before, milliseconds. */
  afterMs: number;
}

/** What is asked, and how often of a hundred. */
const MIX = [
  { share: 12, texts: ['hello', 'thanks!', '你好', '谢谢'] },
  {
    share: 26,
    texts: [
      'how do I set spark.executor.memoryOverhead?',
      'how do I set spark.sql.shuffle.partitions?',
      'what is data skew?',
      '什么是数据倾斜？',
      '怎么调大 executor 的堆外内存？',
    ],
  },
  { share: 46, texts: ['why did ID fail?', 'why is ID slow?', 'ID 为什么失败？', 'ID 为什么这么慢？'] },
  { share: 16, texts: ['why did item_vector_backfill fail? bad node?', 'item_vector_backfill 为什么失败？'] },
] as const;
const FOLLOW_UPS = [
  'evidence',
  'what should be done?',
  '怎么办？',
  '依据是什么？',
  'who has to fix it?',
  'and why did ID fail?',
];
/** Of a hundred: said in an open thread; by command; in the direct conversation. The others mention the bot in a channel. */
const WAYS = { followUp: 24, command: 8, direct: 20 } as const;
/** Threads that are still written in, the latest. */
const OPEN_THREADS = 30;

/** Plans what is asked; the same for the same seed. The run that every ID names was never recorded. */
export function planQuestions(
  count: number,
  { users, rooms, seed, everyMs }: { users: number; rooms: number; seed: number; everyMs: number },
): PlannedQuestion[] {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <Item>(list: readonly Item[]): Item => list[below(list.length)] as Item;
  const plan: PlannedQuestion[] = [];
  for (let number = 0; number < count; number += 1) {
    const drawn = below(100);
    const threads = plan.filter(({ way }) => way === 'mention' || way === 'direct').slice(-OPEN_THREADS);
    const under = drawn < WAYS.followUp && threads.length > 0 ? oneOf(threads) : null;
    const id = `application_1690000000000_${String(1000 + number)}`;
    const text = (under === null ? drawnText(below(100), oneOf) : oneOf(FOLLOW_UPS)).replace('ID', id);
    const way = under !== null ? 'follow_up' : wayOf(drawn - WAYS.followUp);
    plan.push({
      number,
      user: under?.user ?? below(users),
      room: under !== null ? under.room : way === 'direct' ? null : below(rooms),
      way,
      under: under?.number ?? null,
      text,
      names: text.includes(id) ? id : null,
      afterMs: Math.round(random() * 2 * everyMs),
    });
  }
  return plan;
}

function wayOf(drawn: number): 'mention' | 'direct' | 'command' {
  if (drawn >= 0 && drawn < WAYS.command) return 'command';
  return drawn >= 0 && drawn < WAYS.command + WAYS.direct ? 'direct' : 'mention';
}

function drawnText(drawn: number, oneOf: (list: readonly string[]) => string): string {
  let passed = 0;
  for (const { share, texts } of MIX) {
    passed += share;
    if (drawn < passed) return oneOf(texts);
  }
  return oneOf(MIX[0].texts);
}
