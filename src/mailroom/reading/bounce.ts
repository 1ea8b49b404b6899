import { messageIdsIn } from '../header-block.ts';
import type { BounceFacts } from '../read-mail.ts';

/** The parts of a mail that a bounce is told by. */
export interface BounceParts {
  /** Of our return path that it came to. */
  readonly outboxId: string | null;
  /** RFC 3464 `message/delivery-status`; null: a bounce in free form. */
  readonly deliveryStatus: string | null;
  /** What it has of the mail that was not delivered: whole, or its header. Null: nothing. */
  readonly returned: string | null;
  readonly text: string;
  readonly failedRecipients: string | null;
}

/** Full mailbox, policy, size, loops, content, expired: the address itself may be well. */
const softStatus = /^5\.(?:2\.[023]|3\.\d+|4\.\d+|6\.\d+|7\.\d+|1\.8|0\.0)$/;
const fullWords =
  /mailbox (?:is )?(?:full|over)|over ?quota|quota exceeded|exceeded (?:its|the) (?:storage|quota)|insufficient storage|邮箱已满|郵箱已滿|容量不足|speicherplatz|postfach (?:ist )?voll|boîte.{0,20}pleine|buzón.{0,20}lleno/i;
const policyWords =
  /spam|blocked|blacklist|block ?list|policy|reputation|denied by|dmarc|\bspf\b|rejected due to|content rejected|too large|greylist|temporar|try again|delayed|拒收|垃圾邮件|稍后/i;
const goneWords =
  /user unknown|unknown user|no such (?:user|mailbox|recipient|address)|mailbox (?:unavailable|not found|does not exist|unknown)|does(?: not|n't) exist|recipient (?:not found|unknown|address rejected: user)|invalid (?:recipient|mailbox|address)|address (?:not found|unknown)|account (?:has been )?(?:disabled|deleted|closed|inactive)|not a valid (?:recipient|mailbox)|host (?:or domain name )?not found|domain (?:not found|does not exist)|用户不存在|收件人不存在|邮箱不存在|帐号不存在|账号不存在|地址不存在|使用者不存在|nicht (?:gefunden|bekannt)|existiert nicht|n'existe pas|inconnu|no existe|desconocid|non esiste|não existe|не существует|存在しません|見つかりません|존재하지/i;

/** What a bounce says of the mail that was not delivered. */
export function readBounce(parts: BounceParts): BounceFacts {
  const { deliveryStatus, text } = parts;
  const fields = deliveryStatus === null ? null : statusFields(deliveryStatus);
  const status = fields?.status ?? statusIn(text);
  const recipient = fields?.recipient ?? addressIn(parts.failedRecipients ?? '') ?? recipientIn(text);
  const words = `${fields?.diagnostic ?? ''}\n${text.slice(0, 20_000)}`;
  return {
    outboxId: parts.outboxId,
    messageId: returnedId(parts),
    recipient,
    status,
    hard: isHard(fields?.action ?? null, status, words),
  };
}

interface StatusFields {
  readonly action: string | null;
  readonly status: string | null;
  readonly recipient: string | null;
  readonly diagnostic: string;
}

/** Of the first recipient for whom it failed, else of the first. */
function statusFields(text: string): StatusFields {
  const blocks = text
    .slice(0, 100_000)
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n\s*\n/)
    .filter((block) => /^(?:final|original)-recipient:/im.test(block));
  const failed = blocks.find((block) => /^action:\s*failed/im.test(block)) ?? blocks[0] ?? '';
  const field = (name: string): string | null => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(failed)?.[1] ?? null;
  const recipient = field('original-recipient') ?? field('final-recipient') ?? '';
  return {
    action: field('action')?.trim().toLowerCase() ?? null,
    status: /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(field('status') ?? '')?.[0] ?? null,
    recipient: addressIn(recipient),
    diagnostic: field('diagnostic-code') ?? '',
  };
}

function isHard(action: string | null, status: string | null, words: string): boolean {
  if (action !== null && action !== 'failed') return false;
  if (status !== null && !status.startsWith('5.')) return false;
  if (fullWords.test(words)) return false;
  // Some hosts say 5.0.0 or 5.7.1 for a user who is not there.
  if (goneWords.test(words) && !/^5\.7\./.test(status ?? '')) return true;
  if (status === null || softStatus.test(status)) return false;
  return !policyWords.test(words) || /^5\.1\.[126]$/.test(status);
}

function returnedId({ returned, text }: BounceParts): string | null {
  const line = /^message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{1,500}>)/im;
  const found = line.exec((returned ?? '').slice(0, 100_000)) ?? line.exec(text.slice(0, 100_000));
  return messageIdsIn(found?.[1] ?? '')[0] ?? null;
}

function statusIn(text: string): string | null {
  return /(?:^|[\s(#])([45]\.\d{1,2}\.\d{1,3})(?=[\s):;,]|$)/m.exec(text.slice(0, 20_000))?.[1] ?? null;
}

function addressIn(text: string): string | null {
  return /[^\s<>;,:"()]{1,64}@[^\s<>;,:"()]{1,190}/.exec(text)?.[0].toLowerCase() ?? null;
}

function recipientIn(text: string): string | null {
  return addressIn(text.slice(0, 5_000));
}
