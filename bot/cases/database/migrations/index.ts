import { INBOX } from './001-inbox.ts';
import { POSTS } from './002-posts.ts';
import { KEPT_CASES } from './003-kept-cases.ts';
import { HAND_OFFS } from './010-hand-offs.ts';
import { UNTOLD } from './020-untold.ts';
import type { Migration } from './migration.ts';

/** All migrations, in the order in which they are applied. */
export const MIGRATIONS: readonly Migration[] = [INBOX, POSTS, KEPT_CASES, HAND_OFFS, UNTOLD];
