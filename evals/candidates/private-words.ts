import { maskWhole } from '../../bot/capture/mask-text.ts';
import { MASK } from '../../tools/evidence/mask-secrets.ts';

/** What was taken out of a candidate, by kind. */
export interface TakenOut {
  secrets: number;
  emails: number;
  /** Ids of Slack: people, channels, workspaces. */
  slackIds: number;
  people: number;
}

/** Takes out what is nobody else's business, and counts it. Lines stay in their places. */
export interface PrivateWords {
  /** A text with its secrets masked and people taken out. */
  clean(text: string): string;
  /** A name of a file: people alone, so that it stays the name that other files know. */
  cleanName(name: string): string;
  takenOut(): TakenOut;
}

const SOMEBODY = 'somebody';
const EMAIL = 'someone@example.com';
const MAILTO = /<mailto:[^>|\s]{1,200}(?:\|[^>\n]{0,200})?>/g;
const MENTION = /<(?:@[UW][A-Z0-9]{2,20}|#[CG][A-Z0-9]{2,20}|!subteam\^S[A-Z0-9]{2,20})(?:\|([^>\n]{0,100}))?>/g;
/** A link into a workspace: it names workspace, channel and message. */
const SLACK_LINK = /https?:\/\/[\w-]{1,80}\.slack\.com\/[^\s<>|"')\]]{0,300}/g;
/**
 * An address of a person, as it is or as a URL writes it. None: what stands before the host of a URL (`akka.tcp://flink@host:6123`), a hash
 * of Java (`Task@6d06d69c.run`), an answer of a capture (`apps@20261121T154808Z.json`).
 */
const ADDRESS =
  /(?<![\w.+@-])(?<!:\/\/)[A-Za-z0-9][\w.+-]{0,63}(?:@|%40)(?!\d{8}T\d{6}Z|[0-9a-f]{5,8}[.\s])[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,24}(?![\w@])(?!:\d)/g;
/** A service of Kerberos, which stands behind its kind: `nn/host.example.org@EXAMPLE.ORG`. */
const REALM = /(?:@|%40)[A-Z0-9.-]+$/;
/** As Slack has given them out for years: a letter for the kind, a zero, upper case and figures. */
const SLACK_ID = /(?<![\w./-])[UWTCDGBS]0(?=[A-Z0-9]{0,11}[A-Z])[A-Z0-9]{7,11}(?![\w.-])/g;

/** Names of people that words tell by themselves: labels of mentions, and what stands before the `@` where it is first and last name. */
export function namesIn(text: string): string[] {
  const labels = [...text.matchAll(/<@[UW][A-Z0-9]{2,20}\|([^>\n]{3,100})>/g)].map(([, label]) => label ?? '');
  const addresses = [...text.matchAll(ADDRESS)].map(([address]) => address.split(/@|%40/)[0] ?? '');
  return [...new Set([...labels, ...addresses.filter((name) => /^[A-Za-z]+\.[A-Za-z]+$/.test(name))])];
}

/**
 * @param people names and ids that are known to be people's; matched as whole words, in any case
 */
export function privateWords(people: readonly string[]): PrivateWords {
  const counts: TakenOut = { secrets: 0, emails: 0, slackIds: 0, people: 0 };
  const literally = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const known = people.filter((name) => name.trim().length >= 2).sort((a, b) => b.length - a.length);
  const names =
    known.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}_])(?:${known.map(literally).join('|')})(?![\\p{L}\\p{N}_])`, 'giu');
  const counted = (kind: keyof TakenOut, by: string) => () => {
    counts[kind] += 1;
    return by;
  };
  const withoutPeople = (text: string) => {
    const written = text
      .replace(MAILTO, counted('emails', EMAIL))
      .replace(MENTION, counted('slackIds', SOMEBODY))
      .replace(SLACK_LINK, counted('slackIds', 'a link'))
      .replace(ADDRESS, (address, at: number, whole: string) => {
        if (address === EMAIL || (whole[at - 1] === '/' && REALM.test(address))) return address;
        counts.emails += 1;
        return EMAIL;
      })
      .replace(SLACK_ID, counted('slackIds', SOMEBODY));
    return names ? written.replace(names, counted('people', SOMEBODY)) : written;
  };
  return {
    clean(text) {
      const masked = maskWhole(text);
      counts.secrets += masked === text ? 0 : masked.split(MASK).length - text.split(MASK).length;
      return withoutPeople(masked);
    },
    cleanName: withoutPeople,
    takenOut: () => ({ ...counts }),
  };
}
