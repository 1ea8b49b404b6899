import type { AnswerWords } from './answer-words.ts';

const again = 'Try again, and answer this mail if it lasts.';
const ours = 'Nothing: this is ours to repair, and the request is on the ticket now.';

const plans = { starter: 'Starter', pro: 'Pro', enterprise: 'Enterprise' } as const;

export const english: AnswerWords = {
  greeting: 'Hello,',
  space: ' ',
  opening: (ticket, told) =>
    told
      ? `This is an automatic answer to your mail, which is now ticket ${ticket}. It is made from the records of the calls alone: prompts and answers are not kept.`
      : `Your mail has arrived and is now ticket ${ticket}. This is an automatic answer.`,
  personReads: 'A person will read your mail as well.',
  target: (plan, time) =>
    time === null
      ? `On the plan ${plans[plan]} we answer as soon as we can, without a promised time.`
      : `On the plan ${plans[plan]} a person answers by ${time} UTC at the latest.`,
  request: (id, region) => (region === null ? `Request ${id}` : `Request ${id} (region ${region})`),
  noClass:
    'This is none of the cases that are explained automatically, so the facts stand alone until a person has looked.',
  keyWorksNow: 'By now the key is in use again.',
  incident: (name) => `The call was touched by the incident ${name}.`,
  next: (action) => `What to do next: ${action}`,
  actions: {
    key_lookup_unavailable: again,
    usage_unavailable: again,
    journal_unavailable: again,
    overloaded: again,
    no_channel: again,
    upstream_unreachable: again,
    upstream_error: again,
    gateway_interrupted: again,
    site_fault: again,
    price_missing: ours,
    channel_address_refused: ours,
    upstream_credentials: ours,
    internal_error: ours,
    group_disabled: 'Use a key of another group; which one fits is told on this ticket.',
    endpoint_not_enabled: 'Use a documented endpoint; whether this one can be opened is told on this ticket.',
  },
  unknownAction: 'Nothing for now: a person looks at it, and answers on this ticket.',
  link: (address) => `All that is on record: ${address}`,
  untold: (count) =>
    `About ${count === 1 ? 'one other request id' : `${count} other request ids`} in your mail nothing can be said here.`,
  expired: (count, days) =>
    `${count === 1 ? 'One request id is' : `${count} request ids are`} older than ${days} days. Records are kept for so long; of older calls only sums are left.`,
  mistyped: (count) =>
    `${count === 1 ? 'One request id is' : `${count} request ids are`} mistyped: the check characters at the end do not fit the rest. Please copy the whole X-Request-Id and answer this mail with it.`,
  ask: 'So that nobody has to ask again, please answer this mail with:',
  asked: {
    request_id:
      'the X-Request-Id of a failing call: every response carries one, and many tools show it in their message',
    time: 'when it happened, with the time zone',
    error: 'the HTTP status and the message that you saw',
    tool: 'the tool and its version',
    expected: 'in one line, what you expected and what you got',
  },
  neutral:
    'Facts about a call are told by mail only to the verified address of a member of the organization that made it. If that is you, write from that address; in the console, every request id can be looked up under Requests.',
  secrets:
    'Your mail held something that looks like a key or a password. It was taken out before the mail was stored. Please put it out of use: whatever was sent by mail should not be used any more.',
  vulnerability: {
    opening: (ticket) =>
      `Thank you for your report. It has arrived and is ticket ${ticket}, which only a few people can open.`,
    rest: [
      'A person will answer within one business day.',
      'Please keep the details to yourself until it is repaired, and send no data of other people.',
    ],
  },
  policy: (address) => `Our policy: ${address}`,
  howToAnswer: 'To add something, answer this mail and leave its subject as it is.',
};
