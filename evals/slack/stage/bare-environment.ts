/** This process's environment without anything that sets the bot, Node or the test runner. */
export function bareEnvironment(): NodeJS.ProcessEnv {
  const sets = /^(?:WHEREFORE_|OTEL_|DATABASE_URL$|NODE_OPTIONS$|VITEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !sets.test(name)));
}
