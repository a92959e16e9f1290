import { Command } from 'commander';
import type { HttpAnswer, HttpMiss } from '../../tools/platform/platform.ts';
import { configuredPlatform, unusablePaths } from '../configured-platform.ts';
import { readSettings, type Settings } from '../settings.ts';
import { EXIT, type TerminalIo } from './terminal-io.ts';

/** A cheap request that tells a system's version, by service. */
const PROBES: Readonly<Record<string, string>> = {
  'yarn-rm': '/ws/v1/cluster/info',
  'spark-history': '/api/v1/version',
};

interface Check {
  name: string;
  ok: boolean | null;
  detail: string;
}

/** `wherefore doctor`: checks the settings and each configured system. */
export function doctorCommand(io: TerminalIo, finish: (exitCode: number) => void): Command {
  return new Command('doctor')
    .description('checks the settings and each configured system')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => {
      const checks = await runChecks(io.environment);
      if (options.json) io.write(`${JSON.stringify({ checks })}\n`);
      else
        for (const check of checks) io.write(`${mark(check.ok).padEnd(2)} ${check.name.padEnd(18)} ${check.detail}\n`);
      finish(checks.some((check) => check.ok === false) ? EXIT.unusable : EXIT.ok);
    });
}

async function runChecks(environment: TerminalIo['environment']): Promise<Check[]> {
  const settings = readSettings(environment);
  const platform = configuredPlatform(settings);
  const checks: Check[] = [{ name: 'node', ok: true, detail: process.versions.node }];
  const services = await platform.services();
  for (const [service, probe] of Object.entries(PROBES)) {
    if (services.includes(service)) checks.push(judge(service, await platform.get(service, probe)));
    else checks.push({ name: service, ok: null, detail: 'not configured: its questions are not answered' });
  }
  return [...checks, ...(await pathChecks(settings))];
}

/** The folders of event logs and hosts: there, readable, with how many files. */
async function pathChecks(settings: Settings): Promise<Check[]> {
  const problems = await unusablePaths(settings);
  const named = [
    { name: 'spark event logs', setting: 'WHEREFORE_SPARK_EVENT_LOGS', only: { ...settings, hostsDir: null } },
    { name: 'host folders', setting: 'WHEREFORE_HOSTS_DIR', only: { ...settings, sparkEventLogs: null } },
  ];
  return await Promise.all(
    named.map(async ({ name, setting, only }): Promise<Check> => {
      if (only.sparkEventLogs === null && only.hostsDir === null) return { name, ok: null, detail: 'not configured' };
      const problem = problems.find((entry) => entry.setting === setting);
      if (problem) return { name, ok: false, detail: `${setting}: ${problem.why}` };
      const { files, skipped } = await configuredPlatform(only).files();
      const left = skipped.map(({ en }) => `; ${en}`).join('');
      return { name, ok: files.length > 0, detail: `${files.length} ${files.length === 1 ? 'file' : 'files'}${left}` };
    }),
  );
}

function judge(service: string, answer: HttpAnswer | HttpMiss): Check {
  if ('miss' in answer) return { name: service, ok: false, detail: answer.why.en };
  if (answer.status !== 200) return { name: service, ok: false, detail: `answered HTTP ${answer.status}` };
  const version = /"(?:hadoopVersion|spark)"\s?:\s?"([^"]{1,40})"/.exec(answer.body)?.[1];
  return version
    ? { name: service, ok: true, detail: `reachable, version ${version}` }
    : { name: service, ok: false, detail: 'answered, but not as this system does: check the URL' };
}

function mark(ok: boolean | null): string {
  return ok === null ? '-' : ok ? 'ok' : '!!';
}
