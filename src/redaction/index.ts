/**
 * Takes secrets out of texts, names and HTML before they are stored, indexed or passed on.
 *
 * Promises: own ids are never damaged; a key is found however it was broken by lines, quote marks, tags or characters
 * that nobody sees; redacting again changes nothing; the time grows with the length alone.
 * Never: stores, logs or sends what it found, asks whether a key is in use, keeps the secret in a placeholder or finding.
 */
export type { Finding, OwnKeyFound, Redacted, RedactionOptions, SecretKind } from './kinds.ts';
export { redactHtml, redactName, redactText } from './redact.ts';
