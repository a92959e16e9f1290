import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** Where the turns lie: `<scenario>.yaml`. */
export const TURNS_FOLDER = path.join(import.meta.dirname, 'turns');

const call = z.strictObject({ tool: z.string(), input: z.unknown().optional(), raw: z.string().optional() });

/** One thing that the model of the script does with one request; text may hold `{h:CODE}`, `{e:WORDS}` and `{marker}` (`fill-in-turn.ts`). */
const turn = z.union([
  /** The answer, by the tool for answers. */
  z.strictObject({ answer: z.record(z.string(), z.unknown()) }),
  /** Calls of tools; `raw` where the arguments shall be no JSON. */
  z.strictObject({ calls: z.array(call).min(1), text: z.string().optional() }),
  z.strictObject({ say: z.string(), finishReason: z.string().optional() }),
  z.strictObject({ refuse: z.string() }),
  z.strictObject({ empty: z.literal(true) }),
  z.strictObject({ fail: z.number().int(), code: z.string().optional() }),
  z.strictObject({ cut: z.string() }),
  z.strictObject({ stall: z.string() }),
  z.strictObject({ babble: z.string() }),
]);

const TURNS = z.strictObject({
  /** What the script tries, in a sentence. */
  about: z.string().min(1),
  /** Who wrote the turns and after what: no model is recorded where none was there. */
  writtenBy: z.string().min(1),
  /** Which question of the scenario, counted from 1. */
  question: z.number().int().positive().default(1),
  /** In their order; the last is said again to whatever comes after it. */
  turns: z.array(turn).min(1),
  /** What the loop and the gate have to make of it. */
  expects: z.strictObject({
    /** Whose answer it is in the end. */
    author: z.enum(['agent', 'analyst']),
    /** Requests that reached the model. */
    requests: z.number().int().nonnegative(),
    /** Tools that were really run, in their order; absent: not looked at. */
    ran: z.array(z.string()).optional(),
    /** What a person reads has to hold each of these, and none of those. */
    says: z.array(z.string()).default([]),
    neverSays: z.array(z.string()).default([]),
    /** What a request after the first has to hold: the model was told what cannot stand, or what a tool found. */
    sentBack: z.array(z.string()).default([]),
  }),
});

export type Turn = z.infer<typeof turn>;
export type Turns = z.infer<typeof TURNS>;

/**
 * The turns of a scenario; null where none were written.
 *
 * @throws naming the file and every wrong key
 */
export function readTurns(scenarioId: string, folder: string = TURNS_FOLDER): Turns | null {
  const file = path.join(folder, `${scenarioId}.yaml`);
  if (!existsSync(file)) return null;
  const parsed = TURNS.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${scenarioId}.yaml: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Scenarios for which turns were written. */
export function scriptedScenarios(folder: string = TURNS_FOLDER): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort();
}
