/**
 * Every fixed limit of the program, with its unit and its reason. What an operator may change is a setting (config.ts),
 * whose default may stand here.
 */
export const limits = {
  /** Node refuses larger request heads with 431. Codex sends about 4 kB, Claude Code 3 kB. */
  requestHeadBytes: 32 * 1024,
  /** Anthropic's own limit is 32 MB, OpenAI's chat images and Gemini's inline data go to 20 MB. */
  jsonBodyBytes: 32 * 1024 * 1024,
  /** Files for transcription and images; streamed, so it costs no memory. */
  opaqueBodyBytes: 512 * 1024 * 1024,
  /** How much a compressed request body may grow to, beside `jsonBodyBytes`: a bomb stops here. */
  decompressedRatio: 100,
  /** How far into a multipart body the model field is looked for in one piece before the tail is held back. */
  multipartHeaderBytes: 16 * 1024,
  /** A model name, alias or client's tool name in a record. Longer ones are cut. */
  modelNameBytes: 200,
  toolNameBytes: 64,
  /** An SSE line that an observer will hold to read usage from. A Responses answer repeats all output in its last event. */
  observedEventBytes: 16 * 1024 * 1024,
  /** A retained member of a sync JSON body: `usage` objects are under 2 kB. */
  observedMemberBytes: 64 * 1024,
  /** Time for a client to send its whole head: a slow one ties up a socket. */
  headReceiveMs: 20_000,
  /** Time for a client to send its whole body. 512 MB at 1 MB/s. */
  bodyReceiveMs: 600_000,
  /** Idle keep-alive towards clients. Longer than the 60 s of common balancers, so that they close first. */
  clientKeepAliveMs: 75_000,
  /** A journal segment; a shipped one is deleted whole. */
  journalSegmentBytes: 16 * 1024 * 1024,
  /** Entries that one transaction applies: at about 0.1 ms each, a tenth of a second. */
  journalBatchEntries: 1_000,
  /** A sync answer is held up to this, so that head and body leave in one write; larger ones flow. */
  syncHoldBytes: 256 * 1024,
  /** Calls running at once on one node, about 30 kB each when idle. */
  runningCalls: 20_000,
  /** Tries per call, over all channels. */
  attempts: 3,
  /** How long an unknown key is remembered as unknown. A key made meanwhile is told through changes at once. */
  unknownKeyMs: 10_000,
  /** Unknown keys remembered: a flood of guesses must not fill memory. */
  unknownKeys: 10_000,
  /** Warm keys in memory, about 1 kB each. */
  warmKeys: 200_000,
  /** Open sockets to one origin: every running call has one. About 10 kB each, and only those that are used. */
  channelConnections: 20_000,
  /** Keys of one organization that are not deleted: lists and sums over them stay within a tenth of a second. */
  organizationKeys: 10_000,
  /** A test of a channel, by its list of models: a person waits for it. */
  channelTestMs: 10_000,
  /** Of a key's spending limit: what is left is time to raise it, or to ask. */
  keyWarningPercent: 80,
  /** Days before a key expires on which that is said: once with time to plan, once when it is urgent. */
  keyExpiryWarningDays: [7, 1],
  /** Of one organization. Lists over them stay within a screen or two, and one query answers a member's whole reach. */
  organizationMembers: 500,
  organizationTeams: 200,
  organizationProjects: 1_000,
  organizationRoles: 50,
  organizationGrants: 5_000,
  /** Invitations that wait for an answer, per organization. */
  openInvitations: 100,
  /** Mails of invitations per organization and day, and to one address: nobody is pestered in our name. */
  invitationMailsPerDay: 300,
  invitationMailsPerAddress: 5,
  /** Shared organizations that one account owns at once, and makes within a day. */
  ownedOrganizations: 20,
  /** Holidays and special days of a calendar: ten years of the most festive countries. */
  calendarExceptions: 1_000,
  calendarRangesPerDay: 12,
  /** A calendar is open at least so long per week, and a target is at most so long: then every due time is found. */
  calendarWeekMs: 3_600_000,
  responseTargetMs: 90 * 24 * 3_600_000,
  /** One mail that comes in, as the listener says it in EHLO. The large providers send 25 MB at most. */
  mailBytes: 25 * 1024 * 1024,
  /** Mails being received at once: each is held in memory until it is stored. */
  mailBytesInFlight: 256 * 1024 * 1024,
  /** All header lines of a mail. A From of 400 kB takes a third of a second to decode. */
  mailHeaderBytes: 256 * 1024,
  /** Parts of a mail, and how deep they lie in each other: real mail stays under 30 and 8. */
  mailParts: 200,
  mailDepth: 30,
  /** Files kept of one mail, and their size in all. */
  mailAttachments: 20,
  mailAttachmentBytes: 25 * 1024 * 1024,
  /** Text of a mail in characters; the rest is cut off, and the text says so. */
  mailTextLength: 500_000,
  /** Of a mail's HTML; a larger one is shown as text only. */
  mailHtmlLength: 1_000_000,
  /** Reading one mail, and asking DNS about it: a mail takes 10 ms. */
  mailReadMs: 10_000,
  mailDnsMs: 6_000,
  /** Tries of one step before a mail is put into quarantine: four hours with the pauses between. */
  mailTries: 10,
  /** Connections of the mail listener, and of them from one address: a relay opens 20. */
  mailConnections: 100,
  mailConnectionsPerAddress: 30,
  /** RFC 5321 asks for 100. */
  mailRecipients: 100,
  /** From one address that is not this machine, per minute: more is told to come later. */
  mailsPerAddress: 300,
  /** Silence of a sender, and the time for one mail in all: a slow one ties up a connection. */
  mailIdleMs: 60_000,
  mailReceiveMs: 600_000,
  /** The raw form of a mail, sealed: product.md, retention. */
  rawMailDays: 30,
  /** A mail that somebody wrote on a ticket. What is longer is a file. */
  letterTextBytes: 200 * 1024,
  letterHtmlBytes: 1024 * 1024,
  /** Addresses beside the recipient's. */
  letterCopies: 20,
  letterFiles: 20,
  /** All files of one letter: with base64 it grows by a third, and most receivers refuse more than 25 MB. */
  letterFilesBytes: 18 * 1024 * 1024,
  /** Automatic answers: whoever forges a sender has us write to a stranger, and few times at that. */
  answersPerAddressAndHour: 3,
  answersPerDomainAndHour: 20,
  /** Of the whole site. More customers do not write in one minute; a loop does. */
  answersPerMinute: 60,
  /** After SIGTERM: running streams may finish within this. */
  drainMs: 30_000,
} as const;
