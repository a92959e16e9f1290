import { toldCard } from '../../../render/slack/told-card.ts';
import type { ActionHandler } from './action-handler.ts';
import { diagnosisMeant } from './show-evidence.ts';

/** Hangs the page of a case into its thread as a file; where not everybody may see it, into the direct conversation. */
export const attachPage: ActionHandler = async ({ claimed, action, kept, opened, language }, desk, signal) => {
  const { incoming } = claimed;
  const diagnosis = opened === null ? null : diagnosisMeant(opened, action.diagnosis, language);
  if (kept === null || opened === null || diagnosis === null) {
    const card = toldCard({ reason: { kind: 'no_case' }, language });
    return await desk.outlet.whisper(`told/${incoming.key}`, incoming.place, incoming.user, card, signal);
  }
  const page = await desk.pageOf(opened, diagnosis);
  const venue = await desk.rights.venue(incoming.place, incoming.user, kept.about);
  const place =
    venue === 'thread' ? incoming.place : await desk.outlet.directPlace(incoming.place.team, incoming.user, signal);
  await desk.outlet.attach(`page/${diagnosis.id}`, place, page, signal);
};
