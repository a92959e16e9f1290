import { notHelpfulForm, resolveForm } from '../../render/slack/forms.ts';
import { readPress } from '../intake/read-button.ts';
import { languageFor, type Register, tried } from './listener-means.ts';

/** Buttons that open a form; the others are done with when they are in the inbox. */
const FORMS = { not_helpful: notHelpfulForm, resolve: resolveForm } as const;

/** Buttons of all kinds, links too, want to be acknowledged; a form has to be opened within three seconds of the press. */
export const registerButtons: Register = (app, means) => {
  app.action(/^/, async ({ ack, body, client }) => {
    await ack();
    const press = readPress(body, { ...means.context, nowMs: Date.now() });
    const { name } = press?.action ?? {};
    if (press?.action == null || (name !== 'not_helpful' && name !== 'resolve') || !('trigger_id' in body)) return;
    const { action, place } = press;
    const { caseId, diagnosis, messageTs } = action;
    const said = 'message' in body && typeof body.message?.text === 'string' ? [body.message.text] : [];
    const view = FORMS[name]({ about: { caseId, diagnosis, messageTs, ...place }, language: languageFor(means, said) });
    await tried(`the form of ${name}`, means, () => client.views.open({ trigger_id: body.trigger_id, view }));
  });
};
