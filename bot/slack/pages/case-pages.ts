import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Which page, and who was given its address. */
export interface PageAddress {
  caseId: string;
  diagnosis: string;
  /** Team and person (`T… U…`): what they may see is looked at when it is opened, too. */
  user: string;
}

/** Addresses of case pages that one person was given: signed, for one diagnosis, for a short time. */
export interface CasePages {
  /** The address of a page, from now on for ten minutes. */
  addressOf(page: PageAddress): string;
  /** What an address is for; null: it is not of ours, changed, or its time is over. */
  read(query: URLSearchParams): PageAddress | null;
}

/** Path of the pages, below the configured base address. */
export const CASE_PATH = '/case';
/** Whoever presses the button is looked at then; what they may see may change, so the address soon ends. */
const VALID_MS = 10 * 60_000;

/**
 * Makes and reads addresses of case pages.
 *
 * @param baseUrl where the pages are reached from outside
 * @param secret what all replicas share and nobody else has; the key of the addresses is derived from it
 */
export function casePages(baseUrl: string, secret: string, now: () => number = Date.now): CasePages {
  const key = createHmac('sha256', secret).update('wherefore case pages').digest();
  const sign = ({ caseId, diagnosis, user }: PageAddress, until: string, salt: string) =>
    createHmac('sha256', key).update([caseId, diagnosis, user, until, salt].join('\n')).digest('base64url');
  return {
    addressOf(page) {
      const until = String(now() + VALID_MS);
      const salt = randomBytes(9).toString('base64url');
      const query = new URLSearchParams({ case: page.caseId, inv: page.diagnosis, for: page.user, until, salt });
      query.set('sign', sign(page, until, salt));
      return `${baseUrl.replace(/\/+$/, '')}${CASE_PATH}?${query}`;
    },
    read(query) {
      const [caseId, diagnosis, user, until, salt, signed] = ['case', 'inv', 'for', 'until', 'salt', 'sign'].map(
        (name) => query.get(name) ?? '',
      ) as [string, string, string, string, string, string];
      const page = { caseId, diagnosis, user };
      if (!/^\d{1,15}$/.test(until) || Number(until) < now()) return null;
      const wanted = Buffer.from(sign(page, until, salt));
      const given = Buffer.from(signed);
      return wanted.length === given.length && timingSafeEqual(wanted, given) ? page : null;
    },
  };
}
