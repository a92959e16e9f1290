import { execFile, spawn } from 'node:child_process';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** A PostgreSQL server of a test, on loopback; nothing of it outlives `stop`. */
export interface RunningPostgres {
  url: string;
  /** Process of the server, to be signalled by tests of its failure. */
  pid: number;
  stop(): Promise<void>;
}

/** Folder of the newest server that Debian's package `postgresql` installed; null: it is not there. */
function binaries(): string | null {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return null;
  const versions = readdirSync(root)
    .filter((version) => existsSync(path.join(root, version, 'bin', 'initdb')))
    .sort((a, b) => Number(b) - Number(a));
  return versions[0] === undefined ? null : path.join(root, versions[0], 'bin');
}

/** Whether a server can be started here: a suite without one skips by name. */
export const HAS_POSTGRES = binaries() !== null;

/** The server refuses to run as root: then it runs as `nobody`. */
async function runner(): Promise<{ before: string[]; uid: number | null; gid: number | null }> {
  if (process.getuid?.() !== 0) return { before: [], uid: null, gid: null };
  const number = async (flag: string) => Number((await run('id', [flag, 'nobody'])).stdout.trim());
  const [uid, gid] = [await number('-u'), await number('-g')];
  return { before: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--'], uid, gid };
}

/**
 * Starts a server with an empty database in a folder of its own, without a wait for the disk. Null: there is no server on this
 * machine.
 */
export async function startPostgres(): Promise<RunningPostgres | null> {
  const bin = binaries();
  if (bin === null) return null;
  const { before, uid, gid } = await runner();
  const folder = await mkdtemp(path.join(tmpdir(), 'wherefore-postgres-'));
  chmodSync(folder, 0o700);
  if (uid !== null && gid !== null) await chown(folder, uid, gid);
  const data = path.join(folder, 'data');
  const command = (name: string, ...args: string[]): [string, string[]] => {
    const [first = '', ...rest] = [...before, path.join(bin, name), ...args];
    return [first, rest];
  };
  const options = { cwd: folder, env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8' } };
  await run(...command('initdb', '-D', data, '-U', 'wherefore', '-A', 'trust', '-E', 'UTF8', '--no-sync'), options);
  const port = await freePort();
  const settings = { fsync: 'off', full_page_writes: 'off', unix_socket_directories: folder, shared_buffers: '32MB' };
  const server = spawn(
    ...command(
      'postgres',
      ...['-D', data, '-h', '127.0.0.1', '-p', String(port)],
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ),
    { ...options, stdio: 'ignore' },
  );
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async () => {
    // SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, not waited for.
    server.kill('SIGINT');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const url = `postgres://wherefore@127.0.0.1:${port}/postgres`;
  if (await answers(url, () => server.exitCode !== null)) return { url, pid: server.pid ?? 0, stop };
  await stop();
  throw new Error('the PostgreSQL server of the test did not start');
}

async function answers(url: string, gone: () => boolean): Promise<boolean> {
  const until = Date.now() + 30_000;
  while (Date.now() < until && !gone()) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      await sleep(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
