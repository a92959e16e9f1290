import type { HttpAnswer } from './platform.ts';

/** A stretch in which a service was asked and did not answer, between answers before and after. */
export interface AskedInVain {
  /** Nobody listens at the address; false: the process took the connection and said nothing. */
  refused: boolean;
  /** Last answer before it; null when there was none. */
  answeredAt: number | null;
  from: number;
  /** First answer behind it; null when it never answered again. */
  until: number | null;
  /** The first failed requests, at most three; their bodies are the errors' texts. */
  failed: readonly HttpAnswer[];
}

/**
 * Stretches in which a service was asked in vain, from every answer it gave (status 0: the request itself failed). A server
 * that says 500 is alive. Requests that a service never answers while it answers others are switched off and count for nothing.
 */
export function silencesOf(answers: readonly HttpAnswer[]): AskedInVain[] {
  const endless = new Set(neverAnswered(answers));
  const asked = answers.filter(({ request }) => !endless.has(request)).toSorted((a, b) => a.at - b.at);
  const silences: (AskedInVain & { failed: HttpAnswer[] })[] = [];
  let answeredAt: number | null = null;
  let open: (AskedInVain & { failed: HttpAnswer[] }) | null = null;
  for (const answer of asked) {
    if (answer.status !== 0) {
      if (open) open.until = answer.at;
      open = null;
      answeredAt = answer.at;
      continue;
    }
    if (!open) {
      open = { refused: isRefused(answer), answeredAt, from: answer.at, until: null, failed: [] };
      silences.push(open);
    }
    open.refused &&= isRefused(answer);
    if (open.failed.length < 3) open.failed.push(answer);
  }
  return silences;
}

/** Requests that this service never answers while it answers others at the same time: an endpoint that is switched off. */
function neverAnswered(answers: readonly HttpAnswer[]): string[] {
  const alive = answers.some(({ status }) => status !== 0);
  if (!alive) return [];
  const requests = [...new Set(answers.map(({ request }) => request))];
  return requests.filter((request) => {
    const own = answers.filter((answer) => answer.request === request);
    const others = answers.filter(
      ({ at, status }) => status !== 0 && own.some((one) => Math.abs(one.at - at) < SAME_ROUND_MS),
    );
    return own.every(({ status }) => status === 0) && others.length > 0;
  });
}

function isRefused({ body }: HttpAnswer): boolean {
  return /refused|ECONNREFUSED|拒绝/i.test(body);
}

/** Requests of one round of questions lie this close. */
export const SAME_ROUND_MS = 5_000;
