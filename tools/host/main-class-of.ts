/** Options of `java` whose value is the next argument (JDK 8 to 21, `java -help`). */
const WITH_VALUE = new Set([
  ...['-cp', '-classpath', '--class-path', '-p', '--module-path'],
  ...['--add-modules', '--add-opens', '--add-exports', '--add-reads'],
]);

/** Arguments looked at: class paths are one argument, options of big daemons are some dozens. */
const MAX_ARGUMENTS = 500;

/**
 * The class that a JVM runs, by `/proc/<pid>/cmdline` (arguments ended by NUL; by blanks where a collector has masked
 * secrets in it): the first argument behind the options, or the file name of the jar behind `-jar`. Null for other programs, and
 * where the text ends before it.
 */
export function mainClassOf(commandLine: string): string | null {
  const [program, ...words] = commandLine.split(commandLine.includes('\0') ? '\0' : /\s/, MAX_ARGUMENTS);
  if (!/(?:^|\/)java$/.test(program ?? '')) return null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '-jar') return named(words[at + 1]?.split('/').at(-1));
    if (WITH_VALUE.has(word)) at += 1;
    else if (!word.startsWith('-') && !word.startsWith('@')) return named(word);
  }
  return null;
}

function named(word: string | undefined): string | null {
  return word !== undefined && /^[\w.$/-]{1,200}$/.test(word) ? word : null;
}
