import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Expected } from '../scenario/scenario.ts';
import { filesOf } from './hide-machine.ts';
import { LabError } from './lab-error.ts';
import type { LinkPlan, ScenarioPlan } from './lab-incident.ts';

/** Ranges of lines that are kept of one file, and files of one link: enough that whatever is cited of many alike is among them. */
const MAX_RANGES = 12;
const MAX_FILES = 8;

type GoldLink = Expected['evidence'][number];

/**
 * Finds the lines that prove each link in a capture, packed or not, and gives them as `scenario.yaml` names them.
 *
 * @throws LabError naming every link that is not found
 */
export function findGold(capture: string, links: readonly LinkPlan[]): GoldLink[] {
  const names = filesOf(capture).map((name) => name.replace(/\.gz$/, ''));
  const found = links.map((plan) => ({ link: plan.link, places: placesOf(capture, names, plan) }));
  const missing = found.filter(({ places }) => places.length === 0).map(({ link }) => link);
  if (missing.length > 0) throw new LabError(`not found in what was recorded: ${missing.join('; ')}`);
  return found;
}

/** Components by ids that only the recording knows, each once: what the first group of every line that matches says. */
export function findComponents(capture: string, wanted: NonNullable<ScenarioPlan['found']>): Expected['components'] {
  const names = filesOf(capture).map((name) => name.replace(/\.gz$/, ''));
  return wanted.flatMap(({ kind, source, line }) => {
    const lines = names.filter((name) => source.test(name)).flatMap((name) => textOf(capture, name).split('\n'));
    const ids = new Set(lines.flatMap((text) => line.exec(text)?.[1] ?? []));
    return [...ids].sort().map((id) => ({ kind, id }));
  });
}

function placesOf(capture: string, names: readonly string[], { places }: LinkPlan): GoldLink['places'] {
  return places.flatMap(({ source, line }) => {
    const files = names.filter((name) => source.test(name) && name !== 'http/index.tsv');
    const ranges = files.map((name) => ({ name, ranges: rangesOf(textOf(capture, name), line) }));
    return ranges
      .filter((one) => one.ranges.length > 0)
      .slice(0, MAX_FILES)
      .flatMap((one) => one.ranges.map((lines) => ({ source: one.name, lines })));
  });
}

/** Lines that match, neighbours as one range, counted from 1. */
function rangesOf(content: string, line: RegExp): [number, number][] {
  const ranges: [number, number][] = [];
  for (const [at, text] of content.split('\n').entries()) {
    if (!line.test(text)) continue;
    const last = ranges.at(-1);
    if (last && last[1] === at) last[1] = at + 1;
    else if (ranges.length < MAX_RANGES) ranges.push([at + 1, at + 1]);
  }
  return ranges;
}

function textOf(capture: string, name: string): string {
  const file = path.join(capture, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : gunzipSync(readFileSync(`${file}.gz`)).toString('utf8');
}
