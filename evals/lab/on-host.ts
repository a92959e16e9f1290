import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { JAVA_OPTIONS } from './java-options.ts';
import { type LabFolder, onHost } from './lab-folder.ts';
import { insideLimit } from './memory-limit.ts';
import { HADOOP } from './packages.ts';
import { enterHost } from './private-network.ts';
import { runTool } from './run-tool.ts';

/** Starts a command on a host in the background; what it writes goes to the end of a file of this machine. */
export function startOnHost(
  folder: LabFolder,
  host: string,
  command: readonly string[],
  { writesTo, environment = {} }: { writesTo: string; environment?: Readonly<Record<string, string>> },
): ChildProcess {
  mkdirSync(path.dirname(writesTo), { recursive: true });
  const output = openSync(writesTo, 'a');
  const [enter, ...words] = [...insideLimit(folder), ...enterHost(folder, host), ...command];
  const child = spawn(enter as string, words, {
    cwd: onHost(folder, host, 'srv'),
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: hostPath(), HOME: '/srv', LANG: 'C.UTF-8', JAVA_HOME: javaHome(), ...environment },
  });
  closeSync(output);
  return child;
}

/** Runs a command on a host to its end; status and output as they are, also of a failure. */
export async function runOnHost(
  folder: LabFolder,
  host: string,
  command: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ status: number | null; text: string }> {
  const [enter, ...words] = [...insideLimit(folder), ...enterHost(folder, host), ...command];
  const child = spawn(enter as string, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: hostPath(), HOME: '/srv', LANG: 'C.UTF-8', JAVA_HOME: javaHome(), ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (piece: string) => {
      if (text.length < 8 << 20) text += piece;
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { status, text };
}

/** A command line tool of Hadoop, by its Java class, as a user. */
export async function runHadoopTool(
  folder: LabFolder,
  host: string,
  java: string,
  parameters: readonly string[],
  user: string,
): Promise<{ status: number | null; text: string }> {
  const classPath = hadoopClassPath(folder, host);
  const command = ['java', ...JAVA_OPTIONS, '-Xmx96m', '-cp', classPath, java, ...parameters];
  return await runOnHost(folder, host, command, { HADOOP_USER_NAME: user });
}

/** Configuration first, then jars, then the empty web folders. */
export function hadoopClassPath(folder: LabFolder, host: string): string {
  return [
    path.join(folder.configuration, host, 'hadoop'),
    path.join(folder.packages, HADOOP, '*'),
    folder.configuration,
  ].join(':');
}

/** Programs of the system and Java: whatever else this machine's path names is none of the hosts' business, and would stand in their logs. */
function hostPath(): string {
  return `/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${path.join(javaHome(), 'bin')}`;
}

let knownJavaHome: string | null = null;

/** Where the `java` of the path lives; Spark and YARN want it by its folder. */
export function javaHome(): string {
  if (knownJavaHome === null) {
    const told = runTool('sh', ['-c', 'java -XshowSettings:properties -version 2>&1'], { why: 'its home' });
    knownJavaHome = /java\.home = (\S+)/.exec(told)?.[1] ?? '';
  }
  return knownJavaHome;
}
