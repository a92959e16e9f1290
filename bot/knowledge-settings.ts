import path from 'node:path';
import { z } from 'zod';
import { GROUP_NAME } from '../knowledge/documents/group-name.ts';
import type { EmbeddingSettings } from '../knowledge/embeddings/embed-texts.ts';
import { BUILT_IN, type Collection } from '../knowledge/ingestion/collection.ts';
import type { IndexLocation } from '../knowledge/ingestion/index-location.ts';

/** The variables of the runbooks, their index and the embeddings. */
export const KNOWLEDGE_SETTINGS = {
  WHEREFORE_RUNBOOKS: z.string().min(1).optional(),
  WHEREFORE_INDEX: z.string().min(1).default('.wherefore/index'),
  WHEREFORE_AUDIENCE: z.string().optional(),
  WHEREFORE_RUNBOOKS_URL: z.url({ protocol: /^https?$/ }).optional(),
  WHEREFORE_EMBEDDINGS_URL: z.url({ protocol: /^https?$/ }).optional(),
  WHEREFORE_EMBEDDINGS_MODEL: z.string().min(1).optional(),
  WHEREFORE_EMBEDDINGS_KEY: z.string().min(1).optional(),
  WHEREFORE_EMBEDDINGS_DIMENSION: z.coerce.number().int().min(1).max(16_384).optional(),
};

const GIVEN = z.object(KNOWLEDGE_SETTINGS);

/** What is known in writing: the team's documents, where their index lies, what makes vectors. */
export interface KnowledgeSettings {
  /** The team's collections; the built-in runbooks are always there. */
  collections: readonly Collection[];
  index: IndexLocation;
  /** Groups that everybody who asks here belongs to; `everyone` is always one. */
  audience: readonly string[];
  /** Address under which the built-in runbooks are shown; null: their path in the product. */
  runbooksUrl: string | null;
  /** Null: keyword search only. */
  embeddings: EmbeddingSettings | null;
}

type WrittenCollection = Omit<Collection, 'name'> & { name?: string };

const COLLECTION = z
  .strictObject({
    name: z
      .string()
      .regex(/^[\p{L}\p{N}][\p{L}\p{N}_.-]{0,63}$/u, 'letters, digits, - _ .')
      .optional(),
    folder: z.string().min(1),
    url: z.url({ protocol: /^https?$/ }).optional(),
    audience: z.array(z.string().regex(GROUP_NAME, 'a name of a group')).min(1).optional(),
  })
  .or(
    z
      .string()
      .min(1)
      .transform((folder): WrittenCollection => ({ folder })),
  );

/** Reads the settings of the written knowledge; adds to `problems` what is wrong with those that have the right form. */
export function readKnowledgeSettings(
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[],
): KnowledgeSettings {
  // A value of the wrong form is told with all others by the caller; the rest is looked at all the same.
  const usable = Object.entries(KNOWLEDGE_SETTINGS).filter(([name, form]) => form.safeParse(environment[name]).success);
  const given = GIVEN.parse(Object.fromEntries(usable.map(([name]) => [name, environment[name]])));
  return {
    collections: collectionsOf(given.WHEREFORE_RUNBOOKS, problems),
    index: locationOf(given.WHEREFORE_INDEX, problems),
    audience: audienceOf(given.WHEREFORE_AUDIENCE, problems),
    runbooksUrl: given.WHEREFORE_RUNBOOKS_URL?.replace(/\/+$/, '') ?? null,
    embeddings: embeddingsOf(given, problems),
  };
}

function collectionsOf(written: string | undefined, problems: string[]): Collection[] {
  if (written === undefined) return [];
  const taken = new Set([BUILT_IN]);
  return foldersOf(written, problems).map(({ name, ...rest }) => {
    const base = name ?? path.basename(path.resolve(rest.folder)).replace(/[^\p{L}\p{N}_.-]+/gu, '-');
    const wanted = /^[\p{L}\p{N}]/u.test(base) ? base : `docs${base}`;
    // Two folders of one name without names given: the second is told by a number.
    let own = wanted;
    for (let count = 2; taken.has(own) && name === undefined; count++) own = `${wanted}-${count}`;
    if (taken.has(own)) problems.push(`WHEREFORE_RUNBOOKS: the name ${own} is taken`);
    taken.add(own);
    return { name: own, ...rest };
  });
}

function foldersOf(written: string, problems: string[]): WrittenCollection[] {
  if (!/^\s*\[/.test(written))
    return written
      .split(',')
      .map((folder) => folder.trim())
      .filter((folder) => folder !== '')
      .map((folder) => ({ folder }));
  let value: unknown;
  try {
    value = JSON.parse(written);
  } catch {
    problems.push('WHEREFORE_RUNBOOKS: neither a JSON list nor folders with commas between them');
    return [];
  }
  const parsed = z.array(COLLECTION).safeParse(value);
  if (parsed.success) return parsed.data.map((one) => one as WrittenCollection);
  problems.push(
    ...parsed.error.issues.map((issue) => `WHEREFORE_RUNBOOKS ${issue.path.map(String).join('.')}: ${issue.message}`),
  );
  return [];
}

function audienceOf(written: string | undefined, problems: string[]): string[] {
  const groups = (written ?? '')
    .split(',')
    .map((group) => group.trim())
    .filter((group) => group !== '');
  for (const group of groups.filter((name) => !GROUP_NAME.test(name)))
    problems.push(`WHEREFORE_AUDIENCE: ${group} is no name of a group`);
  return groups;
}

function locationOf(uri: string, problems: string[]): IndexLocation {
  const [, scheme] = /^([a-z0-9+]+):\/\//i.exec(uri) ?? [];
  if (scheme !== undefined && !/^(?:s3|gs|az)$/i.test(scheme))
    problems.push(`WHEREFORE_INDEX: ${scheme}:// is no store that is known (a folder, s3://, gs:// or az://)`);
  return { uri };
}

function embeddingsOf(given: z.infer<typeof GIVEN>, problems: string[]): EmbeddingSettings | null {
  const { WHEREFORE_EMBEDDINGS_URL: url, WHEREFORE_EMBEDDINGS_MODEL: model } = given;
  if (url === undefined) {
    for (const name of ['MODEL', 'KEY', 'DIMENSION'] as const)
      if (given[`WHEREFORE_EMBEDDINGS_${name}`] !== undefined)
        problems.push(`WHEREFORE_EMBEDDINGS_${name}: WHEREFORE_EMBEDDINGS_URL is not set`);
    return null;
  }
  if (model === undefined) problems.push('WHEREFORE_EMBEDDINGS_MODEL: the server wants to be told a model');
  return {
    url: url.replace(/\/+$/, ''),
    model: model ?? '',
    apiKey: given.WHEREFORE_EMBEDDINGS_KEY ?? null,
    dimension: given.WHEREFORE_EMBEDDINGS_DIMENSION ?? null,
  };
}
