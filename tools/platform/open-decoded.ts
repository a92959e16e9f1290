import { openChunks } from './open-chunks.ts';
import type { PlatformFile } from './platform.ts';

/** The content of a file as text bytes: the capture's wrapping and the writer's own codec undone. */
export async function* openDecoded(file: PlatformFile): AsyncGenerator<Buffer> {
  yield* openChunks(file);
}
