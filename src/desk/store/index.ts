/**
 * Tickets as they are kept: what is said on them, what happened, who takes part, what was read out.
 *
 * Promises: changes of one ticket come one after the other; events are only ever added, and what may happen once
 * happens once.
 * Never: decides whose mail belongs where, sends anything, takes a secret out of a text: what comes here has none.
 */
export { type ChangeOptions, changeTicket, freezeAnew, refuseStale } from './change.ts';
export {
  type ChangePlan,
  type ChangeProblem,
  type ChangeRefusal,
  decideChange,
  type TicketChange,
  transitions,
} from './decide-change.ts';
export {
  appendEvent,
  type EventActor,
  type EventKind,
  eventActorOf,
  type NewEvent,
  programActor,
  readEvents,
  type TicketEvent,
} from './events.ts';
export { addFacts, type FactKind, readFacts, type TicketFact } from './facts.ts';
export { freezeTarget } from './freeze.ts';
export { type LinkKind, linkTickets, readLinks, type TicketLink, unlinkTickets } from './links.ts';
export {
  countQueues,
  countViews,
  listTickets,
  type TicketFilter,
  type TicketPlace,
  type TicketView,
  views,
} from './list.ts';
export {
  type Attachment,
  addMessage,
  findMessage,
  type MessageKind,
  type NewAttachment,
  type NewMessage,
  noteMessage,
  type Recipients,
  readMessages,
  type TicketMessage,
} from './messages.ts';
export { type NewTicket, openTicket, openTicketByStaff, openTicketFrom } from './open.ts';
export {
  addParticipants,
  type Participant,
  readParticipants,
  removeParticipant,
} from './participants.ts';
export {
  type ClockName,
  noticeEventKinds,
  type Reckoning,
  reckon,
  reckonTargets,
  type TargetNotice,
} from './reckon.ts';
export { defaultCalendars, readCalendars, readPolicies, readTermsBook } from './terms.ts';
export {
  type Db,
  type FrozenTarget,
  findTicket,
  followMerges,
  lockTicket,
  type Priority,
  priorities,
  type Queue,
  queues,
  readTicket,
  type StoredTicket,
  type SupportPlan,
  type Ticket,
  type TicketState,
  ticketNotFound,
  ticketOf,
  ticketStates,
} from './ticket.ts';
export { readTicketName, ticketInSubject, ticketName } from './ticket-name.ts';
