import { z } from 'zod';
import type { Place } from '../../cases/place.ts';
import { readSubject } from './action-ids.ts';
import { SLACK_ID, SLACK_TS } from './slack-ids.ts';

/** What a form is about; it travels through Slack in the view's `private_metadata` (at most 3,000 characters there). */
export interface FormSubject {
  caseId: string | null;
  diagnosis: string | null;
  /** Where the button stands that opened it. */
  place: Place;
}

const WRITTEN = z.object({
  about: z.string().max(200),
  channel: SLACK_ID,
  threadTs: SLACK_TS.nullable(),
});

/** The `private_metadata` of a form. */
export function writeFormSubject({ caseId, diagnosis, place }: FormSubject): string {
  return JSON.stringify({
    about: `${caseId ?? '-'} ${diagnosis ?? '-'}`,
    channel: place.channel,
    threadTs: place.threadTs,
  });
}

/** What `writeFormSubject` wrote, in the bot's workspace; null: something else. */
export function readFormSubject(metadata: string, team: string): FormSubject | null {
  let given: unknown;
  try {
    given = JSON.parse(metadata);
  } catch {
    return null;
  }
  const { data } = WRITTEN.safeParse(given);
  const subject = data === undefined ? null : readSubject(data.about);
  if (data === undefined || subject === null) return null;
  return { ...subject, place: { team, channel: data.channel, threadTs: data.threadTs } };
}
