import type { LogFacts } from '../../../tools/logs/log-facts.ts';
import type { Candidate } from './candidate.ts';

/** Words of folders that say nothing about whose they are. */
const PLAIN = new Set([
  'logs',
  'log',
  'data',
  'tmp',
  'var',
  'opt',
  'home',
  'root',
  'srv',
  'jobs',
  'run',
  'work',
  'out',
  'app',
  'train',
  'stdout',
  'stderr',
]);

/**
 * Programs that are no Spark or YARN run and log on a host by themselves (a training loop that reads through a cache): each log
 * of one is a run. It goes by the name under which it logs, its file and the folders it lies in.
 */
export function programCandidates(logs: readonly LogFacts[]): Candidate[] {
  return logs.filter(isProgram).map((log) => {
    const host = log.keys.host ?? /^hosts\/([^/]{1,255})\//.exec(log.source)?.[1];
    const folders = log.source.split('/').slice(2);
    const file = (folders.pop() ?? '').replace(/\.(?:log|out|err|txt)$/, '');
    const loggers = [...log.records, ...log.tail].map(({ logger }) => logger).filter((logger) => /[-_]/.test(logger));
    const names = [...folders.toReversed().slice(0, 3), file, ...loggers].filter(
      (name) => name !== '' && !PLAIN.has(name),
    );
    return {
      id: log.source,
      kind: 'program',
      names: [...new Set(names)],
      user: log.keys.user ?? null,
      queue: null,
      startedAt: log.firstAt,
      endedAt: log.lastAt,
      state: 'unknown',
      sparkHandle: null,
      ...(host === undefined ? {} : { host }),
    };
  });
}

function isProgram(log: LogFacts): boolean {
  const own = log.writer === 'user_program' || log.writer === 'unknown';
  return own && log.firstAt !== null && log.keys.applicationId === undefined && log.keys.containerId === undefined;
}
