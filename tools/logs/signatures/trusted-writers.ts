import { PROVENANCES, type Provenance } from '../../../knowledge/provenance.ts';

/**
 * Who may be believed about what. A component proves its own state; a component that hands on the words of another one (the
 * ResourceManager printing an application's last message) is as good a witness of them.
 */

/** A process of the platform about its own failure: exceptions it logged, or that its platform recorded for it. */
export const OWN_STATE: readonly Provenance[] = [
  'engine',
  'jvm',
  'resource_manager',
  'node_manager',
  'kubernetes',
  'shuffle_service',
  'cache',
  'storage',
  'workflow_engine',
];

/** As `OWN_STATE`, and the job's own program: it knows best that its own code failed. */
export const OWN_STATE_AND_PROGRAM: readonly Provenance[] = [...OWN_STATE, 'user_process'];

/** YARN about containers, queues and nodes. Engines only repeat it. */
export const YARN: readonly Provenance[] = ['node_manager', 'resource_manager'];

export const KUBERNETES: readonly Provenance[] = ['kubernetes'];
export const KERNEL: readonly Provenance[] = ['kernel'];
export const CACHE_AND_CLIENTS: readonly Provenance[] = ['cache', 'engine', 'kubernetes'];
export const WORKFLOW: readonly Provenance[] = ['workflow_engine'];
export const JVM_ITSELF: readonly Provenance[] = ['jvm', 'engine', 'node_manager', 'resource_manager'];

/** Only the person who asks: for hints read from a short paste where the areas' own rules judge the real thing. */
export const ALL_BUT_ASKER: readonly Provenance[] = PROVENANCES.filter((writer) => writer !== 'asker');

/** A kernel line in the output of a process proves nothing about the kernel. */
export const NOT_A_KERNEL: readonly Provenance[] = [
  'user_process',
  'engine',
  'jvm',
  'shuffle_service',
  'cache',
  'storage',
];
