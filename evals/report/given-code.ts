import type { ScoredTrial } from './suite-result.ts';

/** What was answered first, as one name: a code, or in brackets why there is none. */
export function givenCode({ trial }: ScoredTrial): string {
  if (trial.status !== 'ran') return trial.status === 'crashed' ? '(crashed)' : '(not run)';
  if (trial.diagnosis?.outcome === 'refused') return '(refused)';
  return trial.diagnosis?.rootCauses[0]?.code ?? '(none)';
}

/** What was expected, as one name: several causes are joined. */
export function expectedCode({ expected }: ScoredTrial): string {
  return expected.behaviour === 'refuse' ? '(refused)' : expected.causes.join(' + ');
}

/** The first code is a true one, or as good; whether the whole answer is right is another question. */
export function isFirstTrue(scored: ScoredTrial): boolean {
  const { causes, alsoRight, behaviour } = scored.expected;
  const given = givenCode(scored);
  return behaviour === 'refuse' ? given === '(refused)' : [...causes, ...alsoRight].some((code) => code === given);
}

/** The group of a code: `kernel` of `kernel.memcg_oom`; of several the first one's; a name in brackets is its own. */
export function groupOf(code: string): string {
  return code.startsWith('(') ? code : (/^\w+/.exec(code)?.[0] ?? code);
}
