import { UnusablePathError } from '../../tools/platform/extra-files.ts';
import type { PlatformFile } from '../../tools/platform/platform.ts';
import { spoolStream } from '../../tools/platform/spool-stream.ts';
import type { TerminalIo } from './terminal-io.ts';

/**
 * Standard input as an attachment (`attach:N`), spooled to a temporary file.
 *
 * @throws UnusablePathError when it holds more than a paste ever does
 */
export async function standardInputFile(io: TerminalIo, number: number): Promise<PlatformFile> {
  if (io.inputIsTerminal) io.writeError('reading standard input; end it with Ctrl-D\n');
  const spooled = await spoolStream(io.input);
  if (spooled === null) throw new UnusablePathError('standard input is larger than 1 GiB; attach it as a file');
  return {
    source: `attach:${number}`,
    realPath: spooled.realPath,
    origin: 'attachment',
    path: '-',
    storedBytes: spooled.bytes,
    wrapping: 'none',
  };
}
