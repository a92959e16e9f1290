import type { Bilingual } from '../bilingual.ts';
import type { Provenance } from '../provenance.ts';
import type { CauseCode } from './cause-codes.ts';

/** Who has to act so that it does not happen again. */
export type Responsibility = 'platform' | 'user' | 'shared' | 'unknown';

/** Units a setting's value is written in; `text` for enumerations, class names and paths. */
export type SettingUnit = 'bytes' | 'duration' | 'count' | 'ratio' | 'boolean' | 'text';

/** A setting the product may advise. Advice outside this list never reaches a person. */
export interface Setting {
  /** The full key, such as `spark.executor.memoryOverhead`. */
  key: string;
  engine: 'spark' | 'yarn' | 'hdfs' | 'jvm' | 'kernel' | 'kubernetes' | 'flink' | 'celeborn' | 'alluxio' | 'airflow';
  /** First version that knows the key; absent: as old as the engine matters to us. */
  since?: string;
  /** First version that no longer reads it. */
  until?: string;
  unit: SettingUnit;
  /** What the engine takes when the key is not set, as the engine writes it; absent: computed or none. */
  default?: string;
  /** Smallest and largest sensible value in base units (bytes, milliseconds, counts, ratios). */
  min?: number;
  max?: number;
  /** Allowed words of a `text` or `boolean` setting. */
  values?: readonly string[];
  /** One line: what the setting does. */
  meaning: Bilingual;
}

/** A direction to go, filled with computed values by the analyst. */
export interface RemediationSkeleton {
  /** What to do, as one sentence. */
  statement: Bilingual;
  /** Keys of `SETTINGS` whose values the analyst computes from the evidence. */
  settings: readonly string[];
  /** Who can do it. */
  by: 'user' | 'platform';
  /** Only where the cause made something slow, or only where it made something fail; absent: in both. */
  when?: 'slowness' | 'failure';
  /** The section of the cause's runbook that tells how, as the anchor of its heading, such as `raise-the-memory-overhead`. */
  section?: string;
}

/** What is known about one root cause before any incident. */
export interface Cause {
  code: CauseCode;
  /** Short name as a heading, such as "Executor heap exhausted". */
  title: Bilingual;
  /** One line. */
  meaning: Bilingual;
  /** Default responsibility; evidence can shift it. */
  responsibility: Responsibility;
  proof: {
    /** What proves it when observed. */
    statement: Bilingual;
    /** The writers whose line may stand at the root end of a *confirmed* chain. */
    provenance: readonly Provenance[];
    /**
     * Kinds of complete statements that confirm the code even when the asker pasted them (a whole kernel OOM report, the
     * NodeManager's "beyond the limit" line with its container). Empty: pasted text makes it *likely* at best.
     */
    completeStatements: readonly string[];
  };
  /** What merely suggests it. */
  suggestedBy: readonly Bilingual[];
  /** What refutes it. */
  refutedBy: readonly Bilingual[];
  remediations: readonly RemediationSkeleton[];
  /**
   * `recorded`: a real incident in the project's scenarios proves the rule; `unproven`: the rule rests on texts of the
   * references only and reaches *likely* at most.
   */
  standing: 'recorded' | 'unproven';
  /** The runbook that belongs to the code: the name of a file in `knowledge/runbooks` without its ending. */
  runbook?: string;
}
