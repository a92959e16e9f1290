import type { SparkRun } from '../../../tools/spark/facts.ts';

/** The program a run ran and what it was told, as far as the driver's command line says. */
interface JobCommand {
  /** Script or jar as written, `null` when the line does not tell (shells, servers). */
  program: string | null;
  /** `--class`, when given. */
  mainClass: string | null;
  /** The program's own arguments. */
  arguments: readonly string[];
}

/** Options of spark-submit that take no value (SparkSubmitOptionParser, 1.x to 4.0); every other one takes the next word. */
const SWITCHES = new Set(['--verbose', '-v', '--supervise', '--usage-error', '--version', '--help', '-h']);
const MAX_WORDS = 5_000;

/**
 * Reads `sun.java.command` of the driver: `SparkSubmit … program arguments` for client mode and Kubernetes, and
 * `ApplicationMaster --class … --jar … --arg …` for YARN's cluster mode (a Python program comes as PythonRunner's
 * `--primary-py-file`). Values of `--conf` may hold spaces; words that cannot be options or programs are skipped.
 */
export function jobCommand(run: SparkRun): JobCommand {
  const line = run.environment.system['sun.java.command'] ?? '';
  const words = line.split(/\s+/, MAX_WORDS).filter((word) => word !== '');
  if (/ApplicationMaster$/.test(words[0] ?? '')) return amCommand(words.slice(1));
  if (/SparkSubmit$/.test(words[0] ?? '')) return submitCommand(words.slice(1));
  return { program: words[0] ?? null, mainClass: words[0] ?? null, arguments: words.slice(1) };
}

function amCommand(words: readonly string[]): JobCommand {
  const args: string[] = [];
  let program: string | null = null;
  let mainClass: string | null = null;
  for (let i = 0; i < words.length - 1; i++) {
    const value = words[i + 1] ?? '';
    if (words[i] === '--class') mainClass = value;
    else if (words[i] === '--primary-py-file' || words[i] === '--primary-r-file') program = value;
    else if (words[i] === '--jar') program ??= value;
    else if (words[i] === '--arg') args.push(value);
    else continue;
    i++;
  }
  return { program, mainClass, arguments: args };
}

function submitCommand(words: readonly string[]): JobCommand {
  let mainClass: string | null = null;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word.startsWith('-')) {
      if (word === '--class') mainClass = words[i + 1] ?? null;
      const takesValue = word.startsWith('--') && !SWITCHES.has(word) && !word.includes('=');
      if (takesValue) i++;
      continue;
    }
    if (isProgram(word)) return { program: word, mainClass, arguments: words.slice(i + 1) };
  }
  return { program: null, mainClass, arguments: [] };
}

/** A file that can be run, or the shells' own names. A word of a `--conf` value with spaces is none of these. */
function isProgram(word: string): boolean {
  return (
    /\.(?:py|jar|R|r|zip|egg|sql)$/.test(word) ||
    /^(?:spark-internal|pyspark-shell|sparkr-shell|spark-shell)$/.test(word)
  );
}
