import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packCapture } from '../pack-capture.ts';
import { SCENARIOS_FOLDER } from '../read-scenarios.ts';
import type { Derivation } from './change.ts';
import { DERIVATIONS } from './derivations.ts';
import { type CaptureFiles, deriveCapture } from './derive-capture.ts';
import { readCaptureFiles } from './read-capture-files.ts';

// Makes the captures of derived scenarios anew from their parents: all, or those named. Their scenario.yaml is written by hand.
const asked = process.argv.slice(2);
const unknown = asked.filter((id) => !DERIVATIONS.some((derivation) => derivation.id === id));
if (unknown.length > 0) throw new Error(`no derivation is called ${unknown.join(', ')}`);
for (const derivation of DERIVATIONS) if (asked.length === 0 || asked.includes(derivation.id)) make(derivation);

function make({ id, from, changes }: Derivation): void {
  const parent = readCaptureFiles(path.join(SCENARIOS_FOLDER, from, 'capture'));
  const { capture, attachments } = deriveCapture(parent, changes);
  const folder = path.join(SCENARIOS_FOLDER, id);
  for (const part of ['capture', 'attachments']) rmSync(path.join(folder, part), { recursive: true, force: true });
  const unpacked = mkdtempSync(path.join(tmpdir(), 'wherefore-derived-'));
  try {
    put(unpacked, capture);
    const { files, bytes } = packCapture(unpacked, path.join(folder, 'capture'));
    put(path.join(folder, 'attachments'), attachments);
    console.log(`${id}: ${files} files, ${bytes} bytes, ${attachments.size} attachments, of ${from}`);
  } finally {
    rmSync(unpacked, { recursive: true });
  }
}

function put(folder: string, files: CaptureFiles): void {
  for (const [name, bytes] of files) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
