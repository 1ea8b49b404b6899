import { createHmac } from 'node:crypto';
import {
  type Finding,
  type OwnKeyFound,
  type RedactionOptions,
  redactHtml,
  redactName,
  redactText,
} from '../../redaction/index.ts';

/** Takes secrets out of all that a mail holds, and collects what was found. Whatever is kept must pass through it. */
export class Cleaner {
  readonly #options: RedactionOptions;
  readonly #findings = new Map<string, Finding>();
  readonly #ownKeys = new Map<string, OwnKeyFound>();

  constructor(site: string, personalData: boolean, fingerprintKey: Uint8Array) {
    const fingerprint = (secret: string): string =>
      createHmac('sha256', fingerprintKey).update(secret).digest('base64url');
    this.#options = { site, personalData, fingerprint };
  }

  text(text: string): string {
    return this.#kept(redactText(text, this.#options));
  }

  /** One line: a name, a subject. */
  name(name: string): string {
    return this.#kept(redactName(name, this.#options));
  }

  html(html: string): string {
    return this.#kept(redactHtml(html, this.#options));
  }

  get findings(): readonly Finding[] {
    return [...this.#findings.values()].slice(0, mostFindings);
  }

  get ownKeys(): readonly OwnKeyFound[] {
    return [...this.#ownKeys.values()].slice(0, mostFindings);
  }

  #kept(redacted: ReturnType<typeof redactText>): string {
    for (const finding of redacted.findings) this.#findings.set(`${finding.kind} ${finding.fingerprint}`, finding);
    for (const key of redacted.ownKeys) this.#ownKeys.set(key.fingerprint, key);
    return redacted.text;
  }
}

const mostFindings = 200;
