import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What git says about a folder. */
export interface GitCheckout {
  commit: string;
  /** Paths inside the folder that git keeps, with `/` between their parts. */
  tracked: ReadonlySet<string>;
  /** Tracked paths whose content is not that of the commit. */
  altered: ReadonlySet<string>;
}

const run = promisify(execFile);
/** Longest that git may take: a checkout of 100,000 files on a cold disk answers within seconds. */
const GIT_MS = 30_000;
const MOST_BYTES = 256 * 2 ** 20;

/**
 * Asks git about a folder; null where it is no checkout, holds nothing that git keeps, or git is not installed. Nothing that
 * the checkout configures is run: no file watcher, no hooks, no drivers for differences.
 */
export async function gitCheckout(folder: string, signal?: AbortSignal): Promise<GitCheckout | null> {
  try {
    const [commit, tracked, altered] = await Promise.all([
      git(folder, ['rev-parse', 'HEAD'], signal),
      git(folder, ['ls-files', '-z'], signal),
      git(
        folder,
        ['diff', '--name-only', '--no-ext-diff', '--no-textconv', '--relative', '-z', 'HEAD', '--', '.'],
        signal,
      ),
    ]);
    const paths = listed(tracked);
    return paths.size === 0 ? null : { commit: commit.trim(), tracked: paths, altered: listed(altered) };
  } catch {
    signal?.throwIfAborted();
    return null;
  }
}

async function git(folder: string, words: readonly string[], signal?: AbortSignal): Promise<string> {
  const { stdout } = await run(
    'git',
    [
      '-C',
      folder,
      '-c',
      'core.fsmonitor=false',
      '-c',
      'core.hooksPath=/dev/null',
      '-c',
      'core.quotePath=false',
      ...words,
    ],
    {
      timeout: GIT_MS,
      maxBuffer: MOST_BYTES,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      ...(signal ? { signal } : {}),
    },
  );
  return stdout;
}

function listed(output: string): Set<string> {
  return new Set(output.split('\0').filter((name) => name !== ''));
}
