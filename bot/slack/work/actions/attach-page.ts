import { pageCard } from '../../../render/slack/page-card.ts';
import { toldCard } from '../../../render/slack/told-card.ts';
import type { ActionHandler } from './action-handler.ts';
import { diagnosisMeant } from './show-evidence.ts';

/**
 * The page of a case. Where pages are served, an address of its own for whoever pressed, which soon ends; else as a file in the thread,
 * or where not everybody there may see it, in the direct conversation.
 */
export const attachPage: ActionHandler = async ({ claimed, action, kept, opened, language }, desk, signal) => {
  const { incoming } = claimed;
  const { key, place, user } = incoming;
  const diagnosis = opened === null ? null : diagnosisMeant(opened, action.diagnosis, language);
  if (kept === null || diagnosis === null) {
    const card = toldCard({ reason: { kind: 'no_case' }, language });
    return await desk.outlet.whisper(`told/${key}`, place, user, card, signal);
  }
  if (desk.pages !== null) {
    const card = pageCard({ url: desk.pages.addressOf(kept.id, diagnosis.id), language });
    return await desk.outlet.whisper(`page/${key}`, place, user, card, signal);
  }
  const said = await desk.cases.feedback(kept.id);
  const feedback = said.map(({ helpful, reason }) => ({ helpful, reason }));
  const page = await desk.pool.page({ kept: kept.text, diagnosis: diagnosis.id, language, feedback }, signal);
  const venue = await desk.rights.venue(place, user, kept.about);
  const at = venue === 'thread' ? place : await desk.outlet.directPlace(place.team, user, signal);
  const name = `${diagnosis.id}.html`;
  const title = diagnosis.subject?.name ?? diagnosis.subject?.id ?? diagnosis.id;
  await desk.outlet.attach(
    `page/${diagnosis.id}/${venue}`,
    at,
    { name, title, alt: title, content: Buffer.from(page) },
    signal,
  );
};
