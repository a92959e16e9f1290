import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isMap, isScalar, type Pair, parseDocument } from 'yaml';
import { BaselineError } from './baseline.ts';

/** Makes a scenario `always` right: `gate` in its file, and the reason why it was not goes. @throws BaselineError when it is not `usually` */
export function promoteScenario(folder: string): void {
  const file = path.join(folder, 'scenario.yaml');
  writeFileSync(file, promotedText(readFileSync(file, 'utf8'), path.basename(folder)));
}

/** The text of a scenario's file after it; every other byte stays. */
export function promotedText(text: string, name: string): string {
  const { contents } = parseDocument(text, { keepSourceTokens: true });
  const pairs = isMap(contents) ? contents.items : [];
  const gate = rangeOf(pairs.find((pair) => keyOf(pair) === 'gate'));
  if (gate === null || text.slice(gate.value, gate.valueEnd) !== 'usually') {
    throw new BaselineError(`${name}: its gate is not \`usually\``);
  }
  const because = rangeOf(pairs.find((pair) => keyOf(pair) === 'gateBecause'));
  const edits = [
    { from: gate.value, to: gate.valueEnd, by: 'always' },
    ...(because === null ? [] : [{ from: because.key, to: because.end, by: '' }]),
  ];
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((edited, { from, to, by }) => edited.slice(0, from) + by + edited.slice(to), text);
}

const keyOf = ({ key }: Pair<unknown, unknown>) => (isScalar(key) ? key.value : null);

/** Where a pair stands in the text: its key, its value, and behind all that belongs to it. */
function rangeOf(
  pair: Pair<unknown, unknown> | undefined,
): { key: number; value: number; valueEnd: number; end: number } | null {
  if (!pair || !isScalar(pair.key) || !isScalar(pair.value)) return null;
  const [key, value] = [pair.key.range, pair.value.range];
  return key && value ? { key: key[0], value: value[0], valueEnd: value[1], end: value[2] } : null;
}
