/** Something that the person who starts the lab must know or do; told in one sentence, without a stack. */
export class LabError extends Error {}
