import { runCommandLine } from './run-command-line.ts';

// Whoever reads the answer may stop reading (`| head -1`): that is no error of anybody.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && stream === process.stdout)
      process.stderr.write(`wherefore: the answer cannot be written (${error.code ?? 'unknown error'})\n`);
    process.exit(error.code === 'EPIPE' ? 0 : 1);
  });
}
const stopping = new AbortController();
let stopsInOrder = false;
// Ends through `exit`, where temporary files are removed; a server ends by itself, and at once on the second signal.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (!stopsInOrder || stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });

process.exitCode = await runCommandLine(process.argv.slice(2), {
  environment: process.env,
  write: (text) => process.stdout.write(text),
  writeError: (text) => process.stderr.write(text),
  input: process.stdin,
  inputIsTerminal: process.stdin.isTTY === true,
  isTerminal: process.stdout.isTTY === true,
  columns: process.stdout.columns ?? 80,
  loadEnvironmentFile: true,
  childStreams: 'inherit',
  ...(process.stderr.isTTY === true ? { progressTo: process.stderr } : {}),
  stop: stopping.signal,
  willStop: () => {
    stopsInOrder = true;
  },
});
