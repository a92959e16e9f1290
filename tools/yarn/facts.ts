import type { Bilingual } from '../../knowledge/bilingual.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { KillRequest, YarnApplication } from './application-facts.ts';
import type { YarnContainerHistory } from './container-history.ts';
import type { YarnNode } from './node-facts.ts';
import type { NodeCounts } from './node-history.ts';
import type { YarnQueue } from './queue-facts.ts';
import type { Allocation, Eviction, Preemption, QueueActivation, Rejection, Submission } from './scheduler-events.ts';

export type * from './application-facts.ts';
export type * from './container-history.ts';
export type * from './node-facts.ts';
export type * from './queue-facts.ts';
export type * from './scheduler-events.ts';

/** What is asked about. All empty: the cluster as a whole. */
export interface YarnScope {
  applicationIds?: readonly string[];
  /** The job's name as people say it; date and hour suffixes do not matter. */
  name?: string;
  /** The time the question is about, milliseconds since the epoch. */
  window?: { from: number | null; to: number | null };
  /** How the asker says it went, to choose among several runs of one name. */
  outcome?: 'failed' | 'unfinished';
}

/** The cluster's own totals. */
export interface YarnCluster {
  totalMemoryBytes: number | null;
  availableMemoryBytes: number | null;
  allocatedMemoryBytes: number | null;
  reservedMemoryBytes: number | null;
  pendingMemoryBytes: number | null;
  totalVcores: number | null;
  availableVcores: number | null;
  activeNodes: number | null;
  lostNodes: number | null;
  unhealthyNodes: number | null;
  appsPending: number | null;
  appsRunning: number | null;
  version: string;
  haState: string;
  /** When this ResourceManager began; ids carry it. */
  startedAt: number | null;
  sampledAt: number;
  evidence: Evidence;
  /** The part of the answer that tells when it began; null when it was not asked. */
  startEvidence: Evidence | null;
}

/** How far a daemon's log was read: absence of a line means something only within. */
export interface LogCoverage {
  writer: 'node_manager' | 'resource_manager';
  host: string | null;
  source: string;
  firstAt: number;
  lastAt: number;
}

/** Everything read of YARN in one investigation. */
export interface YarnFacts {
  scope: YarnScope;
  /** The ResourceManager listed its applications, so one that is not among them is not known to it. */
  listed: boolean;
  /** Ids of the applications the question is about, in `applications`; several attempts of one job are one application. */
  asked: readonly string[];
  /** Set when the asked name fits runs of different jobs equally well. */
  ambiguous: boolean;
  /** Ids of all runs that fit the asked name, best first. */
  candidates: readonly string[];
  applications: readonly YarnApplication[];
  containers: readonly YarnContainerHistory[];
  nodes: readonly YarnNode[];
  /** As they stand at the time of the answer: of now, never of an earlier run. */
  queues: readonly YarnQueue[];
  /** As they stood over the time asked about, each list of one time, oldest first; empty when nobody kept it. */
  queueHistory: readonly (readonly YarnQueue[])[];
  /** Counts of nodes over that time, oldest first; empty when nobody kept them. */
  nodeHistory: readonly NodeCounts[];
  cluster: YarnCluster | null;
  preemptions: readonly Preemption[];
  allocations: readonly Allocation[];
  submissions: readonly Submission[];
  rejections: readonly Rejection[];
  activations: readonly QueueActivation[];
  kills: readonly KillRequest[];
  evictions: readonly Eviction[];
  coverage: readonly LogCoverage[];
  /** What could not be read, counted. */
  skipped: readonly Bilingual[];
}

/** Facts of nothing read: where only log records are there to be merged. */
export function emptyYarnFacts(scope: YarnScope = {}): YarnFacts {
  return {
    scope,
    listed: false,
    asked: [],
    ambiguous: false,
    candidates: [],
    applications: [],
    containers: [],
    nodes: [],
    queues: [],
    queueHistory: [],
    nodeHistory: [],
    cluster: null,
    preemptions: [],
    allocations: [],
    submissions: [],
    rejections: [],
    activations: [],
    kills: [],
    evictions: [],
    coverage: [],
    skipped: [],
  };
}
