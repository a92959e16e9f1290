/** The areas of the platform that can be read. An area knows nothing about another one. */
export const AREAS = [
  'spark',
  'yarn',
  'logs',
  'memory',
  'storage',
  'shuffle',
  'cache',
  'kubernetes',
  'workflow',
  'flink',
  'metrics',
  'runbooks',
] as const;

export type Area = (typeof AREAS)[number];
