import type { Register } from './listener-means.ts';

/** Forms that were sent close when they are acknowledged; what was typed is in the inbox. */
export const registerForms: Register = (app) => {
  app.view(/^/, async ({ ack }) => {
    await ack();
  });
};
