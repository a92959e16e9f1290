import { CaptureError } from '../../tools/platform/capture-platform.ts';
import { UnusablePathError } from '../../tools/platform/extra-files.ts';
import { CaptureTargetError } from '../capture/write-capture.ts';
import { SettingsError } from '../settings.ts';
import { type UnusableCode, UsageError } from './terminal-io.ts';

/** Gathers everything that cannot be used, so that all of it is named at once. */
export class Unusable {
  readonly #problems: { code: UnusableCode; message: string }[] = [];

  add(code: UnusableCode, message: string): void {
    this.#problems.push({ code, message });
  }

  /** The work's result, or `otherwise` when what it was given cannot be used; an error of ours is thrown on. */
  async tried<T>(work: Promise<T>, otherwise: T): Promise<T> {
    return await work.catch((error: unknown) => {
      const code = unusableCode(error);
      if (code === null || !(error instanceof Error)) throw error;
      this.add(code, error.message);
      return otherwise;
    });
  }

  /** @throws UsageError naming every problem, when there is one */
  throwAll(): void {
    const [first] = this.#problems;
    if (!first) return;
    const alike = this.#problems.every(({ code }) => code === first.code);
    throw new UsageError(
      this.#problems.map(({ message }) => message),
      alike ? first.code : 'unusable_input',
    );
  }
}

/** What an error says cannot be used; null for an error of ours. */
export function unusableCode(error: unknown): UnusableCode | null {
  if (error instanceof UsageError) return error.code;
  if (error instanceof CaptureTargetError || error instanceof CaptureError || error instanceof UnusablePathError)
    return 'unusable_path';
  return error instanceof SettingsError ? 'unusable_setting' : null;
}
