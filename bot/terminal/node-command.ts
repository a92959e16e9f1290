import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { Command } from 'commander';
import { isPlainPath } from '../../tools/host/collector/allowed-paths.ts';
import { MIN_TOKEN, startNodeCollector } from '../../tools/host/collector/node-collector.ts';
import { readSettings } from '../settings.ts';
import { type TerminalIo, UsageError } from './terminal-io.ts';
import { Unusable } from './unusable.ts';

interface NodeOptions {
  listen: string;
  port: string;
  expose?: boolean;
  tokenFile?: string;
  root: string;
  logs: string[];
}

const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|::1)$/;

/** `wherefore node`: the read-only collector on a host of the platform. Runs until it is stopped. */
export function nodeCommand(io: TerminalIo): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return new Command('node')
    .description('runs on a host: serves its kernel facts and logs to a bot elsewhere, read-only, with a token')
    .option('--listen <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <number>', 'the port to listen on', '9099')
    .option('--expose', 'allow an address that other machines can reach')
    .option('--token-file <file>', 'file with the token; else WHEREFORE_NODE_TOKEN')
    .option('--root <dir>', "where the host's files lie, when it is mounted somewhere", '/')
    .option('--logs <dir>', 'a folder of logs on the host (repeatable); /var/log is always one', collect, [])
    .action(async (options: NodeOptions) => {
      const { token, port, logFolders } = await checked(options, io);
      const collector = await startNodeCollector({
        address: options.listen,
        port,
        token,
        root: options.root,
        logFolders,
      }).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(
          `cannot serve ${options.root} on ${options.listen}:${port} (${error.code ?? error.message})`,
        );
      });
      io.writeError(`wherefore node serves ${options.root} on ${collector.url}; logs: ${logFolders.join(', ')}\n`);
      const stop = io.stop ?? new AbortController().signal;
      if (!stop.aborted) await once(stop, 'abort');
      await collector.close();
    });
}

/** @throws UsageError naming everything that cannot be used */
async function checked(
  options: NodeOptions,
  io: TerminalIo,
): Promise<{ token: string; port: number; logFolders: string[] }> {
  const unusable = new Unusable();
  const token = await tokenOf(options, io, unusable);
  if (token.length < MIN_TOKEN) {
    unusable.add(
      'unusable_setting',
      `a token of at least ${MIN_TOKEN} characters is needed: WHEREFORE_NODE_TOKEN or --token-file (openssl rand -hex 32 makes one)`,
    );
  }
  const port = /^\d{1,5}$/.test(options.port) ? Number(options.port) : Number.NaN;
  if (!(port <= 65_535)) unusable.add('unusable_flag', `--port ${options.port} is no port`);
  if (isIP(options.listen) === 0) unusable.add('unusable_flag', `--listen ${options.listen} is no IP address`);
  else if (!LOOPBACK.test(options.listen) && !options.expose)
    unusable.add(
      'unusable_flag',
      `--listen ${options.listen} can be reached from other machines: add --expose if it shall be`,
    );
  const logFolders = ['/var/log', ...options.logs.map((folder) => folder.replace(/(?<=.)\/+$/, ''))];
  for (const folder of options.logs.map((given) => given.replace(/(?<=.)\/+$/, '')))
    if (!isPlainPath(folder) || /^\/(?:proc|sys|dev|etc|root|home)?$/.test(folder))
      unusable.add('unusable_flag', `--logs ${folder} is no folder of logs`);
  unusable.throwAll();
  return { token, port, logFolders: [...new Set(logFolders)] };
}

async function tokenOf(options: NodeOptions, io: TerminalIo, unusable: Unusable): Promise<string> {
  if (options.tokenFile === undefined) {
    // The settings are read for what else is wrong in them; the token is the only one that counts here.
    await unusable.tried(Promise.resolve(io.environment).then(readSettings), null);
    return io.environment.WHEREFORE_NODE_TOKEN ?? '';
  }
  const text = await readFile(options.tokenFile, 'utf8').catch(() => null);
  if (text === null) unusable.add('unusable_path', `the token file ${options.tokenFile} cannot be read`);
  return text?.trim() ?? '';
}
