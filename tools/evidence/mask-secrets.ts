/** What stands where a secret stood. A citation that holds it matches any bytes there. */
export const MASK = '‹masked›';

const SECRET_KEY =
  '(?:[\\w.\\-]{0,80}(?:secret|passw(?:or)?d|pwd|token|credential|private[._-]?key|access[._-]?key|api[._-]?key|sasl\\.jaas|signature)[\\w.\\-]{0,40})';

/** Words that look like values of a secret key and are none: placeholders, booleans, numbers of milliseconds. */
const HARMLESS_VALUE =
  /^(?:true|false|null|none|\*+(?:\(redacted\)?)?|\d{1,6}(?:ms|s|m|h|d)?|‹masked›|\$\{[^}]{0,80}\})$/i;

/**
 * Patterns of values that are secrets wherever they stand (`reference/security.md` E2): cloud keys, Slack and GitHub tokens,
 * JWTs, key blocks, passwords in URLs, presigned URLs. Group 1, where present, is kept in front of the mask.
 */
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\bLTAI[0-9A-Za-z]{12,30}\b/g,
  /\bxox[abeprs]-[0-9A-Za-z-]{8,250}/g,
  /\bxapp-[0-9A-Za-z-]{8,250}/g,
  /\bgh[pousr]_[0-9A-Za-z]{20,255}\b/g,
  /\bsk-[0-9A-Za-z_-]{20,200}\b/g,
  /\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{8,1000}/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  /(:\/\/[^\s:/@"']{0,100}:)[^\s@/"']{1,200}(?=@)/g,
  /([?&](?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|OSSAccessKeyId|AWSAccessKeyId|sig)=)[^\s&"']{4,1000}/g,
];

const KEY_VALUE = new RegExp(
  `((?:^|[\\s"'{\\[(,;&?<-])"?${SECRET_KEY}"?\\s{0,3}[=:]\\s{0,3}"?)([^\\s"',;&}\\])]{3,400})`,
  'gi',
);

/** A command-line option and its value as two words: `--password hunter2`. */
const OPTION_VALUE =
  /(--?(?:password|passwd|pwd|secret|token|api-key|access-key|secret-key)\s{1,3})([^\s"'-][^\s"']{2,200})/gi;

/**
 * Replaces secrets by `‹masked›`. Applied to everything before it is stored, prompted or shown: an engine's own redaction
 * covers neither SQL text nor command lines.
 */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const pattern of SECRET_VALUES) {
    masked = masked.replace(pattern, (_whole, kept: unknown) => (typeof kept === 'string' ? kept + MASK : MASK));
  }
  const hideValue = (whole: string, kept: string, value: string) => (HARMLESS_VALUE.test(value) ? whole : kept + MASK);
  return masked.replace(KEY_VALUE, hideValue).replace(OPTION_VALUE, hideValue);
}
