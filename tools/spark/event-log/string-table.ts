/** Strings that repeat on every task (executors, hosts, localities), each kept once. */
export interface StringTable {
  index(text: string): number;
  readonly texts: readonly string[];
}

export function stringTable(): StringTable {
  const positions = new Map<string, number>();
  const texts: string[] = [];
  return {
    texts,
    index(text) {
      const known = positions.get(text);
      if (known !== undefined) return known;
      positions.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
  };
}
