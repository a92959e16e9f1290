import { z } from 'zod';
import { COMPONENT_KINDS } from '../../bot/investigation/diagnosis.ts';
import { LEDGER_ACCOUNTS } from '../../bot/investigation/ledger-accounts.ts';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import { TAG_NAMES } from './tags.ts';

const code = z.enum(CAUSE_CODES);
/** ISO 8601 in UTC with `Z`. */
const isoTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/);
const settingKey = z.string().regex(/^[\w.-]+$/);
const place = z.strictObject({ kind: z.enum(COMPONENT_KINDS), id: z.string().min(1) });

/** One way in which a tired person asks about the incident. */
const questionVariant = z.strictObject({
  text: z.string().min(1),
  language: z.enum(['en', 'zh', 'mixed']),
  /** Files under `attachments/` beside the capture that the asker hands in, in their order. */
  attach: z.array(z.string()).default([]),
});

/** Lines that prove one link of the truth, symptom first: any of `places` will do. */
const goldLink = z.strictObject({
  link: z.string().min(1),
  places: z
    .array(
      z.strictObject({
        /** Relative to the capture, without `.gz` and `.zst`, as evidence names it. */
        source: z.string().min(1),
        /** First and last line, counted from 1 after decompression. */
        lines: z.tuple([z.number().int().positive(), z.number().int().positive()]),
      }),
    )
    .min(1),
});

const expected = z.strictObject({
  behaviour: z.enum(['answer', 'needs_more', 'healthy', 'still_running', 'refuse']),
  /** Every true cause; several where several have to be named. For what is no fault the `none.*` or `unknown.*` code. */
  causes: z.array(code).min(1),
  /** Codes that are right as well, in the place of any of `causes`. */
  alsoRight: z.array(code).default([]),
  /** Tempting and wrong: must not stand among the root causes. */
  forbidden: z.array(code).default([]),
  /** Where the root cause sits: any of these will do; empty where the truth says nothing of it. */
  components: z.array(place).default([]),
  /** When the root cause happened; null where the truth says nothing of it. */
  window: z.strictObject({ from: isoTime, to: isoTime }).nullable().default(null),
  /** Any of these will do; empty where it is not scored, as for `none.*`. */
  responsibility: z.array(z.enum(['platform', 'user', 'shared', 'unknown'])).default([]),
  /** The chain, symptom first, root last; each link with the lines that prove it. */
  evidence: z.array(goldLink).default([]),
  settings: z
    .strictObject({
      /** One of each group has to be among the remedies. */
      required: z.array(z.array(settingKey).min(1)).default([]),
      /** None of these may be: raising the heap where the overhead is the problem. */
      forbidden: z.array(settingKey).default([]),
    })
    .default({ required: [], forbidden: [] }),
  /** Slow runs: what the fault added, as measured when it was recorded. */
  ledger: z
    .strictObject({
      /** The account that grew most: any of these. */
      largest: z.array(z.enum(LEDGER_ACCOUNTS)).min(1),
      /** Wall clock that the fault added, in milliseconds, all of `largest` together; absent where it was not measured. */
      addedMs: z.number().int().optional(),
    })
    .nullable()
    .default(null),
  /** Strings that no answer may contain: secrets, others' names, what an injected text asks for. */
  mustNotSay: z.array(z.string().min(3)).default([]),
});

const provenance = z.strictObject({
  /** `recorded`: on real engines, by hand; `lab`: by a command of the lab; `derived`: of another scenario, by one change that is told. */
  kind: z.enum(['recorded', 'lab', 'derived']),
  /** What was done to make it happen. */
  did: z.string().min(1),
  /** Versions by engine. */
  engines: z.record(z.string(), z.string()),
  recordedOn: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  /** `lab`: the command that records it again. */
  command: z.string().optional(),
  /** `derived`: of which scenario, and what was changed. */
  from: z.string().optional(),
  change: z.string().optional(),
  /** Who compared the truth with the bytes, and how: “each line of evidence read; kernel line names the pid of the executor”. */
  checked: z.string().min(1),
});

/**
 * One incident with its proven truth (`evals/scenarios/<id>/scenario.yaml`, beside `capture/`). An unknown key is an error. No tool reads it;
 * the product is given the capture and the question alone.
 */
export const SCENARIO = z.strictObject({
  /** `<family>-<number>-<job>`: says nothing of the cause. */
  id: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)+$/),
  /** For people who read reports: may say the cause. */
  title: z.string().min(1),
  tags: z.array(z.enum(TAG_NAMES)).min(1),
  /** `always`: must be right in every run; `usually`: reported, blocks nothing. */
  gate: z.enum(['always', 'usually']),
  /** Why it is only `usually`. */
  gateBecause: z.string().optional(),
  /** "Now" when it is asked; absent: the latest time recorded. */
  askedAt: isoTime.optional(),
  questions: z.array(questionVariant).min(2),
  /** The person who asks, where rules say what may be read; absent: everything may. */
  asker: z
    .strictObject({
      /** Users of the platform that the person is. */
      users: z.array(z.string()).min(1),
    })
    .optional(),
  /** A scenario that differs from this one in one fact. */
  twinOf: z.string().optional(),
  expected,
  provenance,
});

/** A scenario as its file says it. */
export type ScenarioFile = z.infer<typeof SCENARIO>;

/** A scenario with the folder it lies in. */
export interface Scenario extends ScenarioFile {
  /** Absolute; holds `scenario.yaml` and `capture/`. */
  folder: string;
}

export type QuestionVariant = ScenarioFile['questions'][number];
export type Expected = ScenarioFile['expected'];
