import { registerAssistantPane } from './assistant-pane.ts';
import { registerButtons } from './buttons.ts';
import { registerForms } from './forms.ts';
import type { Register } from './listener-means.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerWhyCommand } from './why-command.ts';

const ALL: readonly Register[] = [
  registerWhyCommand,
  registerButtons,
  registerForms,
  registerShortcuts,
  registerAssistantPane,
];

/** Puts every listener into Bolt's app. */
export const registerListeners: Register = (app, means) => {
  for (const register of ALL) register(app, means);
};
