import { citedLines } from './figures/cited-line.ts';
import { holdFigures, nearGrounds } from './figures/held-figures.ts';
import { heldWords } from './figures/held-words.ts';
import { spokenParts } from './figures/spoken-parts.ts';
import { spokenTexts } from './figures/spoken-texts.ts';
import { scorerOf } from './scorer-of.ts';
import { openSources } from './sources/open-sources.ts';

/**
 * Hard gate: every number, time, id, host, path and setting key in what a person reads stands in a cited or opened source, in the question or the catalogue, or
 * follows from such by arithmetic that is done here anew. Nothing of the product's own checks is used.
 */
export const NUMBER_FIDELITY = scorerOf({
  name: 'number-fidelity',
  measures:
    'the share of numbers, times and names in the texts that stand somewhere or follow from what does; 1 or the gate is red',
  isHardGate: true,
  expects: () => true,
  judge: async ({ trial, diagnosis, truth }) => {
    const sources = openSources(truth.platform);
    const cited = await citedLines(diagnosis, sources);
    const spoken = spokenTexts(diagnosis).map(({ where, text }) => ({ where, text, parts: spokenParts(text) }));
    const words = [...new Set(spoken.flatMap(({ parts }) => parts.names))].filter((name) => name.length >= 6);
    const held = { trial, diagnosis, cited, words, sources };
    const near = nearGrounds(held);
    const holdFigure = holdFigures(held, near);
    const { hasName, hasClock } = heldWords(trial, diagnosis, cited, near, sources);
    const unknown: string[] = [];
    let all = 0;
    const hold = (isKnown: boolean, what: string, where: string) => {
      all += 1;
      if (!isKnown) unknown.push(`${what} (${where})`);
    };
    for (const { where, text, parts } of spoken) {
      for (const figure of parts.figures) {
        // "50 lines before the first ERROR": an instruction, no statement of fact.
        if (where === 'needed' && figure.measure === 'count') continue;
        hold((await holdFigure(figure, text, parts.figures)) !== null, figure.text, where);
      }
      for (const clock of parts.clocks) hold(await hasClock(clock), clock, where);
      for (const name of parts.names) {
        // Where a variable of the reader's own shell stands in a path, the path is theirs to fill in.
        if (where === 'needed' && name.startsWith('$')) continue;
        hold(await hasName(name), name, where);
      }
    }
    const value = all === 0 ? 1 : (all - unknown.length) / all;
    return {
      value,
      passed: unknown.length === 0,
      detail: `stands nowhere and follows from nothing: ${[...new Set(unknown)].slice(0, 8).join('; ')}`,
      figures: { held: all, unknown: unknown.length },
    };
  },
});
