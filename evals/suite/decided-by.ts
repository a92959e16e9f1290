/** Scorers that decide whether an answer is right, named before any run: each that speaks of a trial has to give 1. */
export const DECIDED_BY: readonly string[] = ['cause', 'forbidden-cause', 'wrong-confirmed'];
