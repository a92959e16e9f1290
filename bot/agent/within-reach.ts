import type { Finding } from '../../tools/evidence/finding.ts';
import type { Investigation } from '../investigation/investigation.ts';

/** Inputs of tools that name something of the platform. */
const NAMING: ReadonlySet<string> = new Set([
  'applicationIds',
  'applicationId',
  'applications',
  'run',
  'hosts',
  'nodes',
  'pods',
  'namespaces',
  'containers',
  'paths',
  'name',
]);
const FOREIGN_HANDS: ReadonlySet<string> = new Set(['user_process', 'asker']);

/**
 * What a tool may be asked about: what the asker named, the run itself, the runs compared with, and what the platform's own records
 * brought into the case. An id that only a program printed is out of reach: anybody can print the id of another's job.
 */
export function withinReach(investigation: Investigation): ReadonlySet<string> {
  const { subject, question, comparison, run, findings, causes } = investigation;
  const inPlay = [...findings, ...causes.flatMap(({ links }) => links.map(({ finding }) => finding))].filter(
    isOfPlatform,
  );
  const candidate = subject.kind === 'chosen' ? subject.candidate : null;
  const own = [
    candidate?.id,
    candidate?.sparkHandle,
    ...(candidate?.names ?? []),
    ...question.applicationIds,
    ...question.jobNames,
    ...question.hosts,
    ...question.ids.containers,
    ...question.ids.pods,
    ...(comparison?.with ?? []),
    ...(run?.executors ?? []).flatMap(({ host, containerId, podName }) => [host, containerId, podName]),
    ...inPlay.flatMap(({ keys }) => [keys.host, keys.containerId, keys.podName, keys.path]),
    // Of applications only the run's own: a record of the platform may name its neighbours.
    ...inPlay.flatMap(({ keys }) =>
      keys.applicationId === candidate?.id ? [keys.applicationId, keys.applicationName] : [],
    ),
  ];
  return new Set(own.filter((name): name is string => typeof name === 'string' && name !== ''));
}

function isOfPlatform({ evidence }: Finding): boolean {
  return evidence.some(({ provenance }) => !FOREIGN_HANDS.has(provenance));
}

/** Names in a tool's input that are out of reach. */
export function outOfReach(input: unknown, reach: ReadonlySet<string>): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input)
    .filter(([name]) => NAMING.has(name))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter((value): value is string => typeof value === 'string' && !reach.has(value));
}
