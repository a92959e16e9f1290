import { Command } from 'commander';
import { CAUSE_CODES } from '../../knowledge/causes/cause-codes.ts';
import type { Passage, SearchResult } from '../../knowledge/retrieval/passage.ts';
import { AREAS } from '../../tools/evidence/area.ts';
import { lateKnowledge } from '../late-knowledge.ts';
import { visibleText } from '../render/visible-text.ts';
import { wrapText } from '../render/wrap-text.ts';
import { readSettings, type Settings } from '../settings.ts';
import type { TerminalIo } from './terminal-io.ts';
import { Unusable } from './unusable.ts';

interface SearchOptions {
  limit: string;
  code: string[];
  area: string[];
  audience: string[];
  forVersion: string[];
  json?: boolean;
}

const MAX_LIMIT = 50;
/** Lines of a passage that a terminal shows; the whole text stands behind its link and in `--json`. */
const SHOWN_LINES = 6;

/** `wherefore search "TEXT"`: what retrieval finds in the runbooks, and why. */
export function searchCommand(io: TerminalIo): Command {
  const collect = (value: string, all: string[]) => [...all, value];
  return new Command('search')
    .description('what the runbooks and the documents of the team say about a text')
    .argument('<text...>', 'what you are looking for, English or Chinese')
    .option('--limit <count>', 'passages at most', '5')
    .option('--code <code>', 'only about this root-cause code (repeatable)', collect, [])
    .option('--area <area>', 'only about this area (repeatable)', collect, [])
    .option('--audience <group>', 'a group you belong to (repeatable); everyone is always one', collect, [])
    .option(
      '--for-version <engine=version>',
      'only what was written for this version, as spark=3.5.1 (repeatable)',
      collect,
      [],
    )
    .option('--json', 'as JSON: an array of passages')
    .action(async (words: string[], options: SearchOptions) => {
      const unusable = new Unusable();
      const settings = await unusable.tried<Settings | null>(Promise.resolve(io.environment).then(readSettings), null);
      const query = queryOf(words, options, unusable);
      unusable.throwAll();
      if (settings === null) return;
      const knowledge = lateKnowledge(settings.knowledge);
      try {
        const audience = [...settings.knowledge.audience, ...options.audience];
        const result = await knowledge.search({ ...query, audience });
        if (options.json) io.write(`${JSON.stringify(result.passages.map(asJson), null, 2)}\n`);
        else io.write(spoken(result, io.columns));
        if (!options.json || result.notes.length > 0)
          for (const note of result.notes) io.writeError(`${visibleText(note)}\n`);
      } finally {
        knowledge.close();
      }
    });
}

function queryOf(words: readonly string[], options: SearchOptions, unusable: Unusable) {
  const text = words.join(' ').trim();
  if (text === '') unusable.add('unusable_input', 'the text to look for is empty');
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    unusable.add('unusable_flag', `--limit ${options.limit} is not a whole number from 1 to ${MAX_LIMIT}`);
  for (const code of options.code) {
    if (!CAUSE_CODES.some((known) => known === code))
      unusable.add('unusable_flag', `--code ${code} is no root-cause code ("wherefore causes" lists them)`);
  }
  for (const area of options.area) {
    if (!AREAS.some((known) => known === area))
      unusable.add('unusable_flag', `--area ${area} is not one of ${AREAS.join(', ')}`);
  }
  const versions: Record<string, string> = {};
  for (const given of options.forVersion) {
    const [, engine, version] = /^([a-z]+)=(\d[\w.]*)$/.exec(given) ?? [];
    if (engine && version) versions[engine] = version;
    else unusable.add('unusable_flag', `--for-version ${given} is not of the form spark=3.5.1`);
  }
  return { text, limit, codes: options.code, areas: options.area, versions };
}

/** The JSON of DESIGN §8, with what a citation also needs. */
function asJson({ chunk, score, foundBy, text, matched }: Passage) {
  const { runbook, section, heading, codes, audience, url, page, version } = chunk;
  return {
    runbook,
    section,
    codes,
    audience,
    score: Math.round(score * 1000) / 1000,
    foundBy,
    url,
    text,
    heading,
    ...(page > 0 ? { page } : {}),
    version,
    matched,
  };
}

function spoken({ passages, mode }: SearchResult, columns: number): string {
  const width = Math.min(columns, 100);
  if (passages.length === 0) return 'Nothing is written about this. / 没有相关的书面资料。\n';
  const how = mode === 'keywords' ? 'keyword search (no embeddings configured)' : 'keywords and embeddings';
  const blocks = passages.map(({ chunk, score, foundBy, matched, text }, at) => {
    const place = chunk.page > 0 ? `${chunk.url}, page ${chunk.page}` : chunk.url;
    const lines = text.split('\n').flatMap((line) => wrapText(visibleText(line), width - 4));
    const shown = lines.filter((line) => line.trim() !== '').slice(0, SHOWN_LINES);
    const matches = matched.length > 0 ? ` · ${matched.slice(0, 8).map(visibleText).join(', ')}` : '';
    return [
      `${at + 1}. ${visibleText(chunk.title.split('\n')[0] ?? '')} › ${visibleText(chunk.heading)}`,
      `   ${score.toFixed(2)} by ${foundBy.join(' and ')}${matches}`,
      `   ${visibleText(place)}`,
      ...shown.map((line) => `    ${line}`),
      ...(lines.length > SHOWN_LINES ? ['    …'] : []),
    ].join('\n');
  });
  return `${blocks.join('\n\n')}\n\n${how}\n`;
}
