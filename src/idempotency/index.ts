/**
 * Answers to writes that named an Idempotency-Key, kept for a day.
 *
 * Promises: of two calls with the same key one runs, whichever nodes they meet; the other learns so, or gets the first
 * one's answer. Answers are sealed, for they may hold a secret that is shown once.
 * Never: keeps what was asked (a digest tells a repetition from another call), nor an answer that was a refusal.
 */
export { createReplays, type ReplayOptions, type ReplayStore } from './replays.ts';
