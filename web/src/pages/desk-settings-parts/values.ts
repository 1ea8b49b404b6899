/** What a ticket may be, as the API names it. */
export const queues = ['general', 'bug', 'billing', 'enterprise', 'vulnerability', 'spam'] as const;
export const priorities = ['low', 'normal', 'high', 'urgent'] as const;
export const states = ['open', 'waiting', 'solved', 'closed'] as const;
export const plans = ['starter', 'pro', 'enterprise'] as const;
export const purposes = ['support', 'billing', 'security'] as const;

export type Plan = (typeof plans)[number];
export type Priority = (typeof priorities)[number];
export type Queue = (typeof queues)[number];
export type State = (typeof states)[number];
