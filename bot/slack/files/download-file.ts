import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isSlackFileAddress } from './slack-file-address.ts';

/** How a download ended. */
export type Downloaded = 'whole' | 'too_large' | 'not_allowed' | 'gone' | 'elsewhere' | 'failed';

/** What fetching files needs. */
export interface DownloadTools {
  /** The bot's token (`xoxb-…`); sent to Slack's hosts only. */
  token: string;
  /** No more than this is read, whatever a header says. */
  maxBytes: number;
  signal: AbortSignal;
  fetch?: typeof fetch;
  /** The configured base address of Slack's API, where it is not Slack's own. */
  apiUrl?: string;
  /** Waits between attempts, for tests. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const ATTEMPTS = 4;
const MAX_REDIRECTS = 3;
const LONGEST_WAIT_MS = 30_000;
/** A connection that gives nothing for so long is dead. */
const SILENCE_MS = 30_000;

/**
 * Downloads a private file of Slack to a path. Without the right to read files Slack does not refuse but sends its login page, so a page
 * where none is expected is told as `not_allowed`.
 *
 * @param expectsPage the file itself is HTML
 * @throws the signal's reason
 */
export async function downloadFile(
  address: string,
  target: string,
  expectsPage: boolean,
  tools: DownloadTools,
): Promise<Downloaded> {
  const wait = tools.wait ?? (async (ms, signal) => await sleep(ms, undefined, { signal }));
  for (let attempt = 1; ; attempt += 1) {
    const result = await attemptOnce(address, target, expectsPage, tools).catch(() => {
      tools.signal.throwIfAborted();
      return { againMs: 500 * 2 ** attempt };
    });
    if (typeof result === 'string') return result;
    if (attempt === ATTEMPTS) return 'failed';
    await wait(Math.min(result.againMs, LONGEST_WAIT_MS), tools.signal);
  }
}

async function attemptOnce(
  address: string,
  target: string,
  expectsPage: boolean,
  tools: DownloadTools,
): Promise<Downloaded | { againMs: number }> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), SILENCE_MS);
  try {
    const signal = AbortSignal.any([tools.signal, silence.signal]);
    const got = await follow(address, { ...tools, signal });
    if (got === 'elsewhere') return got;
    const { response, redirected } = got;
    const state = stateOf(response, expectsPage && !redirected);
    if (state !== 'whole') {
      await response.body?.cancel();
      return state;
    }
    return await write(response, target, tools.maxBytes, timer);
  } finally {
    clearTimeout(timer);
  }
}

async function follow(
  address: string,
  tools: DownloadTools,
): Promise<{ response: Response; redirected: boolean } | 'elsewhere'> {
  let next = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    if (!isSlackFileAddress(next, tools.apiUrl)) return 'elsewhere';
    const response = await (tools.fetch ?? fetch)(next, {
      headers: { Authorization: `Bearer ${tools.token}` },
      redirect: 'manual',
      signal: tools.signal,
    });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) {
      return { response, redirected: redirects > 0 };
    }
    await response.body?.cancel();
    if (!URL.canParse(location, next)) return 'elsewhere';
    next = new URL(location, next).href;
  }
  return 'elsewhere';
}

function stateOf(response: Response, mayBePage: boolean): Downloaded | { againMs: number } {
  const { status } = response;
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? 1);
    return { againMs: Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : 1000 };
  }
  if (status === 401 || status === 403) return 'not_allowed';
  if (status === 404 || status === 410) return 'gone';
  if (!response.ok) return 'failed';
  const isPage = /^\s*text\/html\b/i.test(response.headers.get('content-type') ?? '');
  return isPage && !mayBePage ? 'not_allowed' : 'whole';
}

/** Counts while it writes: a header may lie. */
async function write(
  response: Response,
  target: string,
  maxBytes: number,
  timer: NodeJS.Timeout,
): Promise<'whole' | 'too_large'> {
  const handle = await open(target, 'w', 0o600);
  let written = 0;
  try {
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      written += chunk.length;
      // Leaving the loop closes the connection.
      if (written > maxBytes) return 'too_large';
      await handle.write(chunk);
    }
  } finally {
    await handle.close();
  }
  return 'whole';
}
