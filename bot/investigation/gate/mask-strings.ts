import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';

/** A copy in which every string has its secrets masked: statements quote what was read, and the asker may paste a password. */
export function maskStrings<Value>(value: Value): Value {
  return masked(value) as Value;
}

function masked(value: unknown): unknown {
  if (typeof value === 'string') return maskSecrets(value);
  if (Array.isArray(value)) return value.map(masked);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner)]));
}
