import { maskSecrets } from '../../../tools/evidence/mask-secrets.ts';

/** Longer messages are cut: a log of this length belongs into a file. */
const MAX_CHARACTERS = 1 << 20;
const TOKEN = /<([@#!]|https?:\/\/|mailto:|tel:)([^<>|]{0,4000})(?:\|([^<>]{0,4000}))?>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

/**
 * What a person wrote, from Slack's escapes: links as their addresses, the mention of the bot taken out, other people as `@user`, `&lt;`
 * and the like undone, secrets masked. What looks like a mention afterwards was typed so and is text.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function plainText(escaped: string, botUserId: string): string {
  const told = escaped
    .slice(0, MAX_CHARACTERS)
    .replace(TOKEN, (_whole, kind: string, rest: string, label: string | undefined) =>
      spoken(kind.toLowerCase(), rest, label, botUserId),
    )
    .replace(/&(amp|lt|gt);/g, (whole, name: string) => ENTITIES[name] ?? whole);
  return maskSecrets(told).trim();
}

function spoken(kind: string, rest: string, label: string | undefined, botUserId: string): string {
  if (kind === '@') return rest === botUserId ? '' : '@user';
  if (kind === '#') return `#${label ?? rest}`;
  if (kind === '!') return special(rest, label);
  if (kind === 'mailto:' || kind === 'tel:') return label ?? rest;
  // Slack makes a link of whatever looks like a host: `report.py` was typed, not `http://report.py`.
  return label !== undefined && kind === 'http://' && rest.replace(/\/$/, '') === label ? label : `${kind}${rest}`;
}

function special(rest: string, label: string | undefined): string {
  if (/^(?:here|channel|everyone)$/.test(rest)) return `@${rest}`;
  if (rest.startsWith('subteam^')) return '@group';
  return label ?? '';
}
