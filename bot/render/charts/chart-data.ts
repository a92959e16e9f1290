import { z } from 'zod';
import { LEDGER_ACCOUNTS } from '../../investigation/ledger-accounts.ts';

/** Milliseconds, or milliseconds since the epoch. */
const ms = z.number();
const sizeBytes = z.number().nonnegative();
/** As a person reads it; cut where it was drawn from. */
const words = z.string().max(400);

/** More bars, points or links than these are not drawn: a chart stays small whatever the run. */
export const MOST_TASKS_DRAWN = 200;
export const MOST_POINTS = 300;
export const MOST_LINKS = 10;

const ledger = z.strictObject({
  kind: z.literal('ledger'),
  /** Told to the tenth of a second. */
  tenths: z.boolean(),
  wallClockMs: ms,
  /** What is usual; null without a comparison. */
  usualMs: ms.nullable(),
  /** The largest growth (without a comparison: the largest account) first; small accounts are summed up as `rest`. */
  rows: z
    .array(
      z.strictObject({
        account: z.enum([...LEDGER_ACCOUNTS, 'unexplained', 'rest']),
        ms,
        usualMs: ms.nullable(),
      }),
    )
    .min(1),
});

const taskTimes = z.strictObject({
  kind: z.literal('task-times'),
  stageId: z.number().int(),
  stageName: words,
  /** Successful attempts: those whose times are told. */
  taskCount: z.number().int(),
  /** Ascending; of a stage with more tasks than are drawn, evenly spread ones with the longest among them. */
  sortedMs: z.array(ms).min(2).max(MOST_TASKS_DRAWN),
  medianMs: ms,
  longest: z.strictObject({
    /** Partition. */
    index: z.number().int(),
    host: words,
    ms,
    /** What it read, and the median of the stage; null where nothing was read. */
    readBytes: sizeBytes.nullable(),
    medianReadBytes: sizeBytes.nullable(),
  }),
});

const memory = z.strictObject({
  kind: z.literal('memory-against-limit'),
  /** The group, container or host whose limit it is. */
  name: words,
  host: words.nullable(),
  limitBytes: sizeBytes,
  /** Over time, ascending; empty where only one moment is known. */
  points: z.array(z.strictObject({ at: ms, bytes: sizeBytes })).max(MOST_POINTS),
  /** Who held what at one moment: all of it, what was killed, what stood beside it; empty where `points` tell it. */
  holders: z
    .array(z.strictObject({ part: z.enum(['whole', 'killed', 'beside']), name: words, bytes: sizeBytes }))
    .max(6),
  /** When something was killed for it. */
  killedAt: ms.nullable(),
});

const timeline = z.strictObject({
  kind: z.literal('timeline'),
  /** In the order of time; statements in the language of the diagnosis they were drawn from. */
  links: z
    .array(z.strictObject({ at: ms, statement: words, role: z.enum(['root', 'between', 'symptom']) }))
    .min(2)
    .max(MOST_LINKS),
});

/**
 * What one chart draws: plain JSON of a few kilobytes, computed where the records of the run still are, drawn anywhere later. Every
 * figure is of the investigation; text in it is data.
 */
export const CHART_DATA = z.discriminatedUnion('kind', [ledger, taskTimes, memory, timeline]);

export type ChartData = z.infer<typeof CHART_DATA>;
export type ChartKind = ChartData['kind'];
export type LedgerData = z.infer<typeof ledger>;
export type TaskTimesData = z.infer<typeof taskTimes>;
export type MemoryData = z.infer<typeof memory>;
export type TimelineData = z.infer<typeof timeline>;
