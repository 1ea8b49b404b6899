/**
 * What staff of the site see: customers, accounts, channels as their traffic shows them, and the start page.
 *
 * Promises: a list answers fast with a hundred thousand customers; suspending stops every key within a second, and
 * resuming brings back exactly those that it stopped.
 * Never: shows a secret, or the content of a call; changes an account or an organization beyond its state.
 */
export { type Customers, type CustomersOptions, createCustomers } from './customers.ts';
