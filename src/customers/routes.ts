import type { Route } from '../http/index.ts';
import type { Customers } from './customers.ts';
import { accountRoutes } from './route-accounts.ts';
import { customerRoutes } from './route-customers.ts';
import { overviewRoutes } from './route-overview.ts';

/** The staff's API of customers and accounts, the start page, and how channels do. Money is decimal USD. */
export function customersRoutes(customers: Customers): readonly Route[] {
  return [...overviewRoutes(customers), ...customerRoutes(customers), ...accountRoutes(customers)];
}
