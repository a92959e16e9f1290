/** What is taken out before text leaves the house. */
export type PlaceholderKind = 'app' | 'user' | 'host' | 'path' | 'sql' | 'message';

const TOKEN = /‹(?:app|user|host|path|sql|message):\d{1,4}›/g;
const SHORTEST = 3;

/** A path: with a scheme or from the root two parts at least, else three. Linear: no class repeats inside another. */
const PATH =
  /(?<![\w‹:/.])(?:[a-z][a-z0-9]{1,9}:\/{1,3}|\/)[\w.@%=~:-]{1,120}\/[\w.@%=~/:-]{1,400}|(?<![\w‹:/.])[A-Za-z][\w.-]{0,80}\/[\w.@=-]{1,120}\/[\w.@%=~/:-]{1,400}/g;
/** The message behind an exception's class. */
const MESSAGE = /\b([\w.$]{1,200}(?:Exception|Error|Failure|Interrupt)): {0,2}([^‹\n]{1,2000})/g;
/** Messages that the runtime itself writes: they tell the mechanism and nothing of the user. */
const RUNTIME = /(?:^|[.$])(?:OutOfMemoryError|StackOverflowError|MemoryError)$/;
const SQL = /\b(?:select|insert|where|from|join|values)\b/i;
const SQL_LITERAL = /'[^'\n]{1,300}'/g;

/**
 * Names that users choose, replaced by typed words (`‹app:1›`) on the way out and put back by code on the way in. One object for one
 * request: the same name is the same word throughout.
 */
export class Placeholders {
  readonly #byValue = new Map<string, string>();
  readonly #byToken = new Map<string, string>();
  readonly #counts = new Map<PlaceholderKind, number>();
  readonly #active: boolean;

  /** @param active false: text goes out as it is. */
  constructor(active: boolean, known: readonly { kind: PlaceholderKind; value: string }[] = []) {
    this.#active = active;
    for (const { kind, value } of [...known].sort((a, b) => b.value.length - a.value.length)) {
      if (value.length >= SHORTEST) this.#tokenOf(kind, value);
    }
  }

  hide(text: string): string {
    if (!this.#active) return text;
    let hidden = text.replace(MESSAGE, (whole, type: string, message: string) =>
      RUNTIME.test(type) ? whole : `${type}: ${this.#tokenOf('message', message)}`,
    );
    if (SQL.test(hidden)) hidden = hidden.replace(SQL_LITERAL, (literal) => this.#tokenOf('sql', literal));
    for (const [value, token] of this.#byValue) {
      if (!/^‹(?:app|user|host)/.test(token)) continue;
      if (hidden.includes(value)) hidden = hidden.replaceAll(value, token);
    }
    return hidden.replace(PATH, (found) => (found.includes('‹') ? found : this.#tokenOf('path', found)));
  }

  /** Puts the names back; a word that was never given out stays, for the gate to refuse. */
  restore(text: string): string {
    return this.#active ? text.replace(TOKEN, (token) => this.#byToken.get(token) ?? token) : text;
  }

  /** Words of this kind that were never given out. */
  unknownIn(text: string): string[] {
    return (text.match(TOKEN) ?? []).filter((token) => !this.#byToken.has(token));
  }

  #tokenOf(kind: PlaceholderKind, value: string): string {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const token = `‹${kind}:${count}›`;
    this.#byValue.set(value, token);
    this.#byToken.set(token, value);
    return token;
  }
}
