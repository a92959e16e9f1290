import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startNodeCollector } from '../host/collector/node-collector.ts';
import { answerSource, compactTime } from './answer-source.ts';
import { openCapture } from './capture-platform.ts';
import { replayingService } from './fake-service.ts';
import { openLivePlatform } from './live-platform.ts';
import type { HttpAnswer, Platform } from './platform.ts';

const TOKEN = 'a-token-of-some-length';

/** One moment of a recorded capture, behind every backend. Each `open` is a platform that has asked nothing yet. */
export interface Moment {
  /** When every answer of it was given, milliseconds since the epoch; a test holds the clock of the live side there. */
  at: number;
  backends: {
    recorded: () => Promise<Platform>;
    /** Services replayed over real HTTP on loopback; hosts as `MomentOptions.hosts` says. */
    live: () => Promise<Platform>;
  };
  /** What the live services were asked, `service path`. */
  asked(): string[];
  close(): Promise<void>;
}

export interface MomentOptions {
  /** Answers taken into it: a recording may hold more than anybody asks a live service for one question. */
  keep: (service: string, request: string) => boolean;
  /** Who gives the answer, where another service gives the same one to the same request; its recorded name when absent. */
  givenBy?: (service: string) => string;
  /** How the live side reaches hosts: a folder, their collectors (`wherefore node`), or not at all. */
  hosts: 'none' | 'folders' | 'collectors';
  /** Folders of logs on the hosts; the files kept besides the kernel's. All files are kept with `folders`. */
  logFolders?: readonly string[];
}

/**
 * Cuts one moment out of a recorded capture, for a contract suite: a live service tells only of now, so the recorded side holds the
 * latest good answer to each request and no earlier sample of a host. Every answer bears one time, and the names that a live
 * platform gives: with the clock held at `at`, both sides must tell the very same facts, evidence and places included.
 */
export async function openMoment(capture: string, options: MomentOptions): Promise<Moment> {
  const whole = await openCapture(capture);
  const at = Math.floor(whole.now / 1000) * 1000;
  const folder = mkdtempSync(path.join(tmpdir(), 'wherefore-moment-'));
  const closing: (() => Promise<void>)[] = [];
  const fakes: { service: string; asked: { path: string }[] }[] = [];
  await writeAnswers(
    folder,
    (await latestAnswers(whole, options.keep)).map((answer) => ({
      ...answer,
      service: options.givenBy?.(answer.service) ?? answer.service,
    })),
    at,
  );
  const hosts = options.hosts === 'none' ? [] : copyHosts(capture, folder, options);
  const recorded = async () => await openCapture(folder);
  const services: Record<string, string | { url: string; token: string }> = {};
  const replayed = await recorded();
  for (const service of await replayed.services()) {
    const fake = await replayingService(replayed, service);
    closing.push(fake.close);
    fakes.push({ service, asked: fake.asked });
    services[service] = fake.url;
  }
  for (const host of options.hosts === 'collectors' ? hosts : []) {
    const root = rootOf(path.join(folder, 'hosts', host), path.join(folder, 'roots', host));
    const collector = await startNodeCollector({
      address: '127.0.0.1',
      port: 0,
      token: TOKEN,
      root,
      logFolders: options.logFolders ?? [],
      kernelMessages: async () => textOf(path.join(root, 'dmesg.txt')),
    });
    closing.push(collector.close);
    services[`node@${host}`] = { url: collector.url, token: TOKEN };
  }
  return {
    at,
    backends: {
      recorded,
      live: async () =>
        openLivePlatform({
          services,
          eventLogs: null,
          hostsDir: options.hosts === 'folders' ? path.join(folder, 'hosts') : null,
          httpTimeoutMs: 5_000,
          httpMaxBytes: 64 << 20,
          now: replayed.now,
        }),
    },
    asked: () => fakes.flatMap(({ service, asked }) => asked.map((one) => `${service} ${one.path}`)),
    close: async () => {
      await Promise.all(closing.map((close) => close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of each request the latest good answer; of one that was never answered well, the last. */
async function latestAnswers(whole: Platform, keep: MomentOptions['keep']): Promise<HttpAnswer[]> {
  const services = await whole.services();
  const all = (await Promise.all(services.map((service) => whole.recorded(service)))).flat();
  const kept = all.filter(({ service, request }) => keep(service, request));
  return [...Map.groupBy(kept, ({ service, request }) => `${service} ${request}`).values()].flatMap((answers) => {
    const latest = answers.findLast(({ status }) => status >= 200 && status < 300) ?? answers.at(-1);
    return latest ? [latest] : [];
  });
}

async function writeAnswers(folder: string, answers: readonly HttpAnswer[], at: number): Promise<void> {
  const rows = answers.map(({ service, request, status, body }) => {
    const kind = status === 0 ? 'error' : /^\s{0,200}[[{]/.test(body) ? 'json' : 'txt';
    const file = answerSource(service, request, at, kind);
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), body);
    return [compactTime(at), service, request, status, file].join('\t');
  });
  mkdirSync(path.join(folder, 'http'), { recursive: true });
  writeFileSync(path.join(folder, 'http/index.tsv'), ['at\tservice\trequest\tstatus\tfile', ...rows, ''].join('\n'));
}

/** The hosts' files without earlier samples; for collectors the kernel's files, the kernel log and the folders of logs. */
function copyHosts(capture: string, folder: string, { hosts: how, logFolders = [] }: MomentOptions): string[] {
  const from = [path.join(capture, 'capture/hosts'), path.join(capture, 'hosts')].find((one) => existsSync(one));
  if (from === undefined) return [];
  const served = ['proc', 'sys', 'dmesg.txt', ...logFolders.map((one) => one.replace(/^\/+/, ''))];
  for (const host of readdirSync(from)) {
    const names = readdirSync(path.join(from, host)).filter((name) => !name.startsWith('@'));
    for (const name of how === 'collectors' ? served : names) {
      const file = path.join(from, host, name);
      if (existsSync(file)) cpSync(file, path.join(folder, 'hosts', host, name), { recursive: true });
    }
    if (how === 'collectors') keepBootTime(path.join(from, host), path.join(folder, 'hosts', host));
  }
  const copied = path.join(folder, 'hosts');
  return existsSync(copied) ? readdirSync(copied) : [];
}

/** A recording notes when its host booted in a file of its own; a host says it in `/proc/stat`, which not every recording kept. */
function keepBootTime(from: string, host: string): void {
  const booted = textOf(path.join(from, 'btime.txt'))?.trim();
  const stat = path.join(host, 'proc/stat');
  if (booted === undefined || existsSync(stat)) return;
  mkdirSync(path.dirname(stat), { recursive: true });
  writeFileSync(stat, `btime ${booted}\n`);
}

/** The root folder of a host as its kernel shows it: `/proc/mounts` is a link there, and what it leads to is the first process's. */
function rootOf(recorded: string, root: string): string {
  cpSync(recorded, root, { recursive: true });
  const mounts = textOf(path.join(root, 'proc/mounts'));
  if (mounts !== null) {
    mkdirSync(path.join(root, 'proc/1'), { recursive: true });
    writeFileSync(path.join(root, 'proc/1/mounts'), mounts);
  }
  return root;
}

function textOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}

/** Facts with the names of answers cut to their service: a live list is asked with other limits than a recorded one was. */
export function placesAside(facts: unknown): unknown {
  const cut = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replace(/^(http\/[^/]+)\/.*$/s, '$1')
      : Array.isArray(value)
        ? value.map(cut)
        : value;
  return JSON.parse(
    JSON.stringify(facts, (key, value) => (key === 'source' || key === 'sources' ? cut(value) : value)),
  );
}
