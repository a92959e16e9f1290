import { z } from 'zod';
import { quotePiece } from '../evidence/quote-piece.ts';
import { parseJson } from '../platform/parse-json.ts';
import type { HttpAnswer } from '../platform/platform.ts';
import { hostOfService } from './celeborn-services.ts';
import { parseShufflePage } from './parse-text-pages.ts';
import type { HeldShuffles, ShuffleUse } from './shuffle-facts.ts';
import { parseShuffleKey } from './shuffle-keys.ts';

const SHUFFLES = z.object({ shuffleIds: z.array(z.string().max(300)).max(200_000) });
const PARTITIONS = z.object({
  primaryPartitions: z.record(z.string(), z.unknown()),
  replicaPartitions: z.record(z.string(), z.unknown()),
});

/** A worker's answer about the shuffles it holds (`shuffles`, `shuffles/partitions`, text page `/shuffle`); else null. */
export function parseHeld(answer: HttpAnswer): HeldShuffles | null {
  const workerHost = hostOfService(answer.service);
  const shuffleKeys = keysIn(answer);
  if (workerHost === null || shuffleKeys === null) return null;
  const { body, source, at } = answer;
  return {
    workerHost,
    at,
    shuffleKeys,
    evidence: {
      ...quotePiece(body, source, 0, Math.min(body.length, 600)),
      area: 'shuffle',
      provenance: 'shuffle_service',
      at,
    },
  };
}

/** Each shuffle of an answer as a use of the worker, cited at its own place. */
export function usesOf(held: HeldShuffles, body: string, source: string): ShuffleUse[] {
  return held.shuffleKeys.flatMap((key) => {
    const parsed = parseShuffleKey(key);
    if (!parsed) return [];
    const start = Math.max(0, body.indexOf(key) - 40);
    const evidence = { ...held.evidence, ...quotePiece(body, source, start, Math.min(body.length, start + 300)) };
    return [{ ...parsed, workerHost: held.workerHost, at: held.at, evidence }];
  });
}

function keysIn({ request, body }: HttpAnswer): string[] | null {
  if (request === '/shuffle') return parseShufflePage(body);
  if (request === '/api/v1/shuffles') {
    const parsed = SHUFFLES.safeParse(parseJson(body));
    return parsed.success ? parsed.data.shuffleIds : null;
  }
  if (request !== '/api/v1/shuffles/partitions') return null;
  const parsed = PARTITIONS.safeParse(parseJson(body));
  if (!parsed.success) return null;
  const { primaryPartitions, replicaPartitions } = parsed.data;
  return [...new Set([...Object.keys(primaryPartitions), ...Object.keys(replicaPartitions)])];
}
