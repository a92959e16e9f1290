import type { Investigation } from '../investigation/investigation.ts';
import type { PlaceholderKind } from './placeholders.ts';

/** Accounts that every platform has tell nothing of anybody. */
const COMMON_USERS: ReadonlySet<string> = new Set([
  'root',
  'hdfs',
  'yarn',
  'spark',
  'hive',
  'mapred',
  'flink',
  'airflow',
  'nobody',
]);

/** Names of jobs, people and machines in an investigation, for masking and for what an answer may name. */
export function userChosenNames(investigation: Investigation): { kind: PlaceholderKind; value: string }[] {
  const { subject, question, findings, run } = investigation;
  const candidates = subject.kind === 'chosen' ? [subject.candidate] : [];
  const apps = [
    ...candidates.flatMap(({ names }) => names),
    ...question.jobNames,
    ...findings.flatMap(({ keys }) => keys.applicationName ?? []),
    run?.application.name ?? '',
  ];
  const users = [
    ...candidates.map(({ user }) => user ?? ''),
    ...findings.flatMap(({ keys }) => keys.user ?? []),
    run?.application.user ?? '',
  ].filter((name) => !COMMON_USERS.has(name));
  const hosts = [
    ...findings.flatMap(({ keys }) => keys.host ?? []),
    ...(run?.executors ?? []).map(({ host }) => host ?? ''),
  ];
  const of = (kind: PlaceholderKind, names: readonly string[]) =>
    [...new Set(names)].filter((value) => value.length > 2 && value !== 'localhost').map((value) => ({ kind, value }));
  return [...of('app', apps), ...of('user', users), ...of('host', hosts)];
}
