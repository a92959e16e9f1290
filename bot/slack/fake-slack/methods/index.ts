import { ASSISTANT_METHODS } from './assistant.ts';
import { AUTH_METHODS } from './auth.ts';
import { CHAT_METHODS } from './chat.ts';
import { CONVERSATION_METHODS } from './conversations.ts';
import { FILE_METHODS } from './files.ts';
import type { Method } from './method.ts';
import { REACTION_METHODS } from './reactions.ts';
import { STREAM_METHODS } from './streams.ts';
import { USER_METHODS } from './users.ts';
import { VIEW_METHODS } from './views.ts';

/** Every method of the Web API that the double knows; others answer `unknown_method`. */
export const METHODS: readonly Method[] = [
  ...AUTH_METHODS,
  ...CHAT_METHODS,
  ...STREAM_METHODS,
  ...CONVERSATION_METHODS,
  ...USER_METHODS,
  ...VIEW_METHODS,
  ...FILE_METHODS,
  ...ASSISTANT_METHODS,
  ...REACTION_METHODS,
];
