import { z } from 'zod';
import type { Evidence } from '../evidence/evidence.ts';
import { quotePiece } from '../evidence/quote-piece.ts';
import { parseJson } from '../platform/parse-json.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import { hostOfService, roleOfService } from './celeborn-services.ts';
import type { ShuffleSettings } from './shuffle-facts.ts';

/** `/api/v1/conf` (0.6, 0.7). */
const CONF = z.object({
  configs: z.array(z.object({ name: z.string().max(300), value: z.string().max(10_000) })).max(5_000),
});

/** Only these are kept: an answer may hold keys of an object store. */
const KNOWN =
  /^celeborn\.(?:master\.(?:host|port|endpoints|ha\.enabled|ha\.node\.\w{1,40}\.(?:host|port)|heartbeat\.\w{1,20}\.timeout)|worker\.(?:storage\.(?:dirs|disk\.reserve\.(?:size|ratio))|directMemoryRatio\w{1,40}|flusher\.(?:local\.|hdd\.|ssd\.)?buffer\.size|congestionControl\.enabled|monitor\.disk\.\w{1,20}|graceful\.shutdown\.enabled)|quota\.[\w.]{1,80})$/;

/** The settings that a process answers, of those the rules know; null when the answer holds none. */
export function parseSettings(answer: HttpAnswer): ShuffleSettings | null {
  const role = roleOfService(answer.service);
  const host = hostOfService(answer.service);
  const pairs = answer.request === '/conf' ? textPairs(answer.body) : jsonPairs(answer.body);
  const values = Object.fromEntries(pairs.filter(([name]) => KNOWN.test(name)));
  if (role === null || host === null || Object.keys(values).length === 0) return null;
  return { role, host, values, evidence: settingEvidence(answer) };
}

function jsonPairs(body: string): [string, string][] {
  const parsed = CONF.safeParse(parseJson(body));
  return parsed.success ? parsed.data.configs.map(({ name, value }) => [name, value]) : [];
}

/** The text page of 0.4 and 0.5: a key and its value in each line, padded with blanks. */
function textPairs(body: string): [string, string][] {
  return [...body.matchAll(/^\s{0,8}(celeborn\.[\w.-]{1,200})[ \t=]{1,200}(\S.{0,2000}?)\s{0,40}$/gm)].map((found) => [
    found[1] ?? '',
    found[2] ?? '',
  ]);
}

/** The place of the address settings: what most rules cite. */
function settingEvidence(answer: HttpAnswer): Evidence {
  const place = /celeborn\.master\.(?:endpoints|port)|celeborn\.worker\./.exec(answer.body)?.index ?? 0;
  const start = Math.max(0, place - 10);
  return {
    ...quotePiece(answer.body, answer.source, start, Math.min(answer.body.length, start + 400)),
    area: 'shuffle',
    provenance: 'shuffle_service',
    at: answer.at,
  };
}
