type Step = () => Promise<unknown>;

/**
 * Runs work that starts processes and makes folders, and undoes it at the end in reverse, also when the work fails or somebody stops it
 * by SIGINT or SIGTERM (then this process ends with 130).
 *
 * @param work is given the means to say how each thing is undone, as soon as it is there
 */
export async function withCleanUp<Result>(work: (undo: (step: Step) => void) => Promise<Result>): Promise<Result> {
  const steps: Step[] = [];
  const cleanUp = async () => {
    // What is added meanwhile is undone too.
    for (let step = steps.pop(); step !== undefined; step = steps.pop())
      await step().catch((error: unknown) => console.error(`at the end: ${String(error)}`));
  };
  let isStopped = false;
  const stopped = () => {
    isStopped = true;
    void cleanUp().finally(() => process.exit(130));
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  // A runner of tests ends its processes by signals of its own.
  const listens = process.env.VITEST === undefined;
  if (listens) for (const signal of signals) process.once(signal, stopped);
  try {
    return await work((step) => steps.push(step));
  } finally {
    // What fails because its ground is taken away is nobody's news: this process ends as soon as all is undone.
    if (isStopped) await new Promise(() => undefined);
    for (const signal of signals) process.off(signal, stopped);
    await cleanUp();
  }
}
