import { stat } from 'node:fs/promises';
import type { HttpAnswer, Platform, PlatformFile } from '../../../tools/platform/platform.ts';
import { partOfFile } from '../../../tools/spark/event-log/log-part.ts';
import { openEventLog } from '../../../tools/spark/event-log/open-event-log.ts';
import { zipEntries } from '../../../tools/spark/history/zip-entries.ts';
import { logPageText } from '../../../tools/yarn/log-page.ts';
import { SourceText } from './source-text.ts';

/** The bytes behind the names that evidence uses, read by the eval itself and once for all scorers of a trial. */
export interface Sources {
  /** All of one source; null when nothing of that name is there. */
  text(source: string): Promise<SourceText | null>;
  /** Names of all that can be cited. */
  names(): Promise<readonly string[]>;
}

/** A scenario is asked in several ways, each on a platform opened anew: what lies in the same file is kept, up to this much. */
const KEPT_BYTES = 192 << 20;
/** More of one source than any recorded one has; what lies beyond is not there for a scorer. */
const MAX_SOURCE_BYTES = 96 << 20;

const kept = new Map<string, SourceText>();
let keptBytes = 0;

const opened = new WeakMap<Platform, Sources>();

/** The sources of a platform; opened once for each platform. */
export function openSources(platform: Platform): Sources {
  const before = opened.get(platform);
  if (before) return before;
  const sources = sourcesOf(platform);
  opened.set(platform, sources);
  return sources;
}

function sourcesOf(platform: Platform): Sources {
  const texts = new Map<string, Promise<SourceText | null>>();
  const answers = new Map<string, Promise<readonly HttpAnswer[]>>();
  const files = platform.files().then((walked) => new Map(walked.files.map((file) => [file.source, file])));
  const answersOf = (service: string) => {
    const before = answers.get(service) ?? platform.recorded(service);
    answers.set(service, before);
    return before;
  };
  const read = async (source: string): Promise<SourceText | null> => {
    const file = (await files).get(source);
    if (file) return await textOfFile(file);
    if (!source.startsWith('http/')) return null;
    const service = source.split('/')[1] ?? '';
    const answer = (await answersOf(service)).find((one) => one.source === source);
    if (answer === undefined) return await textOfArchive(platform, source);
    // The page of a log is cited by the lines of the log that it shows.
    return SourceText.of(logPageText(answer.request, answer.body) ?? answer.body);
  };
  return {
    text: (source) => {
      const before = texts.get(source) ?? read(source);
      texts.set(source, before);
      return before;
    },
    names: async () => {
      const services = await platform.services();
      const all = await Promise.all(services.map(answersOf));
      return [...(await files).keys(), ...all.flat().map(({ source }) => source)];
    },
  };
}

async function textOfFile(file: PlatformFile): Promise<SourceText | null> {
  const info = await stat(file.realPath).catch(() => null);
  if (info === null) return null;
  const key = `${file.realPath}\0${info.size}\0${info.mtimeMs}`;
  const before = kept.get(key);
  if (before) return before;
  const text = new SourceText(await bytesOf(file));
  keep(key, text);
  return text;
}

function keep(key: string, text: SourceText): void {
  kept.set(key, text);
  keptBytes += text.bytes.length;
  for (const [oldest, { bytes }] of kept) {
    if (keptBytes <= KEPT_BYTES || oldest === key) break;
    kept.delete(oldest);
    keptBytes -= bytes.length;
  }
}

/** Whatever it is packed in; of a damaged file what can be read. */
async function bytesOf(file: PlatformFile): Promise<Buffer> {
  return await collected((await openEventLog(partOfFile(file))).chunks);
}

async function collected(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      // A reader may hand out one buffer again and again.
      parts.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > MAX_SOURCE_BYTES) break;
    }
  } catch {
    // A damaged end: what stands before it can be cited.
  }
  return Buffer.concat(parts, bytes);
}

/** An event log that came in a history server's archive is named behind the request that gave it. */
async function textOfArchive(platform: Platform, source: string): Promise<SourceText | null> {
  const [, service = '', request = ''] = /^http\/([^/]{1,300})(\/.{1,600}\/logs)\/[^/]/.exec(source) ?? [];
  const archive = service === '' ? null : await platform.getBytes?.(service, request);
  const part = archive && zipEntries(archive, `http/${service}${request}`).find((one) => one.source === source);
  return part ? new SourceText(await collected((await openEventLog(part)).chunks)) : null;
}
