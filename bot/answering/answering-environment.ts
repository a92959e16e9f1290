/** What speaks to Slack and to the store: the processes that answer do neither, and what they read may be hostile. */
const NOT_FOR_ANSWERING =
  /^(?:WHEREFORE_SLACK_|WHEREFORE_OTEL_|WHEREFORE_MCP_TOKEN$|WHEREFORE_ACCESS_FILE$|SLACK_|OTEL_|DATABASE_URL$|PG[A-Z]+$)/i;

/**
 * The environment of the processes that answer. Their settings may name any variable that holds a token (`tokenEnv` of the platform file),
 * so that all is given but what is known to be for others.
 */
export function answeringEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !NOT_FOR_ANSWERING.test(name)));
}
