import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { EmbeddingError } from '../../knowledge/embeddings/embedder.ts';
import type { DocumentCheck } from '../../knowledge/ingestion/check-documents.ts';
import type { IndexOptions } from '../../knowledge/ingestion/index-options.ts';
import type { DocumentNote, IndexReport } from '../../knowledge/ingestion/index-report.ts';
import { visibleText } from '../render/visible-text.ts';
import { readSettings } from '../settings.ts';
import { EXIT, type TerminalIo } from './terminal-io.ts';

interface IndexFlags {
  check?: boolean;
  rebuild?: boolean;
  json?: boolean;
}

/** Lines of one kind that a terminal shows; all of them stand in `--json`. */
const SHOWN = 50;

/** `wherefore index`: builds or refreshes the index of the runbooks and the team's documents, or checks them for CI. */
export function indexCommand(io: TerminalIo, finish: (exitCode: number) => void): Command {
  return new Command('index')
    .description('index the runbooks and the documents of the team (WHEREFORE_RUNBOOKS)')
    .option('--check', 'write nothing; exit 1 when a document is unreadable or wrong, or the index is stale')
    .option('--rebuild', 'build everything anew beside the index that is there')
    .option('--json', 'the report as JSON')
    .action(async (flags: IndexFlags) => {
      const { collections, index, embeddings } = readSettings(io.environment).knowledge;
      // Loaded here: no other command pays for the packages of the index.
      const [{ embedTexts }, { updateIndex }, { checkDocuments }, { IndexBusyError }] = await Promise.all([
        import('../../knowledge/embeddings/embed-texts.ts'),
        import('../../knowledge/ingestion/index-writer.ts'),
        import('../../knowledge/ingestion/check-documents.ts'),
        import('../../knowledge/ingestion/writer-lock.ts'),
      ]);
      const progress = progressBar(io, flags.json === true);
      const options: IndexOptions = {
        location: index,
        collections,
        embedder: embeddings === null ? null : embedTexts(embeddings),
        rebuild: flags.rebuild === true,
        onProgress: progress.show,
        ...(io.stop ? { signal: io.stop } : {}),
      };
      try {
        if (flags.check) {
          const checked = await checkDocuments(options);
          progress.end();
          io.write(flags.json ? `${JSON.stringify(checked, null, 2)}\n` : spokenCheck(checked));
          finish(checked.problems.length > 0 ? EXIT.ours : EXIT.ok);
        } else {
          const report = await updateIndex(options);
          progress.end();
          io.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : spokenReport(report, index.uri));
        }
      } catch (error) {
        progress.end();
        if (!(error instanceof EmbeddingError) && !(error instanceof IndexBusyError)) throw error;
        // Neither is an error of ours, nor anything wrong with what was typed: the index is as before.
        const message = `${error.message}; the index is as it was`;
        if (flags.json) io.write(`${JSON.stringify({ error: { code: 'not_indexed', message } })}\n`);
        else io.writeError(`wherefore: ${visibleText(message)}\n`);
        finish(EXIT.ours);
      }
    });
}

function progressBar(
  io: TerminalIo,
  json: boolean,
): { show: NonNullable<IndexOptions['onProgress']>; end: () => void } {
  if (io.progressTo === undefined || json) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar({
    format: '{phase} [{bar}] {value}/{total}',
    stream: io.progressTo,
    clearOnComplete: true,
    hideCursor: true,
  });
  let phase = '';
  return {
    show(progress) {
      if (phase !== progress.phase) {
        if (phase !== '') bar.stop();
        phase = progress.phase;
        bar.start(progress.total, progress.done, { phase });
      } else bar.update(progress.done, { phase });
    },
    end() {
      if (phase !== '') bar.stop();
    },
  };
}

function spokenReport(report: IndexReport, uri: string): string {
  const { added, changed, deleted, unchanged, failed, documents, chunks, durationMs, rebuilt, embedded } = report;
  const how = { first: 'built', asked: 'built anew', embeddings: 'built anew for other embeddings' };
  const done = { ...how, version: 'built anew for this version', many: 'built anew, so much changed' };
  return [
    `${visibleText(uri)} ${rebuilt === null ? 'is up to date' : done[rebuilt]}: ${documents} documents, ${chunks} passages`,
    `${added} added, ${changed} changed, ${deleted} deleted, ${unchanged} unchanged, ${failed.length} failed, ${(durationMs / 1000).toFixed(1)} s`,
    ...(embedded > 0 ? [`${embedded} passages embedded`] : []),
    ...listed('not read', report.failed),
    ...listed(
      'not looked at',
      report.problems.map((text) => ({ documentId: '', text })),
    ),
    ...listed('note', report.notes),
    '',
  ].join('\n');
}

function spokenCheck({ documents, problems, notes, durationMs }: DocumentCheck): string {
  return [
    `${documents} documents checked in ${(durationMs / 1000).toFixed(1)} s: ${problems.length === 0 ? 'nothing is wrong' : `${problems.length} to put right`}`,
    ...listed('wrong', problems),
    ...listed('note', notes),
    '',
  ].join('\n');
}

function listed(what: string, notes: readonly DocumentNote[]): string[] {
  const lines = notes
    .slice(0, SHOWN)
    .map(({ documentId, text }) => visibleText(`${what}: ${documentId === '' ? '' : `${documentId}: `}${text}`));
  return notes.length > SHOWN ? [...lines, `… and ${notes.length - SHOWN} more (--json shows all)`] : lines;
}
