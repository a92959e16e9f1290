/**
 * The strings by which an error or exception shows itself in any of the layouts `parsePrefix` knows, beside the level words that
 * `LevelFinder` looks for.
 */
export const LEVEL_TRIGGERS: readonly string[] = [
  'CRITICAL',
  'SEVERE',
  '[warning]',
  'level":"error',
  'level":"warn',
  'level": "error',
  'level": "warn',
  'level=error',
  'level=warn',
  'Exception',
  'OutOfMemoryError',
  'Error: ',
  'Caused by: ',
  'Traceback (most recent call last)',
  'A fatal error has been detected',
  'insufficient memory',
  'VM warning',
  'Could not create the Java Virtual Machine',
];
