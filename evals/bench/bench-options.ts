/** What a bench is told: where real data lies, and how large a generated input shall be. */
export interface BenchOptions {
  /** The folder of recorded data, `null` where it is absent: a bench that needs it says so and is skipped. */
  shared: string | null;
  sizeGb: number;
}

/** A bench prints its own table and returns the sentences of the targets it missed. */
export interface Bench {
  name: string;
  run(options: BenchOptions): Promise<readonly string[]>;
}
