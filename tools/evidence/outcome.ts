import type { Bilingual } from '../../knowledge/bilingual.ts';

/**
 * What came of looking: `ok` with what was found; `no_data`: looked and found nothing (where, which window); `failed`:
 * could not look (why, and whether it is worth trying again). Never thrown, always told in the answer.
 */
export type Outcome<T> =
  | { outcome: 'ok'; value: T; notes: Bilingual[] }
  | { outcome: 'no_data'; looked: Bilingual }
  | { outcome: 'failed'; why: Bilingual; retryable: boolean };
