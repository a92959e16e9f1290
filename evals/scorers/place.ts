import type { Component } from '../../bot/investigation/diagnosis.ts';
import { rightCause } from './right-codes.ts';
import { scorerOf } from './scorer-of.ts';

/** Where the right cause sits: one of the components that the truth names, exact after normalising. */
export const PLACE = scorerOf({
  name: 'place',
  measures: '1: the right cause sits in a component that the truth names; 0: elsewhere, nowhere, or no right cause',
  expects: ({ components }) => components.length > 0,
  judge: ({ diagnosis, expected }) => {
    const cause = rightCause(diagnosis, expected);
    if (cause === undefined) return { value: 0, detail: 'no right cause is named' };
    const told = cause.component ?? cause.chain.at(-1)?.component ?? null;
    const isThere = told !== null && expected.components.some((one) => isSame(one, told));
    const wanted = expected.components.map(({ kind, id }) => `${kind} ${id}`).join(' or ');
    return {
      value: isThere ? 1 : 0,
      detail: `${told ? `${told.kind} ${told.id}` : 'no component'}, and it is ${wanted}`,
    };
  },
});

function isSame(one: Component, other: Component): boolean {
  return one.kind === other.kind && plain(one.id) === plain(other.id);
}

/** Case, a domain behind a host and the epoch inside a container's id are spellings of one thing. */
function plain(id: string): string {
  return id
    .trim()
    .toLowerCase()
    .replace(/^container_e\d{1,6}_/, 'container_')
    .replace(/^([a-z][\w-]*?\d*)(?:\.[a-z][\w-]*){1,6}$/, '$1');
}
