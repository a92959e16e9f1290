import type { z } from 'zod';
import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Platform } from '../platform/platform.ts';
import type { Area } from './area.ts';
import type { Finding } from './finding.ts';
import type { Outcome } from './outcome.ts';
import type { TextRecord } from './text-record.ts';

/** What one run of a tool may touch. */
export interface ToolContext {
  platform: Platform;
  signal: AbortSignal;
}

/** What a tool brings back when it looked and found something. */
export interface ToolReport<Facts> {
  facts: Facts;
  /** Judgements of the area's own rules. */
  findings: readonly Finding[];
  /** Statements of the platform that signatures may still judge (diagnostics, failure reasons, removal texts). */
  records: readonly TextRecord[];
}

/**
 * One question that can be asked of the platform: asks the source, applies the area's rules, chooses evidence. It neither
 * catches errors it cannot name nor formats for people.
 */
export interface Tool<Schema extends z.ZodType, Facts> {
  /** `area_verb_thing` in snake case; the file's name with hyphens. */
  name: string;
  area: Area;
  /** First sentence: what it answers. Then: use it when …; one example; what it leaves out. */
  description: string;
  input: Schema;
  /** The line a person sees while it runs. */
  progress(input: z.infer<Schema>): Bilingual;
  run(input: z.infer<Schema>, context: ToolContext): Promise<Outcome<ToolReport<Facts>>>;
}
