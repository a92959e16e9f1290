/**
 * What a name of a group may be, wherever one is written: in front matter, in settings, in a question's filter. One form for all of
 * them, so that no document is kept for a group that nobody can name.
 */
export const GROUP_NAME = /^[\p{L}\p{N}_.@/-]{1,64}$/u;
