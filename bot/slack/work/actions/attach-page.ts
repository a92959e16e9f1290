import { pageCard } from '../../../render/slack/page-card.ts';
import { toldCard } from '../../../render/slack/told-card.ts';
import { sayAlone } from '../say-alone.ts';
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
    return await sayAlone(desk, { key: `told/${key}`, place, user }, card, signal);
  }
  if (desk.pages !== null) {
    const card = pageCard({
      url: desk.pages.addressOf({ caseId: kept.id, diagnosis: diagnosis.id, user: `${place.team} ${user}` }),
      language,
    });
    return await sayAlone(desk, { key: `page/${key}`, place, user }, card, signal);
  }
  const turns = opened?.thread.turns.length ?? 0;
  const said = await desk.cases.feedback(kept.id);
  const feedback = said.map(({ helpful, reason }) => ({ helpful, reason }));
  const page = await desk.pool.page({ kept: kept.text, diagnosis: diagnosis.id, language, feedback }, signal);
  const venue = await desk.rights.venue(place, user, kept.about);
  const at = venue === 'thread' ? place : await desk.outlet.directPlace(place.team, user, signal);
  // Asked again after the case went on, it is another page; each place has its own.
  const name = `${diagnosis.id}${turns > 1 ? `-${turns}` : ''}.html`;
  const title = diagnosis.subject?.name ?? diagnosis.subject?.id ?? diagnosis.id;
  await desk.outlet.attach(
    `page/${diagnosis.id}/${turns}/${at.channel}/${at.threadTs ?? ''}`,
    at,
    { name, title, alt: title, content: Buffer.from(page) },
    signal,
  );
};
