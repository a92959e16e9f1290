/**
 * Whether the bot may ask this address for a file, with its token: Slack's own hosts over https, nothing else. What comes in a message
 * is data: without this rule an address in it could have the bot's token sent anywhere, or the inner network asked (server-side request
 * forgery).
 *
 * @param apiUrl the configured base address of Slack's API where it is not Slack's own: its host serves files too
 */
export function isSlackFileAddress(address: string, apiUrl?: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== '' || url.password !== '') return false;
  if (apiUrl !== undefined && URL.canParse(apiUrl) && url.origin === new URL(apiUrl).origin) return true;
  // What is not the scheme's own port shows as a port.
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return /(?:^|\.)(?:slack\.com|slack-edge\.com)$/.test(url.hostname);
}
