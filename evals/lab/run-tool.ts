import { spawnSync } from 'node:child_process';
import { LabError } from './lab-error.ts';

/** How to get a tool that is not there. Names of Debian packages; other systems have others. */
const PACKAGE_OF: Readonly<Record<string, string>> = {
  mvn: 'maven',
  java: 'openjdk-17-jdk-headless',
  python3: 'python3 python3-pip',
  prometheus: 'prometheus',
  unshare: 'util-linux',
  nsenter: 'util-linux',
  ip: 'iproute2',
  hostname: 'hostname',
};

/** Runs a tool to its end and gives what it wrote. @throws LabError when it is missing or fails */
export function runTool(tool: string, parameters: readonly string[], { why }: { why: string }): string {
  const { error, status, stdout, stderr } = spawnSync(tool, parameters, { encoding: 'utf8', maxBuffer: 64 << 20 });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw missing(tool, why);
  if (error) throw new LabError(`${tool} (${why}): ${error.message}`);
  if (status === 0) return stdout;
  const lastLines = `${stdout}\n${stderr}`.trim().split('\n').slice(-6).join('\n  ');
  throw new LabError(`${tool} failed with status ${status} (${why}):\n  ${lastLines}`);
}

/** Fails by name for each tool that is not on the path. */
export function requireTools(tools: readonly string[]): void {
  for (const tool of tools) {
    const { error } = spawnSync(tool, ['--version'], { stdio: 'ignore' });
    if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw missing(tool, 'the lab needs it');
  }
}

function missing(tool: string, why: string): LabError {
  const named = PACKAGE_OF[tool];
  return new LabError(`${tool} is not on the path (${why})${named ? `; Debian has it in: ${named}` : ''}`);
}
