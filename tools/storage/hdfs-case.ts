import type { Finding } from '../evidence/finding.ts';
import type { HdfsFacts, HdfsScope, NameNodeSample } from './hdfs-facts.ts';
import { HDFS_THRESHOLDS } from './hdfs-thresholds.ts';

/** What a rule about HDFS judges: the facts, and what the question is about. */
export interface HdfsCase {
  facts: HdfsFacts;
  scope: HdfsScope;
}

type Said = Pick<Finding, 'rule' | 'statement' | 'evidence'> & Partial<Finding>;

/** A finding about the file system that all runs share: observed, once, of full weight, unless said otherwise. */
export function hdfsFinding(said: Said): Finding {
  return {
    area: 'storage',
    kind: 'observed',
    code: null,
    keys: {},
    at: null,
    count: 1,
    weight: 1,
    values: {},
    sharedService: true,
    ...said,
  };
}

/** True when something belongs to the question's time; unknown times and no window do. */
export function isInHdfsScope(at: number | null, { window }: HdfsScope): boolean {
  if (at === null || window === null) return true;
  return at >= window.from && at <= window.to + HDFS_THRESHOLDS.afterWindowMs;
}

/**
 * Looks at NameNodes that serve, within the question's time; a standby's figures lag and its safe mode is its own. A live
 * platform tells *now*: behind the window that is no proof of what was.
 */
export function looksInScope({ facts, scope }: HdfsCase): NameNodeSample[] {
  return facts.nameNodes.filter(({ haState, at }) => isServing(haState) && isInHdfsScope(at, scope));
}

/** What is no standby serves, as far as is known. */
export function isServing(haState: string | null): boolean {
  return haState !== 'standby' && haState !== 'observer';
}
